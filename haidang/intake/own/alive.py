"""Deliveries owed and promised freshness, by source and day. Never: opens a window (intake.sources does).

A source with a schedule is fresh while no delivery of it is overdue (past its grace and not come); one without, whose
dataset promises days, while its last arrival is no older than that. Minutes are only promised from its first
delivery on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min
from django.db.models.functions import TruncDate

from haidang.catalog.declared import Source, declared
from haidang.intake.models import Window
from haidang.intake.own.kinds import HERE, Span, midnight

CAME, PROMISED = ("met", "late"), ("due", "met", "late", "missed")
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Day:
    """Deliveries of a day: owed (by now), come, in time, late (late or still to come); minutes promised and kept."""

    owed: int = 0
    came: int = 0
    in_time: int = 0
    late: int = 0
    promised: int = 0
    kept: int = 0


def days(span: Span, landings: dict[str, list[datetime]]) -> dict[tuple[str, date], Day]:
    """By (source, day). `landings`: when each source's arrivals landed, oldest first."""
    owed = _owed(span)
    found: dict[tuple[str, date], Day] = {}
    for source in declared().sources():
        begun, overdue = _freshness(source, span, landings.get(source.key, []))
        for day in span.days():
            counts = owed.get((source.key, day), {})
            promised, kept = _minutes(day, span.now, begun, overdue)
            if counts or promised:
                came = sum(counts.get(state, 0) for state in CAME)
                late = counts.get("late", 0) + counts.get("missed", 0)
                total = sum(counts.get(state, 0) for state in PROMISED)
                found[source.key, day] = Day(total, came, counts.get("met", 0), late, promised, kept)
    return found


def _owed(span: Span) -> dict[tuple[str, date], dict[str, int]]:
    rows = (
        Window.objects.filter(due_at__gte=midnight(span.since), due_at__lte=span.now, state__in=PROMISED)
        .annotate(day=TruncDate("due_at", tzinfo=HERE))
        .values("source", "day", "state")
        .annotate(many=Count("pk"))
    )
    found: dict[tuple[str, date], dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[row["source"], row["day"]][row["state"]] = row["many"]
    # What is due but not yet past its grace is not asked for.
    for counts in found.values():
        counts.pop("due", None)
    return found


def _freshness(source: Source, span: Span, landed: list[datetime]) -> tuple[datetime | None, list[Stretch]]:
    """From when on something is promised (None: nothing is), and the stretches in which it was not kept."""
    if source.schedule is not None:
        grace = timedelta(seconds=source.schedule.grace)
        begun = Window.objects.filter(source=source.key).aggregate(first=Min("due_at"))["first"]
        rows = Window.objects.filter(source=source.key, state__in=("late", "missed"))
        late = rows.exclude(met_at__lt=midnight(span.since)).values_list("due_at", "met_at")
        return begun, [(due + grace, met or span.now) for due, met in late]
    promise = declared().dataset(source.dataset).promise_days
    if not promise or not landed:
        return None, []
    ends = [*landed[1:], span.now]
    gaps = ((at + timedelta(days=promise), end) for at, end in zip(landed, ends, strict=True))
    return landed[0], [(start, end) for start, end in gaps if start < end]


def _minutes(day: date, now: datetime, begun: datetime | None, overdue: Iterable[Stretch]) -> tuple[int, int]:
    """Minutes of a day (as far as it has gone) that were promised, and kept."""
    start, end = midnight(day), min(midnight(day + timedelta(days=1)), now)
    if begun is None or end <= max(start, begun):
        return 0, 0
    start = max(start, begun)
    promised = round((end - start) / timedelta(minutes=1))
    missed = sum((b - a for a, b in _merged((max(a, start), min(b, end)) for a, b in overdue)), timedelta())
    return promised, promised - round(missed / timedelta(minutes=1))


def _merged(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches joined where they overlap; empty ones left out."""
    last: Stretch | None = None
    for start, end in sorted(s for s in stretches if s[0] < s[1]):
        if last and start <= last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last
