"""A moment that cannot be: a clock that runs ahead, or one that stands in the past.

`{kind: clock, column: thoi_diem, ahead: 10m, behind: 400d}`: the date or moment in `column` may lie at most `ahead`
after now (default 0: not in the future) and at most `behind` before now (absent: as old as it likes). A date counts
by its first moment. Now is Việt Nam time. Empty passes. Never: judges more than one row at a time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from haidang.intake import clock
from haidang.intake.checks import Bench, setting
from haidang.store.landing import named, quoted
from haidang.words.errors import PackProblem, Problem

GROUPS = False
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_SPAN = re.compile(r"(\d{1,6})\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def faults(settings: Mapping[str, str], bench: Bench) -> str:
    """Rows outside the span; expected: its end that was crossed."""
    del bench
    column, now = setting(settings, "column"), clock.now().astimezone(HERE).replace(tzinfo=None)
    value = f"CAST({named(column)} AS TIMESTAMP)"
    ends = [("<=", now + _span(settings.get("ahead", "0s")))]
    if "behind" in settings:
        ends.append((">=", now - _span(settings["behind"])))
    parts = (
        f'SELECT _n, {quoted(column)} AS "column", CAST({named(column)} AS VARCHAR) AS found, '
        f"{quoted(f'{sign} {end:%Y-%m-%d %H:%M:%S}')} AS expected FROM standing "
        f"WHERE NOT ({value} {sign} TIMESTAMP {quoted(f'{end:%Y-%m-%d %H:%M:%S}')})"
        for sign, end in ends
    )
    return " UNION ALL ".join(parts)


def _span(text: str) -> timedelta:
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise PackProblem((Problem("not-a-span", found=text, expected="10m, 2h, 400d"),))
    return timedelta(**{_UNITS[found[2]]: int(found[1])})
