"""The acts of a Case as forms: which come first, what each asks for, what was typed comes back. Never: acts.

A form carries the version of the Case it was made from and a key of its own: whoever comes second is told, and a
double click is one act.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from haidang.cases import machine, routing
from haidang.cases.faces import Line, Whole
from haidang.cases.files import reads as files
from haidang.web.cases.names import Names, options
from haidang.words.texts import text

FIRST = {
    machine.NEW: "assign",
    machine.RECEIVED: "assign",
    machine.ASSIGNED: "start",
    machine.IN_PROGRESS: "finish",
    machine.ASKED: "supply",
    machine.APPROVING: "approve",
    machine.RESOLVED: "publish",
    machine.MERGED: "unmerge",
}
"""What is done next of a Case in a state, by whoever may."""
AT_ONCE = frozenset({"receive", "start"})
"""Acts of one press: nothing to say."""
WORDED = frozenset(machine.ACTS) - AT_ONCE - {"correct"}
PHOTOS = {"progress": "before", "finish": "after", "note": "", "add": "", "supply": ""}
"""Acts photos go with, and when those were taken."""
GRAVE = frozenset({"refuse", "send-back", "withdraw", "return", "merge"})
CORRECTED = ("title", "category", "place", "address", "urgent", "public")


@dataclass(frozen=True)
class Offer:
    """One act as a form. `wants`: what it cannot lack; `typed`: what came back with a refusal."""

    act: str
    name: str
    first: bool
    open: bool
    wants: tuple[str, ...]
    once: str
    words: bool
    photos: bool
    when: str
    grave: bool
    hint: str = ""
    offices: SafeString | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


def offers(whole: Whole, names: Names, *, tried: str = "", typed: Mapping[str, str] | None = None) -> list[Offer]:
    """The acts open to whoever looks, the next one first; `tried` with `typed`: the one that was just refused."""
    first = FIRST.get(whole.line.state, "")
    acts = sorted(whole.acts, key=lambda act: act != first)
    said: Mapping[str, str] = typed or {}
    made = (_offer(whole, act, names, first=act == first, typed=said if act == tried else {}) for act in acts)
    return [replace(one, open=one.act == tried) for one in made]


def _offer(whole: Whole, act: str, names: Names, *, first: bool, typed: Mapping[str, str]) -> Offer:
    hint = text(f"cases.hint-{act}", names.language)
    return Offer(
        act,
        names.act(act),
        first,
        False,
        machine.ACTS[act].wants,
        secrets.token_hex(8),
        act in WORDED,
        act in PHOTOS,
        PHOTOS.get(act, ""),
        act in GRAVE,
        "" if hint.startswith("cases.") else hint,
        _offices(whole.line, names, typed) if act == "assign" else None,
        typed,
        _more(whole, act, names, typed),
    )


def _offices(line: Line, names: Names, typed: Mapping[str, str]) -> SafeString:
    """Every office that stands, the one the desk's routes lead to chosen beforehand."""
    return options(names.standing, typed.get("office") or line.office or routed(line, names))


def routed(line: Line, names: Names) -> str:
    """The office a Case would go to by the desk's routes, "" when none does."""
    desk = names.desk(line.desk)
    return routing.way(desk, line.category, line.unit).office if desk else ""


def _more(whole: Whole, act: str, names: Names, typed: Mapping[str, str]) -> dict[str, Any]:
    """What single acts ask for besides words."""
    if act == "correct":
        return corrected(whole, names, typed)
    if act == "extend":
        return {"due": typed.get("due", ""), "from": _local(whole.line.due)}
    if act == "publish":
        return {"result": typed.get("words", whole.result), "photos": [one for one in whole.files if _shows(one)]}
    if act == "approve":
        return {"result": typed.get("words", whole.result)}
    return {}


def _shows(file: Any) -> bool:
    """Whether a photo may stand in a published result: it was looked at, no face and no plate on it."""
    return files.presents(file.kind, file.found)


def corrected(whole: Whole, names: Names, typed: Mapping[str, str]) -> dict[str, Any]:
    """The fields of `correct` as they stand, or as they were typed."""
    line, desk = whole.line, names.desk(whole.line.desk)
    categories = {one.key: one.title.in_(names.language) for one in desk.categories} if desk else {}
    now = {
        "title": line.title,
        "category": line.category,
        "place": line.unit.partition("@")[0],
        "address": whole.address,
        "urgent": "1" if line.urgent else "",
        "public": "1" if whole.public else "",
    }
    said = {**now, **{name: typed[name] for name in CORRECTED if name in typed}} if typed else now
    return {
        **said,
        "categories": options(categories, said["category"]),
        "places": options(names.communes, said["place"]),
        "was": now,
    }


def _local(moment: datetime | None) -> str:
    """As `<input type=datetime-local>` writes it."""
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}" if moment else ""
