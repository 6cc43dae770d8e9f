"""How many Cases came by category, place and channel, on some days and on the same days of the weeks before.

Never: sees a Case its caller may not (the rows are given), writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet

from haidang.cases.clocks import HERE
from haidang.cases.digest.usual import Verdict, judge, usual
from haidang.cases.models import Case
from haidang.catalog import calendar

WEEKS = 8
CATEGORY, UNIT, CHANNEL = 0, 1, 2
Area = tuple[str, str, str]
"""Category, unit, channel; "" for any."""
ANYWHERE: Area = ("", "", "")
Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Unusual:
    """What came much more, or less, than on such days: `before`, the newest week first. `common`: a phrase that
    `sharing` of the reports have in common, "" without one."""

    category: str
    unit: str
    channel: str
    count: int
    before: tuple[int, ...]
    verdict: Verdict
    common: str = ""
    sharing: int = 0


@dataclass(frozen=True)
class Figure:
    """A count, and the range of the same days in the weeks before (None when nobody can say)."""

    key: str
    count: int
    low: int | None = None
    high: int | None = None


def moment(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(), HERE)


def sent(cases: QuerySet[Case], since: date, until: date) -> QuerySet[Case]:
    """Those sent on these days, both inside."""
    return cases.filter(sent_at__gte=moment(since), sent_at__lt=moment(until + timedelta(days=1)))


class Counted:
    """The counts of some days, and of the same days of up to WEEKS weeks before, the newest first."""

    def __init__(self, seen: QuerySet[Case], since: date, until: date) -> None:
        self.now = _areas(seen, since, until)
        self.weeks: list[Counter[Area]] = []
        first = seen.order_by("sent_at").values_list("sent_at", flat=True).first()
        begun = first.astimezone(HERE).date() if first else until
        for week in range(1, WEEKS + 1):
            start, end = since - timedelta(weeks=week), until - timedelta(weeks=week)
            if start > begun and _alike(since, start, (until - since).days):
                self.weeks.append(_areas(seen, start, end))

    def counts(self, wanted: Area, without: Pairs = frozenset()) -> tuple[int, tuple[int, ...]]:
        """How many of an area, now and in each week before; `without`: these categories in these places."""
        return _sum(self.now, wanted, without), tuple(_sum(week, wanted, without) for week in self.weeks)

    def figure(self, key: str, wanted: Area) -> Figure:
        now, before = self.counts(wanted)
        return Figure(key, now, *usual(before)) if before else Figure(key, now)

    def by(self, part: int, most: int) -> tuple[Figure, ...]:
        """The busiest of one part: CATEGORY, UNIT or CHANNEL."""
        sums: Counter[str] = Counter()
        for area, many in self.now.items():
            sums[area[part]] += many
        return tuple(self.figure(key, _one(part, key)) for key, _ in sums.most_common(most))

    def unusual(self, most: int = 12) -> list[Unusual]:
        """Too many first, then what is missing. A field, a place, a channel as a whole is told only for what its own
        places do not explain."""
        found = self._judged({(category, unit, "") for category, unit, _ in self.now})
        explained = frozenset((one.category, one.unit) for one in found)
        every = set(self.now).union(*self.weeks)
        for part in (CATEGORY, UNIT, CHANNEL):
            found += self._judged({_one(part, area[part]) for area in every if area[part] != "import"}, explained)
        return sorted(found, key=lambda one: (one.verdict.kind != "much", -one.count, one.category))[:most]

    def _judged(self, areas: Iterable[Area], without: Pairs = frozenset()) -> list[Unusual]:
        found, looked = [], sorted(area for area in areas if area != ANYWHERE)
        for area in looked:
            count, before = self.counts(area, without)
            if verdict := judge(count, before, looks=len(looked)):
                found.append(Unusual(*area, count, before, verdict))
        return found


def _areas(seen: QuerySet[Case], since: date, until: date) -> Counter[Area]:
    rows = sent(seen, since, until).order_by().values_list("category", "unit", "channel")
    return Counter({(one[0], one[1], one[2]): one[3] for one in rows.annotate(many=Count("number"))})


def _one(part: int, key: str) -> Area:
    return (key if part == CATEGORY else "", key if part == UNIT else "", key if part == CHANNEL else "")


def _sum(counts: Counter[Area], wanted: Area, without: Pairs) -> int:
    return sum(many for area, many in counts.items() if _within(area, wanted) and area[:2] not in without)


def _within(area: Area, wanted: Area) -> bool:
    return all(want in ("", have) for have, want in zip(area, wanted, strict=True))


def _alike(since: date, start: date, days: int) -> bool:
    """Whether the same days of an earlier week were working days and days off alike: Tết is no ordinary Tuesday."""
    span = [timedelta(days=n) for n in range(days + 1)]
    return all(calendar.working(since + n) == calendar.working(start + n) for n in span)
