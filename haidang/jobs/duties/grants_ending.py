"""Whoever has a right that ends within a week is told once. Never: ends or prolongs one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from haidang.access.people.granting import reads, words
from haidang.watch import actions

EVERY = timedelta(hours=6)
BEFORE = timedelta(days=7)


def run(now: datetime) -> None:
    """Tell of every grant that ends within a week; one that is told of again is one."""
    for line, names in reads.ending(now, BEFORE):
        day = f"{timezone.localtime(line.grant.until):%d/%m/%Y}"
        facts = {"day": day, "what": words.said(line.grant), "what_en": words.said(line.grant, "en")}
        for name in names:
            actions.tell(name, "right-ends", facts, "/requests/new", key=f"right-ends:{line.number}:{day}")
