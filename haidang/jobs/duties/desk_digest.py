"""At eight on a working day the heads of offices are told of the desk's morning sheet, each of what they may see.

Killed half-way it is told again, which is one: a sheet is kept only when everybody has been told.
Never: tells on a day off; decides what is unusual (`cases.digest.usual` does).
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

EVERY = timedelta(minutes=2)
AT = time(8)


def run(now: datetime) -> None:
    """Tell of every desk whose sheet of today has not been told."""
    from haidang.cases.digest import actions as kept
    from haidang.cases.digest import reminding
    from haidang.catalog import calendar
    from haidang.catalog.declared import declared
    from haidang.watch import actions

    here = timezone.localtime(now)
    if here.time() < AT or not calendar.working(here.date()):
        return
    for desk in declared().desks():
        if kept.told(desk, here.date()):
            continue
        for one in reminding.sheets(desk, now):
            actions.tell(one.actor, one.code, one.facts, one.link, key=one.key)
        kept.keep(desk, here.date(), now)
