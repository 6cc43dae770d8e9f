"""The morning sheet of a desk: what came since the last one, the unusual first with its reason, for whoever asks.

It covers the days since the last working morning: on a Monday Friday to Sunday. Only Cases one may read are counted,
so a commune's head reads of the commune alone. Never: tells who sent a Case, writes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet

from haidang.cases import machine, rights
from haidang.cases.digest.areas import ANYWHERE, CATEGORY, CHANNEL, UNIT, Counted, Figure, Unusual, moment, sent
from haidang.cases.digest.common import common
from haidang.cases.models import Case, Step
from haidang.cases.reads import late
from haidang.catalog import calendar
from haidang.catalog.declared import Desk
from haidang.words.nouns import Actor

MOST = 6
"""Fields, places, channels, offices told by name."""
READ = 200
"""Reports of one unusual thing that are read for what they have in common."""


@dataclass(frozen=True)
class Sheet:
    """The sheet of a morning. `since`, `until`: the days it tells of, both inside; `weeks`: how many stand behind it.

    `late`, `due_week`, `due_month`, `waiting` (nobody handles them yet), `approving`: as it is now. `late_offices`:
    key of the office ("" while none has it) and how many.
    """

    desk: str
    day: date
    since: date
    until: date
    weeks: int
    received: Figure
    resolved: int
    unhappy: int
    rated: int
    reopened: int
    refused: int
    newly_late: int
    late: int
    waiting: int
    approving: int
    due_week: int
    due_month: int
    unusual: tuple[Unusual, ...]
    fields: tuple[Figure, ...]
    places: tuple[Figure, ...]
    channels: tuple[Figure, ...]
    late_offices: tuple[tuple[str, int], ...]
    simulated: bool

    @property
    def empty(self) -> bool:
        """Nothing came, nothing waits: nobody need be told."""
        return not (self.received.count or self.late or self.due_week or self.unusual)


def sheet(who: Actor, desk: Desk, day: date, now: datetime) -> Sheet:
    """The sheet of the morning of `day`, of what `who` may see."""
    since, until = covered(day)
    seen = rights.visible(who).filter(desk=desk.key)
    counted = Counted(seen, since, until)
    return Sheet(
        desk=desk.key,
        day=day,
        since=since,
        until=until,
        weeks=len(counted.weeks),
        received=counted.figure("", ANYWHERE),
        **_happened(seen, since, until),
        **_standing(seen, day, now),
        unusual=tuple(_told(one, seen, since, until) for one in counted.unusual()),
        fields=counted.by(CATEGORY, MOST),
        places=counted.by(UNIT, MOST),
        channels=counted.by(CHANNEL, MOST),
        late_offices=_late_offices(seen, now),
        simulated=seen.filter(simulated=True).exists(),
    )


def covered(day: date) -> tuple[date, date]:
    """The days the sheet of a morning tells of: since the last working morning; of a day off, the day before."""
    first = last = day - timedelta(days=1)
    while calendar.working(day) and not calendar.working(first) and (day - first).days < 15:
        first -= timedelta(days=1)
    return first, last


def _happened(seen: QuerySet[Case], since: date, until: date) -> dict[str, int]:
    """What was done on the days."""
    first, end = moment(since), moment(until + timedelta(days=1))
    acts = Step.objects.filter(case__in=seen, act__in=("reopen", "refuse"), at__gte=first, at__lt=end)
    done = dict(acts.order_by().values_list("act").annotate(many=Count("case", distinct=True)))
    rated = seen.filter(rated_at__gte=first, rated_at__lt=end)
    return {
        "resolved": seen.filter(resolved_at__gte=first, resolved_at__lt=end).count(),
        "rated": rated.count(),
        "unhappy": rated.filter(rating=1).count(),
        "reopened": done.get("reopen", 0),
        "refused": done.get("refuse", 0),
        "newly_late": seen.filter(late(end)).exclude(late(first)).count(),
    }


def _standing(seen: QuerySet[Case], day: date, now: datetime) -> dict[str, int]:
    """What waits now."""
    waits = seen.filter(state__in=machine.OPEN)
    week, month = ends(day)
    return {
        "late": waits.filter(late(now)).count(),
        "waiting": waits.filter(state__in=(machine.NEW, machine.RECEIVED)).count(),
        "approving": waits.filter(state=machine.APPROVING).count(),
        "due_week": waits.filter(due__gte=now, due__lt=week).count(),
        "due_month": waits.filter(due__gte=now, due__lt=month).count(),
    }


def ends(day: date) -> tuple[datetime, datetime]:
    """The first moments after the week and after the month of a day; of a day off, of the next working day."""
    while not calendar.working(day):
        day += timedelta(days=1)
    week = day + timedelta(days=7 - day.weekday())
    return moment(week), moment((day.replace(day=1) + timedelta(days=32)).replace(day=1))


def _late_offices(seen: QuerySet[Case], now: datetime) -> tuple[tuple[str, int], ...]:
    rows = seen.filter(late(now)).order_by().values_list("office").annotate(many=Count("number"))
    return tuple((office, many) for office, many in rows.order_by("-many", "office")[:MOST])


def _told(one: Unusual, seen: QuerySet[Case], since: date, until: date) -> Unusual:
    """With what its reports have in common."""
    if one.verdict.kind != "much":
        return one
    same = {"category": one.category, "unit": one.unit, "channel": one.channel}
    cases = sent(seen, since, until).filter(**{name: value for name, value in same.items() if value})
    phrase, sharing = common(cases.values_list("text", flat=True)[:READ])
    return replace(one, common=phrase, sharing=sharing)
