"""Weeks of reports written straight into the table: the same few every week, and what a test adds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from cases.digest.mornings import SATURDAY, row

from haidang.cases.clocks import HERE


@pytest.fixture
def weeks(people: dict[str, Any]) -> Callable[..., None]:
    """One report of waste in Kỳ Lừa every Saturday of ten weeks; `added` reports more on the last one."""
    from haidang.cases.models import Case

    def write(added: int = 0, **more: Any) -> None:
        ended = {"state": "resolved", "resolved_at": datetime(2026, 11, 1, 9, tzinfo=HERE)}
        before = [row(SATURDAY - timedelta(weeks=n), **ended) for n in range(1, 11)]
        Case.objects.bulk_create([*before, row(SATURDAY), *(row(SATURDAY, **more) for _ in range(added))])

    return write
