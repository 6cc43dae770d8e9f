"""From error to exit status: one table. Never: prints."""

from __future__ import annotations

from haidang.words.errors import (
    Absent,
    BadQuestion,
    Denied,
    HaiDangError,
    IntakeStopped,
    NotNow,
    PackProblem,
    Unavailable,
)

DONE, BROKEN, BAD_USE, DENIED, BAD_INPUT = 0, 1, 2, 3, 4
STATUS: dict[type[HaiDangError], int] = {
    Denied: DENIED,
    Absent: BAD_USE,
    BadQuestion: BAD_USE,
    IntakeStopped: BAD_INPUT,
    PackProblem: BAD_INPUT,
    NotNow: BROKEN,
    Unavailable: BROKEN,
}
OPEN = {"unknown-place", "unknown-actor"}
"""Absences anyone at this terminal may know of."""


def of(error: HaiDangError) -> int:
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), BROKEN)


def seen_from_outside(error: HaiDangError, *, acting_as: str) -> HaiDangError:
    """For `--as` somebody, what is absent reads like what is denied.

    The operator of the machine is told the nearest name.
    """
    if acting_as and isinstance(error, Absent) and error.code not in OPEN:
        return Denied("no-grant")
    return error
