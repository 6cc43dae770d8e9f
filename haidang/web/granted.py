"""The list of grants as it is shown: narrowed, in pages, as rows of a file, as a table of offices and packs.

Never: decides which grants somebody keeps (access.people.granting does).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from haidang.access.people.granting import reads, words
from haidang.access.people.granting.reads import Cell, Line, Wanted
from haidang.catalog.places import register
from haidang.web import giving, sheets
from haidang.web.page import Visit
from haidang.web.switches import Way
from haidang.words.errors import HaiDangError
from haidang.words.nouns import ANY
from haidang.words.texts import text

AT_ONCE = 50
HEADS = (
    "grant.to",
    "grant.key",
    "grant.office",
    "grant.what",
    "grant.why",
    "grant.given-by",
    "grant.given",
    "grant.end",
)


@dataclass(frozen=True)
class Row:
    """One grant in words; `about`: its office, or what kind of receiver; `ends`: when, if soon or already."""

    line: Line
    said: str
    title: str
    about: str
    given: str
    by: str
    ends: str
    soon: bool


def wanted(given: Mapping[str, str]) -> Wanted:
    names = ("q", "pack", "action", "level", "office")
    chosen = {name: given.get(name, "").strip()[:80] for name in names}
    place = _place(given.get("place", ""))
    return Wanted(**chosen, place=place, soon=given.get("soon") == "1", ended=given.get("ended") == "1")


def _place(typed: str) -> str:
    """A unit id for what was typed; "" for nothing, or for what is no place."""
    try:
        return register().resolve(giving.coded(typed), timezone.localdate()).id if typed.strip() else ""
    except HaiDangError:
        return ""


def url(want: Wanted, path: str = "/grants/", **changes: Any) -> str:
    """The address of the list with some of what it is narrowed to changed."""
    chosen = vars(replace(want, **changes))
    kept = {name: "1" if value is True else value for name, value in chosen.items() if value}
    return path + (f"?{urlencode(kept)}" if kept else "")


def context(seen: Visit, given: Mapping[str, str]) -> dict[str, Any]:
    """The page of the list."""
    want = wanted(given)
    lines = reads.grants(seen.who, want)
    page = max(1, int(given.get("page", "1"))) if given.get("page", "1").isdecimal() else 1
    shown = lines[(page - 1) * AT_ONCE : page * AT_ONCE]
    last = max(1, -(-len(lines) // AT_ONCE))
    here = url(want)
    paged = here + ("&" if "?" in here else "?")
    return {
        **choices(seen, want),
        "rows": [row(one, seen) for one in shown],
        "found": len(lines),
        "page": page,
        "last": last,
        "earlier": f"{paged}page={page - 1}" if page > 1 else "",
        "later": f"{paged}page={page + 1}" if page < last else "",
        "gives": bool(giving.every_pack(seen)),
    }


def choices(seen: Visit, want: Wanted) -> dict[str, Any]:
    """What the list can be narrowed to."""
    language = seen.language
    views = (("", "grant.as-list", "/grants/"), ("table", "grant.as-table", "/grants/table"))
    here = "table" if seen.choice.path == "/grants/table" else ""
    return {
        "wanted": want,
        "wanted_place": giving.placed(want.place, language) if want.place else "",
        "packs": [Way(text("grant.every-pack", language), ANY), *_packs(seen)],
        "acts": [Way(text(f"grant.act-{name}", language), name) for name in giving.ACTIONS],
        "levels": giving.levels(language),
        "places": giving.places(seen),
        "offices": reads.offices(seen.who),
        "views": [Way(text(code, language), url(want, path), here == name) for name, code, path in views],
        "soon": Way(text("grant.soon", language), url(want, soon=not want.soon, ended=False), want.soon),
        "ended": Way(text("grant.ended", language), url(want, ended=not want.ended, soon=False), want.ended),
        "file": url(want, "/grants.csv"),
        "sheet": url(want, "/grants.xlsx"),
    }


def _packs(seen: Visit) -> list[Way]:
    return [Way(pack.title.in_(seen.language), pack.key) for pack in seen.catalog.packs]


def row(one: Line, seen: Visit) -> Row:
    language = seen.language
    title = one.title if one.kind in ("account", "office", "public") else words.recipient(one.grant, language)
    ends = moment(one.ended) if one.ended else words.until(one.grant, language) if one.grant.until else ""
    soon = bool(one.grant.until and not one.ended and one.grant.until <= seen.now + reads.SOON)
    about = one.office or text(f"grant.to-{one.kind}", language)
    given = giver(one.given_by, language)
    return Row(one, words.said(one.grant, language), title, about, moment(one.created), given, ends, soon)


def moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y}" if at else ""


def cells(shown: Row) -> list[sheets.Value]:
    """One grant as a row of the file."""
    one = shown.line
    return [shown.title, one.to, shown.about, shown.said, one.why, shown.by, shown.given, shown.ends]


def clock(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}" if at else ""


def titled(name: str) -> str:
    return giving.titled(name)


def giver(name: str, language: str) -> str:
    """Who gave: by title; the operator of the machine in words."""
    return text("why.through-operator", language) if name == "operator" else giving.titled(name)


# --- the table


@dataclass(frozen=True)
class Field:
    """One cell of the table in words: the highest level of reading and its shade 0–3, what else is allowed."""

    pack: str
    level: str
    shade: int
    more: str
    said: str


@dataclass(frozen=True)
class Holder:
    """One line of the table: to whom, and the cells in the order of the packs; `held`: those that hold something."""

    title: str
    about: str
    url: str
    fields: Sequence[Field | None]

    @property
    def held(self) -> list[Field]:
        return [one for one in self.fields if one]


def table(seen: Visit, given: Mapping[str, str]) -> dict[str, Any]:
    """Whoever holds grants × packs."""
    want = wanted(given)
    lines = reads.grants(seen.who, want)
    found = reads.table(lines)
    held = {pack for cells in found.values() for pack in cells}
    named = {one.key: one.title.in_(seen.language) for one in seen.catalog.packs}
    packs = {ANY: text("grant.every-pack", seen.language), **named, **{key: key for key in held - set(named) - {ANY}}}
    packs = {key: title for key, title in packs.items() if key in held}
    about = {(one.kind, one.to, one.title): one for one in lines}
    holders = [_holder(seen, about[who], packs, cells) for who, cells in found.items()]
    return {**choices(seen, want), "heads": list(packs.values()), "holders": holders, "found": len(holders)}


def _holder(seen: Visit, one: Line, packs: Mapping[str, str], cells: Mapping[str, Cell]) -> Holder:
    shown = row(one, seen)
    fields = [_field(title, cells.get(key), seen.language) for key, title in packs.items()]
    return Holder(shown.title, shown.about, url(Wanted(q=one.to)), fields)


def _field(pack: str, cell: Cell | None, language: str) -> Field | None:
    if cell is None:
        return None
    level = words.level(cell.level, language) if cell.level is not None else ""
    more = ", ".join(text(f"grant.short-{'any' if action == ANY else action}", language) for action in cell.actions)
    shade = int(cell.level) if cell.level is not None else -1
    return Field(pack, level, shade, more, f"{pack}: {', '.join(filter(None, (level, more)))}")
