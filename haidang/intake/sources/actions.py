"""The writing face of `intake.sources`. Doors ask the gate before they call; `who` stands here for the record.

What the province says of a source stands in this file; fetching, what is owed, hooks and retention each have a folder.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TypedDict, Unpack

from django.db import transaction

from haidang.catalog.declared import Source, declared
from haidang.intake import clock
from haidang.intake.connectors import Deliver, Parcel
from haidang.intake.models import SourceState, Window
from haidang.intake.sources import orders, seal
from haidang.intake.sources.fetching.actions import Fetched, claim, fetch, release_dead, renew
from haidang.intake.sources.fetching.streams import deliver, listen, streams
from haidang.intake.sources.hooks.actions import push, refused
from haidang.intake.sources.keeping.actions import sweep
from haidang.intake.sources.owing.actions import expect, met, open_windows, recovered, told, told_back
from haidang.words.errors import BadQuestion, IntakeStopped
from haidang.words.nouns import Actor

log = logging.getLogger("haidang.sources")


class Said(TypedDict, total=False):
    """What else may be said of a source; what is absent stays as it is. `restart`: read it from its beginning again."""

    simulated: bool | None
    owner: str | None
    duty: str | None
    connected: bool
    restart: bool


def configure(
    who: Actor,
    source: str,
    *,
    values: Mapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
    **more: Unpack[Said],
) -> None:
    """Say how this province reaches a source. Settings not named stay; an empty one is taken away.

    Raises Absent('unknown-source'), BadQuestion('unknown-setting' | 'setting-of-the-pack' | 'setting-choice' |
    'setting-number' | 'setting-missing').
    """
    noun = declared().source(source)
    plain, hidden = orders.said(source, values or {}, secrets or {})
    with transaction.atomic():
        state, _ = SourceState.objects.select_for_update().get_or_create(pk=source)
        state.values = _laid(state.values, plain)
        state.sealed = seal.seal(_laid(_unsealed(state), hidden))
        _say_more(state, more)
        _complete_or_refuse(noun, state)
        state.failures, state.problem, state.next_at, state.late_told_at = 0, {}, clock.now(), None
        state.save()
    log.info("%s: configured by %s", source, who.name)


def pause(who: Actor, source: str, paused: bool) -> None:
    """Stop asking, or go on. While paused nothing is owed; what is asked by stretches is asked for it afterwards."""
    noun, now = declared().source(source), clock.now()
    with transaction.atomic():
        state, _ = SourceState.objects.select_for_update().get_or_create(pk=source)
        if state.paused and not paused and noun.schedule:
            open_windows(source, noun.schedule, now, state="paused")
        if paused:
            Window.objects.filter(source=source, state__in=("due", "missed")).update(state="paused")
        state.paused, state.next_at, state.late_told_at = paused, now, None
        state.save(update_fields=["paused", "next_at", "late_told_at"])
    log.info("%s: %s by %s", source, "paused" if paused else "resumed", who.name)


def run_now(who: Actor, source: str) -> None:
    """The collector asks it next, whatever the schedule says."""
    declared().source(source)
    state, _ = SourceState.objects.get_or_create(pk=source)
    SourceState.objects.filter(pk=state.pk).update(wanted_at=clock.now())
    log.info("%s: wanted by %s", source, who.name)


def _laid(before: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in {**before, **said}.items() if value != ""}


def _unsealed(state: SourceState) -> dict[str, str]:
    """Secrets sealed with a key that is gone are typed anew."""
    try:
        return seal.unseal(state.sealed)
    except IntakeStopped:
        return {}


def _say_more(state: SourceState, more: Said) -> None:
    state.connected = more.get("connected", True)
    for name in ("simulated", "owner", "duty"):
        if (value := more.get(name)) is not None:
            setattr(state, name, value)
    if more.get("restart"):
        state.cursor = {}


def _complete_or_refuse(source: Source, state: SourceState) -> None:
    lacking = orders.lacking(source, orders.merged(source, state.values, _unsealed(state)))
    if state.connected and lacking:
        raise BadQuestion("setting-missing", found=", ".join(lacking))


__all__ = [
    "Deliver",
    "Fetched",
    "Parcel",
    "claim",
    "configure",
    "deliver",
    "expect",
    "fetch",
    "listen",
    "met",
    "pause",
    "push",
    "recovered",
    "refused",
    "release_dead",
    "renew",
    "run_now",
    "streams",
    "sweep",
    "told",
    "told_back",
]
