"""Working time: when a term ends, and how long something took, by the table of working days and a desk's hours.

A term of days ends with the last working hour of the N-th working day after the day it began (domain rule: day 1 is
the working day after receipt). A term of minutes runs day and night: somebody is always on duty for it.
Pure but for the table of days off (`catalog.calendar`). All moments carry a zone; days are those of Việt Nam.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from haidang.catalog import calendar
from haidang.catalog.declared import Term

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
Hours = tuple[tuple[time, time], ...]
_MOST_DAYS = 3660
_ends: ContextVar[dict[tuple[date, int], date] | None] = ContextVar("haidang.cases.ends", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside, the table of working days is taken to stand still: the end of a term is worked out once per day."""
    token = _ends.set({})
    try:
        yield
    finally:
        _ends.reset(token)


def due(start: datetime, term: Term, hours: Hours) -> datetime:
    """The moment a term that begins at `start` is over."""
    if term.minutes:
        return start + timedelta(minutes=term.minutes)
    if term.hours:
        return add(start, timedelta(hours=term.hours), hours)
    return datetime.combine(_end(start.astimezone(HERE).date(), term.days), hours[-1][1], HERE)


def _end(start: date, days: int) -> date:
    """The `days`-th working day after `start`."""
    known = _ends.get()
    if known is not None and (start, days) in known:
        return known[start, days]
    day = start
    for _ in range(days):
        day = _next(day)
    if known is not None:
        known[start, days] = day
    return day


def add(start: datetime, work: timedelta, hours: Hours) -> datetime:
    """`work` of working time after `start`."""
    left = work
    for begin, end in _spans(start, hours):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return start + work


def between(start: datetime, end: datetime, hours: Hours) -> timedelta:
    """Working time between two moments; zero when they stand the other way round."""
    total = timedelta()
    if end <= start:
        return total
    for begin, until in _spans(start, hours):
        if begin >= end:
            break
        total += min(until, end) - begin
    return total


def working_days(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; negative the other way round."""
    if end < start:
        return -working_days(end, start)
    return sum(calendar.working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def _next(day: date) -> date:
    for _ in range(_MOST_DAYS):
        day += timedelta(days=1)
        if calendar.working(day):
            return day
    return day


def _spans(start: datetime, hours: Hours) -> Iterator[tuple[datetime, datetime]]:
    """Working stretches from `start` on, the first cut at it."""
    here = start.astimezone(HERE)
    for n in range(_MOST_DAYS):
        day = here.date() + timedelta(days=n)
        if not calendar.working(day):
            continue
        for opens, closes in hours:
            begin, end = datetime.combine(day, opens, HERE), datetime.combine(day, closes, HERE)
            if end > here:
                yield max(begin, here), end
