"""The page of one Case out of what the house may read of it. Never: who sent it (that is a page of its own)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from haidang.access import gate
from haidang.cases import machine
from haidang.cases.faces import FileFace, Line, StepFace, Whole
from haidang.web import formats
from haidang.web.cases import lines, offered, points
from haidang.web.cases.names import Names
from haidang.web.page import Visit
from haidang.words.nouns import Level, Subject
from haidang.words.texts import text

UNDO = {"publish": "withdraw", "merge": "unmerge"}
"""Act → the one that takes it back."""
UNDO_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Told:
    """One step of the history, ready to stand. `facts`: what else changed, in words; `inner`: for the house alone."""

    act: str
    by: str
    role: str
    at: str
    ago: str
    iso: str
    words: str
    inner: bool
    facts: tuple[str, ...]
    files: tuple[FileFace, ...]


def context(seen: Visit, whole: Whole, *, tried: str = "", typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Everything the template of one Case needs."""
    names = Names(seen.catalog, seen.language)
    line = whole.line
    return {
        "case": whole,
        "line": line,
        "row": lines.row(line, names, seen.now),
        "group": names.group(line.desk, line.group),
        "person": gate.titles({whole.person}).get(whole.person, whole.person) if whole.person else "",
        "clocks": clocks(whole, seen),
        "offers": offered.offers(whole, names, tried=tried, typed=typed),
        "tried": tried,
        "history": [_told(step, whole, names, seen.now) for step in reversed(whole.steps)],
        "before": [one for one in whole.files if _looks(one) and one.when != "after"],
        "after": [one for one in whole.files if _looks(one) and one.when == "after"],
        "others": [one for one in whole.files if not _looks(one)],
        **_where(seen, line, names),
        "rating_key": str(line.rating or ""),
        "undo": _undo(seen, whole),
        "sender": may_know(seen, whole),
        "helped": machine.ROUTE in whole.roles and line.state in (*lines.ROUTING, machine.ASSIGNED),
    }


def _where(seen: Visit, line: Line, names: Names) -> dict[str, Any]:
    """The drawing, how many open ones lie near, and the address a phone opens its own map by."""
    plan = points.around(seen, line, names)
    if not plan:
        return {"plan": {}}
    near = len(plan["sources"]["points"]["data"]["features"]) - 1
    return {"plan": plan, "near_count": near, "geo": f"geo:{line.lat:.5f},{line.lon:.5f}"}


def _looks(file: FileFace) -> bool:
    return file.kind in ("photo", "video")


def may_know(seen: Visit, whole: Whole) -> bool:
    """Whether to offer the page of who sent it; that page asks the gate itself, for a purpose, and is traced."""
    line = whole.line
    pack = line.desk.partition(".")[0]
    about = Subject(pack, f"case-{line.number}", Level.PERSONAL, frozenset({line.unit}))
    return not seen.who.real and gate.may(seen.who, "read", about)


def clocks(whole: Whole, seen: Visit) -> list[tuple[str, str, str, str]]:
    """(name, moment, what is left or how long ago, shape) of every date of a Case that counts now or has passed."""
    line, language = whole.line, seen.language
    found = []
    if line.state in machine.OPEN - machine.PAUSED:
        routing = line.state in lines.ROUTING
        goals = [("route-due", line.route_due if routing else None), ("due", line.due)]
        found += [_goal(*one, seen) for one in [*goals, ("national-due", whole.national_due)] if one[1]]
    if line.state == machine.RESOLVED and whole.publish_due:
        found.append(_goal("publish-due", whole.publish_due, seen))
    past = {
        "paused": whole.paused,
        "sent": line.sent_at,
        "assigned": whole.assigned_at,
        "started": whole.started_at,
        "resolved": line.resolved_at,
        "published": whole.published_at,
        "rated": whole.rated_at,
    }
    said = [(name, moment) for name, moment in past.items() if moment]
    return found + [
        (text(f"cases.at-{name}", language), lines.written(at), formats.age(at.isoformat(), seen.now, language), "")
        for name, at in said
    ]


def _goal(name: str, due: datetime | None, seen: Visit) -> tuple[str, str, str, str]:
    goes = lines.running(due, seen.now, seen.language)
    return text(f"cases.at-{name}", seen.language), goes.until, goes.words, goes.mark


def _told(step: StepFace, whole: Whole, names: Names, now: datetime) -> Told:
    keys = set(step.files)
    by = step.by or text(f"case.role-{step.role}", names.language)
    return Told(
        names.act(step.act),
        f"{by} ({names.office(step.office)})" if step.office and step.by else by,
        step.role,
        lines.written(step.at),
        formats.age(step.at.isoformat(), now, names.language),
        step.at.isoformat(),
        step.words,
        step.inner,
        tuple(_facts(step, names)),
        tuple(one for one in whole.files if one.key in keys),
    )


SHOWN = ("office", "due", "category", "unit", "address", "urgent", "public", "title", "into", "rating")


def _facts(step: StepFace, names: Names) -> list[str]:
    """`Đơn vị xử lý: – → Sở Xây dựng`: the changes a reader of the history asks for."""
    found = [(name, step.facts[name]) for name in SHOWN if name in step.facts]
    said = [(name, *(_value(name, value, names) for value in pair)) for name, pair in found if len(pair) == 2]
    return [
        f"{text(f'cases.fact-{name}', names.language)}: {before} → {after}"
        for name, before, after in said
        if before != after
    ]


def _value(name: str, value: Any, names: Names) -> str:
    if value in (None, "", 0):
        return formats.MISSING
    if name == "due":
        return lines.written(datetime.fromisoformat(str(value)))
    if isinstance(value, bool):
        return text(f"cases.{'yes' if value else 'no'}", names.language)
    return _named(name, str(value), names)


def _named(name: str, value: str, names: Names) -> str:
    if name == "category":
        desks = [desk for pack in names.catalog.packs for desk in pack.desks]
        return next((noun.title.in_(names.language) for one in desks if (noun := one.category(value))), value)
    if name == "rating":
        return text(f"case.rating-{value}", names.language)
    return {"office": names.office, "unit": names.place}.get(name, str)(value)


def _undo(seen: Visit, whole: Whole) -> str:
    """The act that takes back what the reader did last, a moment ago; "" when there is none."""
    last = next((step for step in reversed(whole.steps) if step.act in machine.ACTS), None)
    if last is None or last.role == machine.SENDER or seen.now - last.at > UNDO_WITHIN:
        return ""
    own = gate.titles({seen.who.name}).get(seen.who.name, seen.who.name)
    back = UNDO.get(last.act, "")
    return back if back in whole.acts and last.by == own else ""
