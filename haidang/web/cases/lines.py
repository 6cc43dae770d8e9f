"""A Case as a line says it: its names, its clock in words, the shape of its standing. Never: looks up but names.

A clock says what is left, or by how much it is late, and until when; a Case that has ended says when it was handled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.safestring import SafeString

from haidang.cases import machine
from haidang.cases.faces import Line
from haidang.web import formats, marks
from haidang.web.cases.names import Names
from haidang.words.texts import text

NEAR = timedelta(days=1)
"""A date this near is warned of."""
ROUTING = (machine.NEW, machine.RECEIVED)


@dataclass(frozen=True)
class Clock:
    """`mark`: bad late, warn near, watch standing still, good handled, none otherwise; `words`: what is left, or since
    when; `until`: the date itself as people write it; `at`: the same, ISO 8601, "" without one."""

    mark: str
    words: str
    until: str = ""
    at: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a list, every text ready to stand."""

    line: Line
    title: str
    category: str
    state: str
    channel: str
    place: str
    office: str
    sent: str
    ago: str
    clock: Clock
    shape: SafeString


def row(line: Line, names: Names, now: datetime) -> Row:
    stands = clock(line, now, names.language)
    return Row(
        line,
        line.title or f"#{line.number}",
        names.category(line.desk, line.category),
        names.state(line.state),
        names.channel(line.channel),
        names.place(line.unit),
        names.office(line.office),
        written(line.sent_at),
        formats.age(line.sent_at.isoformat(), now, names.language),
        stands,
        _shape(stands.mark, names.language),
    )


_shape = lru_cache(maxsize=32)(marks.mark)


def clock(line: Line, now: datetime, language: str) -> Clock:
    """What the clock of a Case says now."""
    if line.state in machine.HANDLED:
        done = line.resolved_at
        late = bool(done and line.due and done > line.due)
        code = "cases.done-late" if late else "cases.done"
        return Clock("watch" if late else "good", text(code, language), *_at(done))
    if line.state in machine.ENDED:
        return Clock("none", text("cases.ended", language), *_at(line.changed))
    if line.state in machine.PAUSED:
        return Clock("watch", text("cases.waiting", language), *_at(line.due))
    due = line.route_due if line.state in ROUTING else line.due
    return running(due, now, language, routing=line.state in ROUTING)


def running(due: datetime | None, now: datetime, language: str, *, routing: bool = False) -> Clock:
    """A clock that goes: what is left, or by how much it is past."""
    if due is None:
        return Clock("none", text("cases.no-date", language))
    left = due - now
    mark = "bad" if left < timedelta() else "warn" if routing or left < NEAR else "none"
    code = "cases.late-by" if left < timedelta() else "cases.left"
    return Clock(mark, text(code, language, time=span(abs(left), language)), *_at(due))


def span(length: timedelta, language: str) -> str:
    """`40 phút`, `5 giờ`, `3 ngày 4 giờ`, `12 ngày`."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return text("cases.minutes", language, count=max(1, minutes))
    if minutes < 24 * 60:
        return text("cases.hours", language, count=minutes // 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    said = text("cases.days", language, count=days)
    return f"{said} {text('cases.hours', language, count=hours)}" if hours and days < 5 else said


def _at(moment: datetime | None) -> tuple[str, str]:
    return (written(moment), moment.isoformat()) if moment else ("", "")


def written(moment: datetime | None) -> str:
    """`17:00 27/11/2026`, "" without one."""
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}" if moment else ""
