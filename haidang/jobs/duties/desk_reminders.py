"""Reminders of the desk: unfinished work each working morning, what is due, and what has become late, to whom it goes.

Never: changes a Case; says anything twice (a notice has its key).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

EVERY = timedelta(minutes=10)
BEFORE_HOURS = timedelta(minutes=15)
"""The morning's reminders are there when work begins."""


def run(now: datetime) -> None:
    """What is late is told at any hour of a working day's work; the rest in the morning."""
    from haidang.cases.digest import reminding
    from haidang.catalog import calendar
    from haidang.catalog.declared import declared
    from haidang.watch import actions

    here = timezone.localtime(now)
    if not calendar.working(here.date()):
        return
    for desk in declared().desks():
        begins = datetime.combine(here.date(), desk.hours[0][0], here.tzinfo) - BEFORE_HOURS
        if here < begins:
            continue
        words = list(reminding.late(desk, now))
        if here < begins + timedelta(hours=4):
            words += reminding.work(desk, now)
        for one in words:
            actions.tell(one.actor, one.code, one.facts, one.link, key=one.key)
