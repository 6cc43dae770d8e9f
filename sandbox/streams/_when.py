"""Days and seconds of Việt Nam time, and the slow courses of a year. Never: reads the clock."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sandbox.clock import VN

DAY = 86_400


def local(moment: datetime) -> datetime:
    """As the clock on the wall in Lạng Sơn; a moment without a zone already is."""
    return (moment.astimezone(VN) if moment.tzinfo else moment).replace(tzinfo=None)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def at(day: date, second: float) -> datetime:
    """The local moment `second` seconds after a day began (it may lie in a later day)."""
    return midnight(day) + timedelta(seconds=float(second))


def days(since: date, until: date) -> Iterator[date]:
    """Every day from `since` up to but not including `until`."""
    first, last = plain(since), plain(until)
    for number in range(first.toordinal(), last.toordinal()):
        yield date.fromordinal(number)


def plain(day: date) -> date:
    """A day, of a moment too."""
    return local(day).date() if isinstance(day, datetime) else day


def past(since: date, until: date) -> Iterator[tuple[date, float]]:
    """Every day of a history with the last second of it that is history (a day and more for a whole one)."""
    end = local(until) if isinstance(until, datetime) else midnight(until)
    for day in days(since, end.date() + timedelta(days=1)):
        if (second := (end - midnight(day)).total_seconds()) > 0:
            yield day, second


def stretches(since: datetime, until: datetime) -> Iterator[tuple[date, float, float]]:
    """The window (since, until] as days with the seconds of each that lie in it: from < s <= to."""
    start, end = local(since), local(until)
    for day in days(start.date(), end.date() + timedelta(days=1)):
        begun = midnight(day)
        yield day, max((start - begun).total_seconds(), -1.0), min((end - begun).total_seconds(), DAY - 1e-6)


def steps(since: datetime, until: datetime, every: int) -> Iterator[datetime]:
    """Local moments in (since, until] at whole multiples of `every` seconds of the day."""
    start, end = local(since), local(until)
    begun = midnight(start.date())
    number = int((start - begun).total_seconds() // every) + 1
    while (moment := begun + timedelta(seconds=number * every)) <= end:
        yield moment
        number += 1


def months(since: date, until: date) -> Iterator[date]:
    """The first day of every whole month from `since` up to but not including the month of `until`."""
    for count in range(since.year * 12 + since.month - 1, until.year * 12 + until.month - 1):
        yield date(count // 12, count % 12 + 1, 1)


def next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def cold(day: date) -> float:
    """1 in the middle of January, −1 in the middle of July."""
    return math.cos(2 * math.pi * (day.timetuple().tm_yday - 15) / 365.25)


def growth(day: date, yearly: float) -> float:
    """How much more there is than on 1 January 2025 at so much growth a year."""
    return float((1 + yearly) ** ((day - date(2025, 1, 1)).days / 365.25))
