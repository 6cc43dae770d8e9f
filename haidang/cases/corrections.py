"""What the desk may put right on a Case: the values, proved, and what follows from them. Never: writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from haidang.cases import clean, machine, senders, whereabouts
from haidang.cases.models import Case
from haidang.catalog.declared import Desk
from haidang.words.errors import BadQuestion
from haidang.words.names import fold
from haidang.words.nouns import Level

LONGEST = 8000


def _words(most: int) -> Callable[[Any], str]:
    def proved(value: Any) -> str:
        found = clean.plain(str(value)).strip()
        if len(found) > most:
            raise BadQuestion("words-too-long", found=str(len(found)), expected=str(most))
        return found

    return proved


def _degrees(value: Any) -> float | None:
    return None if value in (None, "") else float(value)


def _yes(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _level(value: Any) -> int:
    """Ordinary or restricted: open is only what is published, personal is nothing a whole Case can be."""
    found = Level(int(value))
    if found not in (Level.INTERNAL, Level.RESTRICTED):
        raise ValueError
    return found.value


FIELDS: dict[str, Callable[[Any], Any]] = {
    "category": _words(64),
    "group": _words(64),
    "unit": _words(32),
    "address": _words(300),
    "lat": _degrees,
    "lon": _degrees,
    "urgent": _yes,
    "public": _yes,
    "title": _words(160),
    "text": _words(LONGEST),
    "person": _words(64),
    "level": _level,
}
CORRECTS = tuple(FIELDS)


def position(lat: float | None, lon: float | None) -> None:
    """Raises BadQuestion('bad-position') unless it is none at all, or a point of the Earth."""
    if lat is None and lon is None:
        return
    if lat is None or lon is None or not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise BadQuestion("bad-position", found=f"{lat}, {lon}")


def level(desk: Desk, category: str) -> Level:
    """Of what is not published."""
    noun = desk.category(category)
    return noun.level if noun else desk.level


def change(case: Case, fields: Mapping[str, Any], desk: Desk) -> dict[str, Any]:
    """New values by field; raises BadQuestion('unknown-field' | 'bad-field' | 'unknown-category' | 'unknown-unit' |
    'bad-position' | 'words-too-long' | 'empty-report' | 'may-not-publish')."""
    new = {name: _proved(name, value) for name, value in fields.items()}
    if "category" in new:
        new |= _category(case, str(new["category"]), desk)
    if new.keys() & {"lat", "lon"}:
        lat, lon = new.get("lat", case.lat), new.get("lon", case.lon)
        position(lat, lon)
        new = {"unit": whereabouts.unit(lat, lon) or case.unit, **new}
    if "unit" in new and not whereabouts.inside(new["unit"]):
        raise BadQuestion("unknown-unit", found=new["unit"])
    if case.state == machine.PUBLISHED and new.get("level", 0) > Level.INTERNAL:
        raise BadQuestion("may-not-publish", found=str(case.pk))
    return {**new, **written(case, new)}


def _proved(name: str, value: Any) -> Any:
    if name not in FIELDS:
        raise BadQuestion("unknown-field", found=name[:32], expected=", ".join(CORRECTS))
    try:
        return FIELDS[name](value)
    except (ValueError, TypeError):
        raise BadQuestion("bad-field", found=name) from None


def _category(case: Case, category: str, desk: Desk) -> dict[str, Any]:
    noun = desk.category(category)
    if category and noun is None:
        raise BadQuestion("unknown-category", found=category)
    found = level(desk, category)
    if case.state == machine.PUBLISHED and found <= Level.INTERNAL:
        found = Level.PUBLIC
    return {"group": noun.group if noun else "", "level": found.value}


def written(case: Case, new: Mapping[str, Any]) -> dict[str, Any]:
    """What follows from other words: what is searched, and what the sender wrote is kept for the sender."""
    if not new.keys() & {"text", "address", "title", "result"}:
        return {}
    text, address, title = (str(new.get(name, getattr(case, name))) for name in ("text", "address", "title"))
    if not text:
        raise BadQuestion("empty-report", found="")
    more: dict[str, Any] = {"fold": folded(text, address)}
    if text != case.text and not case.raw:
        more["raw"] = senders.seal(case.text)
    if new.get("state", case.state) == machine.PUBLISHED:
        more["open_fold"] = folded(title, text, str(new.get("result", case.result)))
    return more


def folded(*words: str) -> str:
    """Without tones, for search."""
    return fold(" ".join(words))[:4000]
