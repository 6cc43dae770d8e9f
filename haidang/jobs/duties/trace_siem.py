"""Sends the trace on to the SIEM (HAIDANG_SYSLOG), and numbers what a process that died left without a number.

An outage is not an error of the centre: what was not sent waits, and the doctor says how much. Never: decides a right.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

EVERY = timedelta(seconds=5)
QUIET = timedelta(minutes=5)
log = logging.getLogger("haidang.trace")
_complained: list[datetime] = []


def run(now: datetime) -> None:
    from haidang.access.tracing import actions
    from haidang.words.errors import HaiDangError

    actions.number_waiting()
    try:
        actions.ship()
    except HaiDangError as error:
        if not _complained or now - _complained[-1] >= QUIET:
            _complained[:] = [now]
            log.warning("siem: %s %s %s", error.code, error.facts.get("found", ""), error.facts.get("why", ""))
