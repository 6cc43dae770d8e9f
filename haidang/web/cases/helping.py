"""Offers for a report, ready to stand: names in place of keys, reasons in words, one press to take each.

Never: decides; takes what nobody pressed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from haidang.cases import machine, reads, whereabouts
from haidang.cases.faces import Line, Whole
from haidang.cases.suggest.faces import Offered, Suggestion
from haidang.web.cases import lines
from haidang.web.cases.names import Names
from haidang.web.page import Visit

KINDS = ("categories", "offices", "units")


@dataclass(frozen=True)
class Offer:
    """One offer: its value, its name, why; `taken`: it is so already; `once`: the key of the press."""

    value: str
    name: str
    why: str
    score: int
    taken: bool
    once: str


@dataclass(frozen=True)
class Repeat:
    """An earlier Case it may repeat."""

    number: int
    title: str
    state: str
    sent: str
    why: str
    score: int
    once: str


def context(seen: Visit, found: Offered, whole: Whole | None) -> dict[str, Any]:
    """For `web/cases/suggest.html`. `whole`: the Case it is about, None while it is written."""
    names = Names(seen.catalog, seen.language)
    acts = whole.acts if whole else ()
    line = whole.line if whole else None
    return {
        "whole": whole,
        "categories": _offers(found.categories, names, seen, line),
        "offices": _offers(found.offices, names, seen, line),
        "units": _offers(found.units, names, seen, line),
        "repeats": _repeats(seen, found, names),
        "urgent": _warning(found.urgent, seen) if line is None or not line.urgent else "",
        "abusive": _warning(found.abusive, seen),
        "may": {act: act in acts for act in ("correct", "assign", "merge")},
        "before_work": line is not None and line.state in (machine.NEW, machine.RECEIVED),
    }


def plain(found: Offered, seen: Visit) -> dict[str, Any]:
    """The same as plain values, for a program."""
    names = Names(seen.catalog, seen.language)
    every = {kind: [_told(one, names, seen) for one in getattr(found, kind)] for kind in KINDS}
    repeats = [
        {"number": int(one.value), "score": one.score, "why": one.said(seen.language)} for one in found.duplicates
    ]
    warned = {"urgent": _warning(found.urgent, seen), "abusive": _warning(found.abusive, seen)}
    return {**every, "duplicates": repeats, **warned}


def _told(one: Suggestion, names: Names, seen: Visit) -> dict[str, Any]:
    return {"value": one.value, "name": _name(one, names), "score": one.score, "why": one.said(seen.language)}


def _offers(found: tuple[Suggestion, ...], names: Names, seen: Visit, line: Line | None) -> list[Offer]:
    taken = {line.category, line.office, line.unit} - {""} if line else set()
    return [
        Offer(
            one.value.partition("@")[0],
            _name(one, names),
            one.said(seen.language),
            round(one.score * 100),
            one.value in taken,
            secrets.token_hex(8),
        )
        for one in found
    ]


def _name(one: Suggestion, names: Names) -> str:
    """Of a commune, an office, or a category of any desk (keys do not meet)."""
    if "@" in one.value:
        return names.place(one.value)
    for desk in names.catalog.desks():
        if desk.category(one.value):
            return names.category(desk.key, one.value)
    return names.office(one.value)


def _repeats(seen: Visit, found: Offered, names: Names) -> list[Repeat]:
    told = []
    for one in found.duplicates:
        line = reads.case(seen.who, int(one.value)).line
        sent = lines.written(line.sent_at)
        why, score = one.said(seen.language), round(one.score * 100)
        told.append(Repeat(line.number, line.title, names.state(line.state), sent, why, score, secrets.token_hex(8)))
    return told


def _warning(found: tuple[Suggestion, ...], seen: Visit) -> str:
    return found[0].said(seen.language) if found else ""


def unit(code: str) -> str:
    """A commune's code as a form says it → its unit's id, "" for anything else."""
    return whereabouts.commune(code) if code.isdigit() else ""


def degrees(text: str, most: int) -> float | None:
    """A position typed or sent by a map; None for anything else."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) <= most else None
