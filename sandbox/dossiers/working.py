"""Working time as one line of seconds: 7.5 hours a working day, 07:30–11:30 and 13:30–17:00, without days off.

Arrays in, arrays out. A *place on the line* is seconds of working time since the first day of the table.
Never: decides how long anything takes.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandbox.clock import midnight
from sandbox.seasons import working

Ints = NDArray[np.int64]
FIRST, LAST = date(2020, 1, 1), date(2036, 12, 31)
MORNING, NOON, AFTER, EVENING = 27000, 41400, 48600, 61200
BEFORE_NOON = NOON - MORNING
A_DAY = BEFORE_NOON + EVENING - AFTER
DAY = 86400


@lru_cache(maxsize=1)
def _table() -> tuple[Ints, Ints]:
    """(midnights of the working days; for each day of the table the number of the first working day not before it)."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    open_ = np.array([working(day) for day in days])
    midnights = midnight(FIRST) + np.flatnonzero(open_).astype(np.int64) * DAY
    return midnights, np.concatenate([[0], np.cumsum(open_)[:-1]]).astype(np.int64)


def moments(line: Any) -> Ints:
    """Seconds since 1970 (UTC) of places on the line."""
    places = np.asarray(line, dtype=np.int64)
    within = places % A_DAY
    clock = np.where(within < BEFORE_NOON, MORNING + within, AFTER + within - BEFORE_NOON)
    result: Ints = _table()[0][places // A_DAY] + clock
    return result


def places(moment: Any) -> Ints:
    """Places on the line of moments; one outside working time is taken to the next opening."""
    given = np.asarray(moment, dtype=np.int64)
    since = given - midnight(FIRST)
    day, clock = since // DAY, since % DAY
    midnights, number = _table()
    first = number[day]
    is_open = midnights[first] == given - clock
    morning = np.clip(clock - MORNING, 0, BEFORE_NOON)
    afternoon = np.clip(clock - AFTER, 0, EVENING - AFTER)
    result: Ints = first * A_DAY + np.where(is_open, morning + afternoon, 0)
    return result


def day_number(line: Any) -> Ints:
    """Which working day of the table a place lies on."""
    result: Ints = np.asarray(line, dtype=np.int64) // A_DAY
    return result


def closing(number: Any) -> Ints:
    """The moment the offices close (17:00) on working days of the table."""
    result: Ints = _table()[0][np.asarray(number, dtype=np.int64)] + EVENING
    return result
