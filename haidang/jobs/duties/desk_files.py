"""Files that no Case took within a day are let go, and bytes a kill left behind. Never: touches a Case's own files."""

from __future__ import annotations

from datetime import datetime, timedelta

EVERY = timedelta(hours=1)


def run(now: datetime) -> None:
    from haidang.access import trace
    from haidang.cases.files import actions

    with trace.context(door="jobs"):
        actions.sweep(now)
