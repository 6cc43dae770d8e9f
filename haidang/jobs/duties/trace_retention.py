"""Keeps the trace: the anchor of the day, months old enough put away in files, word to keepers when something is wrong.

Once a day the whole chain is proved. Never: decides what is kept how long (the rule `trace_months` does).
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

EVERY = timedelta(hours=1)
BEHIND = timedelta(hours=1)
"""Rows that have not reached the SIEM for so long are told."""
SELF = "collector"
log = logging.getLogger("haidang.trace")


def run(now: datetime) -> None:
    from haidang.access import trace
    from haidang.access.identity import reads as identity
    from haidang.access.tracing import anchors, retention
    from haidang.words.errors import Unavailable

    with trace.context(door="jobs"):
        new_day = retention.anchor(now)
        try:
            for file in retention.keep(now, identity.rules().trace_months):
                trace.note(SELF, "trace-keep", file.name)
        except Unavailable as error:
            log.critical("trace: nothing is put away: %s %s", error.code, error.facts)
        if new_day:
            head = anchors.anchors()[-1]
            trace.note(SELF, "trace-anchor", f"{head.number} {head.digest}")  # and so it reaches the SIEM
            _prove(now)
        _tell_what_fills(now)
        _tell_what_waits(now)


def _prove(now: datetime) -> None:
    from haidang.access.tracing import reads, telling

    found = reads.verify()
    if found.broken:
        _tell(now, "trace-broken", {"said": telling.proved(found, "vi")})


def _tell_what_fills(now: datetime) -> None:
    from haidang.access.tracing import retention

    how = retention.fullness()
    if how.near:
        _tell(now, "trace-full", {"disk": f"{how.disk:.0f}", "database": f"{how.database / retention.MB:.0f}"})


def _tell_what_waits(now: datetime) -> None:
    from django.utils import timezone

    from haidang.access.tracing import reads

    how = reads.standing()
    if how.unsent_since and now - how.unsent_since > BEHIND:
        since = f"{timezone.localtime(how.unsent_since):%d/%m/%Y %H:%M}"
        _tell(now, "trace-unsent", {"count": str(how.unsent), "since": since})


def _tell(now: datetime, code: str, facts: dict[str, str]) -> None:
    """Everybody who keeps the centre or reads the trace, once a day."""
    from django.utils import timezone

    from haidang.access.tracing import reads
    from haidang.watch import actions

    for name in reads.keepers():
        actions.tell(name, code, facts, "/trace/", key=f"{code}:{timezone.localdate(now)}")
