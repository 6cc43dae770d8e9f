"""Calls whose end was never told are over; numbers of calls that became no report are let go. Never: touches a Case."""

from __future__ import annotations

from datetime import datetime, timedelta

EVERY = timedelta(minutes=5)


def run(now: datetime) -> None:
    from haidang.cases.calls import actions

    actions.settle(now)
    actions.fade(now)
