"""What a connector is told: the settings of a kind, checked and merged, and the Order made of them. Never: writes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings

from haidang.catalog.declared import Source, declared
from haidang.catalog.nearest import nearest
from haidang.intake.connectors import Order, Setting, kinds, settings_of
from haidang.intake.models import SourceState
from haidang.intake.sources import seal
from haidang.words.errors import BadQuestion

PULL, STREAM, PUSH, BY_HAND = "pull", "stream", "push", ""
_STRETCH = re.compile(r"\{(start|end)\}")


def mode(connector: str) -> str:
    """How bytes of this kind come: pull | stream | push; "" for those without a module (file, upload, own)."""
    kind = kinds().get(connector)
    if kind is None:
        return BY_HAND
    told = getattr(kind, "MODE", "")
    return str(told or (PULL if hasattr(kind, "fetch") else STREAM if hasattr(kind, "listen") else PUSH))


def left_there(connector: str) -> bool:
    """Others leave something there (a folder, a mailbox): finding nothing tells nothing about who owes it."""
    kind: ModuleType | None = kinds().get(connector)
    return bool(getattr(kind, "LEFT_THERE", connector in {"folder", "sftp", "imap"}))


def merged(source: Source, values: Mapping[str, str], secrets: Mapping[str, str]) -> dict[str, str]:
    """Defaults < the pack's < the province's < secrets."""
    defaults = {s.name: s.default for s in settings_of(source.connector) if s.default}
    return {**defaults, **dict(source.connect), **{k: v for k, v in values.items() if v}, **secrets}


def windowed(values: Mapping[str, str]) -> bool:
    """Whether the source is asked for one stretch of time after another (`{start}`, `{end}` in a setting)."""
    return any(_STRETCH.search(value) for value in values.values())


def order(source: Source, state: SourceState, scratch: Path, **more: Any) -> Order:
    """Raises IntakeStopped('secrets-unreadable')."""
    values = merged(source, state.values, seal.unseal(state.sealed))
    known: dict[str, Any] = {"cursor": dict(state.cursor), "networks": tuple(settings.NETWORKS), **more}
    return Order(source.key, values, scratch, **known)


def said(source: str, values: Mapping[str, str], secrets: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What a person typed, as (values, secrets) of known settings; a secret among the values is a secret.

    Raises BadQuestion('unknown-setting' | 'setting-of-the-pack' | 'setting-choice' | 'setting-number').
    """
    known = {s.name: s for s in settings_of(declared().source(source).connector)}
    open_ones: dict[str, str] = {}
    hidden: dict[str, str] = {}
    for name, value in {**values, **secrets}.items():
        setting = _allowed(known, name, value)
        (hidden if setting.secret or name in secrets else open_ones)[name] = value.strip() if name in values else value
    return open_ones, hidden


def lacking(source: Source, values: Mapping[str, str]) -> tuple[str, ...]:
    """Names of settings the connector cannot do without and that nobody has said."""
    return tuple(s.name for s in settings_of(source.connector) if s.required and not values.get(s.name))


def _allowed(known: Mapping[str, Setting], name: str, value: str) -> Setting:
    if name not in known:
        raise BadQuestion("unknown-setting", found=name[:60], nearest=nearest(name, known), expected=", ".join(known))
    setting = known[name]
    if setting.home == "pack":
        raise BadQuestion("setting-of-the-pack", found=name)
    if value and setting.choices and value not in setting.choices:
        raise BadQuestion("setting-choice", name=name, found=value[:60], expected=", ".join(setting.choices))
    if value and setting.kind == "integer" and not value.strip().isdecimal():
        raise BadQuestion("setting-number", name=name, found=value[:60])
    return setting
