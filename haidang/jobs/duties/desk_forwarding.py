"""Forwards Cases to another GeoReport server and asks after them. Never: decides which, writes words of its own."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

EVERY = timedelta(seconds=30)
log = logging.getLogger("haidang.forwarding")


def run(now: datetime) -> None:
    from haidang.cases.forwarding import actions

    if calls := actions.run(now):
        log.info("forwarding: %s calls", calls)
