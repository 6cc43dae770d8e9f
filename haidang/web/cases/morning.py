"""The page of the morning sheet: its sentences, its cards, addresses of the very Cases behind each. Never: counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from haidang.cases import reads
from haidang.cases.digest import sentences
from haidang.cases.digest.areas import Figure, Unusual
from haidang.cases.digest.reads import Sheet
from haidang.catalog.declared import Desk
from haidang.web.cases.lines import Row, row
from haidang.web.cases.names import Names
from haidang.web.page import Visit
from haidang.words.texts import text

WIDE, HIGH, GAP = 100.0, 34.0, 2.5
FIRST = 6
"""Cases told one by one."""


@dataclass(frozen=True)
class Card:
    """One unusual thing, every text ready to stand."""

    mark: str
    count: int
    what: str
    usual: str
    why: str
    common: str
    bars: SafeString
    url: str
    map: str


@dataclass(frozen=True)
class Line:
    """One row of a small table: how many, what is usual, and whether it is more (`more`, `less`, `usual`)."""

    name: str
    count: int
    usual: str
    tone: str
    url: str


def context(seen: Visit, sheet: Sheet, desk: Desk) -> dict[str, Any]:
    """Everything the template needs."""
    language, names = seen.language, Names(seen.catalog, seen.language)
    headline = sentences.headline(sheet, language)
    return {
        "sheet": sheet,
        "day": f"{sentences.weekday(sheet.day, language)} {sheet.day:%d/%m/%Y}",
        "headline": headline[0].upper() + headline[1:],
        "cards": [_card(one, sheet, desk, language) for one in sheet.unusual],
        "against": sentences.same_days(sheet, language) if sheet.weeks else "",
        "received": sentences.against(sheet.received, language),
        "tables": [
            (text("digest.fields", language), _lines(sheet.fields, sheet, "category", names)),
            (text("digest.places", language), _lines(sheet.places, sheet, "place", names)),
            (text("digest.channels", language), _lines(sheet.channels, sheet, "channel", names)),
        ],
        "late_offices": [(_office(key, names), many, _late(key)) for key, many in sheet.late_offices],
        "oldest": _first(seen, desk, "late", names),
        "coming": _first(seen, desk, "open", names) if not sheet.late else [],
        "no_office": _office("", names),
        "of_days": listed(sheet),
        "earlier": _turned(sheet.day - timedelta(days=1)),
        "later": _turned(sheet.day + timedelta(days=1)) if sheet.day < seen.today else "",
        "board": f"/boards/{desk.pack}" if seen.sees(desk.pack) else "",
    }


def _card(one: Unusual, sheet: Sheet, desk: Desk, language: str) -> Card:
    more = {"category": one.category, "place": one.unit.partition("@")[0], "channel": one.channel}
    name = sentences.what(one, desk, language)
    much = one.verdict.kind == "much"
    return Card(
        mark="bad" if sentences.alarming(one) else "warn" if much else "watch",
        count=one.count,
        what=name[0].upper() + name[1:],
        usual=text("digest.usual", language, usual=sentences.span(one.verdict.low, one.verdict.high)),
        why=sentences.why(one, sheet, language),
        common=sentences.shared(one, language),
        bars=bars(one, name, language),
        url=listed(sheet, **more),
        map=listed(sheet, "/cases/map", **more) if one.count else "",
    )


def listed(sheet: Sheet, path: str = "/cases/", **more: str) -> str:
    """The list of what was sent on the sheet's days, narrowed."""
    days = {"state": "all", "since": sheet.since.isoformat(), "until": sheet.until.isoformat()}
    return f"{path}?{urlencode({**days, **{name: value for name, value in more.items() if value}})}"


def _office(key: str, names: Names) -> str:
    return names.office(key) or text("digest.no-office", names.language)


def _first(seen: Visit, desk: Desk, state: str, names: Names) -> list[Row]:
    """The Cases of a state whose date comes, or came, first."""
    found = reads.cases(seen.who, reads.Sought(desk=desk.key, states=(state,), sort="due"), size=FIRST)
    return [row(line, names, seen.now) for line in found]


def _late(office: str) -> str:
    return f"/cases/?{urlencode({'state': 'late', **({'office': office} if office else {})})}"


def _turned(day: date) -> str:
    return f"/cases/today?day={day.isoformat()}"


def _lines(figures: tuple[Figure, ...], sheet: Sheet, part: str, names: Names) -> list[Line]:
    found = []
    for one in figures:
        key = one.key.partition("@")[0] if part == "place" else one.key
        name = _name(one.key, part, sheet.desk, names)
        usual = sentences.span(one.low, one.high)
        found.append(Line(name, one.count, usual, sentences.tone(one), listed(sheet, **{part: key})))
    return found


def _name(key: str, part: str, desk: str, names: Names) -> str:
    if not key:
        return text("cases.uncategorised", names.language)
    if part == "place":
        return names.place(key)
    return names.category(desk, key) if part == "category" else names.channel(key)


def bars(one: Unusual, name: str, language: str) -> SafeString:
    """The weeks before, oldest first, and the days told of in the beam, as inline SVG."""
    counts = (*reversed(one.before), one.count)
    most, step = max(1, *counts), (WIDE + GAP) / len(counts)
    drawn = (
        _bar(at * step, step - GAP, HIGH * count / most, lit=at == len(counts) - 1) for at, count in enumerate(counts)
    )
    said = text("digest.bars", language, what=name, before=", ".join(map(str, counts[:-1])), count=one.count)
    shapes = mark_safe("".join(drawn))
    box = '<svg class="week-bars" viewBox="0 0 100 34" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    return format_html(box, said, shapes)


def _bar(x: float, width: float, height: float, *, lit: bool) -> SafeString:
    tall = max(height, 0.8)  # a week without any is seen as a week
    shape = '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="0.8"/>'
    return format_html(shape, "now" if lit else "", *(f"{n:.1f}" for n in (x, HIGH - tall, width, tall)))
