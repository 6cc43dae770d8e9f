"""Browsers that follow a Case are told when it moves on. Never: tells what it is about."""

from __future__ import annotations

from datetime import datetime, timedelta

EVERY = timedelta(seconds=20)


def run(now: datetime) -> None:
    """Lay down what is owed, send what is due; killed half-way it is simply run again."""
    from haidang.access import trace
    from haidang.cases.push import actions

    with trace.context(door="jobs"):
        actions.lay_down(now)
        actions.send_due(now)
        actions.tidy(now)
