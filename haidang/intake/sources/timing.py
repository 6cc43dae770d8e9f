"""When a source is asked and what it owes, in Việt Nam time. Pure: the caller brings the clock and the working days.

A *due moment* is when a delivery must have come; a *window* is the stretch since the due moment before it. Never: asks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from haidang.catalog.declared import Schedule

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MOST = 400
"""Deliveries that are filled back at most; what is older is left."""

SHORTEST = timedelta(minutes=1)
"""A source asked more often than this still owes one delivery per minute."""

FIRST, LAST = 5.0, 3600.0
"""Seconds: the bounds of waiting after a failure."""

LOOK = 300
"""Seconds between two looks where a delivery may lie early, or is owed."""

_LONGEST_GAP = 70  # days between two due moments: two months and a feast
Working = Callable[[date], bool]


class Stretch(NamedTuple):
    """One delivery: the stretch of time it is about, and when it is due. All in UTC."""

    start: datetime
    end: datetime
    due: datetime


def grace(schedule: Schedule) -> timedelta:
    """How long after the due moment it is late: as declared, else the interval itself, an hour for `at`."""
    return timedelta(seconds=schedule.grace or schedule.every or 3600)


def next_due(schedule: Schedule, after: datetime, working: Working) -> datetime:
    """The first due moment after `after`, in UTC."""
    if schedule.every:
        step = max(timedelta(seconds=schedule.every), SHORTEST)
        zero = datetime.combine(date(2000, 1, 1), time(), ZONE)
        return (zero + ((after - zero) // step + 1) * step).astimezone(UTC)
    local = after.astimezone(ZONE)
    moments = (_at(schedule, local.date() + timedelta(days=n)) for n in range(_LONGEST_GAP))
    return next(m for m in moments if m > after and _owed(schedule, m, working)).astimezone(UTC)


def next_ask(schedule: Schedule | None, after: datetime, working: Working, *, often: bool) -> datetime | None:
    """When a source is asked again after an answer; `often`: a delivery may lie there early, or is owed already.

    None: only when somebody asks for it.
    """
    if schedule is not None and schedule.every:
        return after + timedelta(seconds=schedule.every)
    soon = after + timedelta(seconds=LOOK) if often else None
    if schedule is None:
        return soon
    due = next_due(schedule, after, working)
    return min(due, soon) if soon else due


def windows(schedule: Schedule, since: datetime, until: datetime, working: Working) -> tuple[Stretch, ...]:
    """The deliveries due after `since`, up to and with the first due after `until`; the newest MOST of them."""
    start = since
    if schedule.every:
        start = max(since, until - (MOST + 1) * max(timedelta(seconds=schedule.every), SHORTEST))
    moments = tuple(_moments(schedule, start, until, working))
    return tuple(Stretch(a, b, b) for a, b in pairwise((start, *moments)))[-MOST:]


def pause_after(failures: int, schedule: Schedule | None, retry: float = 0.0) -> timedelta:
    """How long to wait after the n-th failure in a row: doubled each time, spread a little, never beyond the interval.

    `retry`: what the other side asked for, respected when longer (at most an hour).
    """
    every = float(schedule.every) if schedule and schedule.every else 600.0
    first = min(max(every / 10, FIRST), 300.0)
    most = min(max(every, 60.0), LAST)
    wait = min(first * 2.0 ** min(failures - 1, 20), most)
    spread = wait * random.uniform(0.8, 1.2)  # many sources down at once must not come back at once
    return timedelta(seconds=min(max(spread, retry, FIRST), LAST))


def _moments(schedule: Schedule, since: datetime, until: datetime, working: Working) -> Iterator[datetime]:
    moment = since
    while moment <= until:
        moment = next_due(schedule, moment, working)
        yield moment


def _at(schedule: Schedule, day: date) -> datetime:
    return datetime.combine(day, time.fromisoformat(schedule.at), ZONE)


def _owed(schedule: Schedule, moment: datetime, working: Working) -> bool:
    kind, _, number = schedule.days.partition(":")
    if kind == "working":
        return working(moment.date())
    return kind != "monthly" or moment.day == int(number)
