"""What time it is, for this room. Never: is read by anybody but intake.

Tests set it (`with at(moment): …`), so that a correction can land "tomorrow"; no setting and no option reaches it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set: ContextVar[datetime | None] = ContextVar("intake_clock", default=None)


def now() -> datetime:
    """The moment, in UTC."""
    return _set.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within it, `now()` is `moment` (with a time zone)."""
    token = _set.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set.reset(token)
