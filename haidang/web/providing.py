"""The form of an identity provider: what was typed as Said, and what the page shows. Never: shows a secret."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import QueryDict

from haidang.access.identity.providers import claims
from haidang.access.identity.providers.actions import Said
from haidang.access.identity.providers.claims import Mapped, Rule
from haidang.access.identity.providers.reads import Face
from haidang.catalog.declared import declared
from haidang.words.errors import BadQuestion
from haidang.words.nouns import ANY, Level

SPARE = 3
"""Empty rows of the mapping, to be filled."""
MOST = 60
LEVELS = tuple(level.name.lower() for level in Level)
_RULE = ("claim", "value", "to", "key", "action", "pack", "place", "level")


def typed(form: QueryDict) -> Said:
    """Raises BadQuestion('provider-needs')."""
    secret = "" if form.get("forget") else form.get("secret") or None
    return Said(
        name_vi=_line(form, "name_vi"),
        name_en=_line(form, "name_en"),
        issuer=_line(form, "issuer"),
        client_id=_line(form, "client_id"),
        secret=secret,
        scopes=" ".join(_line(form, "scopes").split()) or "openid",
        mapping=Mapped(_line(form, "title"), _many(form, "acr"), _many(form, "amr"), tuple(_rules(form))),
        unknown=_line(form, "unknown"),
        level=_level(_line(form, "ceiling")),
        place=_line(form, "place") or ANY,
        days=_days(form),
        bounded=bool(form.get("bounded")),
        on=bool(form.get("on")),
    )


def _rules(form: QueryDict) -> list[Rule]:
    found = []
    for number in range(MOST):
        said = {name: _line(form, f"{name}-{number}") for name in _RULE}
        if said["claim"]:
            found.append(Rule(**{**said, "value": said["value"] or ANY, "place": said["place"] or ANY}))
    return found


def _line(form: QueryDict, name: str) -> str:
    return form.get(name, "").strip()[:300]


def _many(form: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(_line(form, name).replace(",", " ").split())


def _level(name: str) -> Level:
    if name not in LEVELS:
        raise BadQuestion("provider-needs")
    return Level[name.upper()]


def _days(form: QueryDict) -> int:
    text = _line(form, "days")
    if not text.isdecimal() or len(text) > 4:
        raise BadQuestion("provider-needs")
    return int(text)


def context(face: Face | None, form: QueryDict | None = None) -> dict[str, Any]:
    """What the form shows: as typed, else as kept, else empty."""
    shown = dict(form.items()) if form is not None else _kept(face)
    rules = [{name: shown.get(f"{name}-{at}", "") for name in _RULE} for at in range(_rows(shown))]
    return {
        "one": face,
        "form": shown,
        "rules": [{**rule, "at": at} for at, rule in enumerate(rules)],
        "levels": [(name, level_code(name)) for name in LEVELS],
        "actions": [(name, f"providers.action-{name}") for name in claims.MAY],
        "targets": [(name, f"providers.to-{name}") for name in claims.TO],
        "packs": [(pack.key, pack.title) for pack in declared().packs],
    }


def place_code(unit: str) -> str:
    """A place as people type it: its code, without since when."""
    return unit.partition("@")[0]


def level_code(name: str) -> str:
    """The code of a level's name on these pages."""
    return f"providers.level-{name}"


def _rows(shown: dict[str, Any]) -> int:
    filled = [at for at in range(MOST) if shown.get(f"claim-{at}")]
    return min(MOST, (max(filled) + 1 if filled else 0) + SPARE)


def _kept(face: Face | None) -> dict[str, Any]:
    if face is None:
        return {"scopes": "openid profile", "title": "name", "unknown": "refuse", "ceiling": "internal", "days": "30"}
    said = {name: getattr(face, name) for name in ("key", "issuer", "client_id", "scopes", "unknown", "place", "days")}
    ticks = {name: "1" for name in ("bounded", "on") if getattr(face, name)}
    mapping = {"title": face.mapping.title, "acr": " ".join(face.mapping.acr), "amr": " ".join(face.mapping.amr)}
    rules = {
        f"{name}-{at}": value for at, rule in enumerate(face.mapping.rules) for name, value in asdict(rule).items()
    }
    said["place"] = place_code(face.place)
    names = {"name_vi": face.name.vi, "name_en": face.name.en, "ceiling": face.level.name.lower()}
    return {**said, **ticks, **mapping, **rules, **names}
