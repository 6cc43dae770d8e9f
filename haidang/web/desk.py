"""The list of sources: narrowed, sorted and grouped as chosen, with its counts; and its row as a file.

Never: looks a source up (standing does).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from haidang.web import formats, sheets, standing
from haidang.web.page import Visit
from haidang.web.standing import Line
from haidang.web.switches import Way
from haidang.words.names import fold
from haidang.words.texts import text

GROUPS = ("state", "department")
SORTS = ("state", "name", "age", "owed", "aside")
COUNTED = ("alive", "late", "failing", "paused")
HEADS = (
    "feed.title",
    "file.key",
    "catalogue.pack",
    "feed.owner",
    "source.connector",
    "feed.state",
    "source.why",
    "source.schedule",
    "source.owed",
    "source.last",
    "run.aside",
    "source.simulated",
)


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to, "" for everything; how it is grouped and sorted."""

    q: str = ""
    state: str = ""
    pack: str = ""
    connector: str = ""
    by: str = GROUPS[0]
    sort: str = SORTS[0]

    def url(self, path: str = "/sources/", **changes: str) -> str:
        chosen = vars(replace(self, **changes))
        kept = {name: value for name, value in chosen.items() if value and value != getattr(Wanted, name)}
        return path + (f"?{urlencode(kept)}" if kept else "")


@dataclass(frozen=True)
class Group:
    """Lines under one heading; `mark`: the state's shape, "" for a department."""

    title: str
    mark: str
    lines: tuple[Line, ...]


def wanted(given: Mapping[str, str]) -> Wanted:
    return Wanted(
        given.get("q", "").strip()[:80],
        given.get("state", "") if given.get("state") in standing.MARKS else "",
        given.get("pack", "")[:64],
        given.get("connector", "")[:32],
        given.get("by", "") if given.get("by") in GROUPS else GROUPS[0],
        given.get("sort", "") if given.get("sort") in SORTS else SORTS[0],
    )


def matching(lines: Iterable[Line], want: Wanted) -> list[Line]:
    """By the beginnings of words (tones aside) of title, key, department, people; and by what was chosen."""
    words = fold(want.q).split()
    return [
        one
        for one in lines
        if want.state in ("", one.state)
        and want.pack in ("", one.face.pack)
        and want.connector in ("", one.face.connector)
        and all(f" {word}" in _said(one) for word in words)
    ]


def _said(one: Line) -> str:
    return " " + fold(f"{one.title} {one.key.replace('-', ' ')} {one.key} {one.department} {one.people} {one.pack}")


def sorted_(lines: Sequence[Line], sort: str) -> list[Line]:
    if sort == "name":
        return sorted(lines, key=lambda one: fold(one.title))
    if sort == "age":
        return sorted(lines, key=lambda one: one.last_at or "")
    if sort in ("owed", "aside"):
        return sorted(lines, key=lambda one: one.face.owed if sort == "owed" else one.aside, reverse=True)
    return list(lines)


def context(seen: Visit, given: Mapping[str, str]) -> dict[str, Any]:
    want = wanted(given)
    every = standing.lines(seen)
    shown = sorted_(matching(every, want), want.sort)
    language = seen.language
    return {
        "wanted": want,
        "groups": grouped(shown, want, language),
        "every": len(every),
        "found": len(shown),
        "counts": [(state, standing.MARKS[state], sum(one.state == state for one in every)) for state in COUNTED],
        "count_ways": {state: want.url(state="" if want.state == state else state) for state in COUNTED},
        "packs": {one.face.pack: one.pack for one in every},
        "connectors": {one.face.connector: connector(one.face.connector, language) for one in every},
        "states": {state: text(f"source.{state}", language) for state in standing.WORST_FIRST},
        "sorts": {sort: text(f"source.sort-{sort}", language) for sort in SORTS},
        "ways": [Way(text(f"source.by-{by}", language), want.url(by=by), want.by == by) for by in GROUPS],
        "file": want.url("/sources.csv"),
    }


def grouped(lines: Sequence[Line], want: Wanted, language: str) -> list[Group]:
    """Under the states, worst first; or under departments, those with something to do first."""
    found: dict[tuple[str, str], list[Line]] = {}
    for one in lines:
        key = (text(f"source.{one.state}", language), one.mark) if want.by == "state" else (one.department, "")
        found.setdefault(key, []).append(one)
    made = [Group(title, mark, tuple(its)) for (title, mark), its in found.items()]
    if want.by == "state":
        return sorted(made, key=lambda group: standing.WORST_FIRST.index(group.lines[0].state))
    return sorted(made, key=lambda group: min(one.order for one in group.lines))


def connector(name: str, language: str) -> str:
    """How bytes come, in words; a kind without words says its name."""
    return text(f"connector.{name}", language).removeprefix("connector.")


def row(one: Line, seen: Visit) -> list[sheets.Value]:
    return [
        one.title,
        one.key,
        one.pack,
        ", ".join(filter(None, (one.department, one.people))),
        connector(one.face.connector, seen.language),
        one.said,
        one.why or one.since,
        one.schedule,
        one.face.owed,
        formats.moment(one.last_at) if one.last_at else "",
        one.aside,
        text("source.simulated", seen.language) if one.simulated else "",
    ]
