"""Reports written straight into the table, for tests of the morning sheet."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from haidang.cases.clocks import HERE

DESK = "phan-anh.phan-anh"
SATURDAY = date(2026, 11, 21)
LUA, DONG_DANG = "06187@2025-07-01", "06184@2025-07-01"
WORDS = "Rác chất đống trước chợ Giếng Vuông"
_numbers = count(1)


def row(day: date, **more: Any) -> Any:
    """A Case sent at nine on a day, not saved."""
    from haidang.cases.models import Case

    at = datetime.combine(day, time(9), HERE)
    said: dict[str, Any] = {
        "code": f"PA-THU-{next(_numbers)}",
        "desk": DESK,
        "pack": "phan-anh",
        "unit": LUA,
        "state": "in-progress",
        "channel": "zalo",
        "category": "rac-thai",
        "group": "moi-truong",
        "office": "xa-06187",
        "title": WORDS,
        "text": WORDS,
        "sent_at": at,
        "due": at + timedelta(days=90),
        "route_due": at + timedelta(minutes=5),
    }
    return Case(**{**said, **more})
