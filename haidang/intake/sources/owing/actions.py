"""Opens the windows of what is owed, marks them met, late or missed. Doors use `intake.sources.actions`.

Whose turn it is to be told stands in `late_told_at`: one notice per outage, one when it is over. Never: tells anybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from haidang.catalog import calendar
from haidang.catalog.declared import Schedule, Source, declared
from haidang.intake import clock
from haidang.intake.models import LANDED, LANDING, RECEIVED, Run, SourceState, Window
from haidang.intake.sources import orders, reads, timing
from haidang.intake.sources.timing import Stretch

AT_ONCE = 20
"""Missed deliveries asked for in one turn."""

TELL_AFTER = 5
"""Failures in a row after which people are told; what a person must mend is told at once."""

MEND = ("mend", "yes")
"""The fact of a problem that only a person can mend."""

STILL_TO_COME = ("due", "missed", "paused")


def expect(now: datetime) -> tuple[reads.SourceFace, ...]:
    """Open what is owed by now, mark what is missed; gives the sources that are late or failing and whose people were
    not told yet (`told` says they were).
    """
    nouns = {s.key: s for s in declared().sources()}
    states = [row for row in SourceState.objects.filter(connected=True, paused=False) if row.source in nouns]
    for row in states:
        if schedule := nouns[row.source].schedule:
            open_windows(row.source, schedule, now)
            mark_missed(row.source, schedule, now)
    late = set(Window.objects.filter(state="missed").values_list("source", flat=True).distinct())
    troubled = [r.source for r in states if r.late_told_at is None and (r.source in late or _failing(r))]
    return tuple(reads.source(key) for key in troubled)


def told(sources: Iterable[str], now: datetime) -> None:
    """The people of these sources know."""
    SourceState.objects.filter(pk__in=list(sources), late_told_at=None).update(late_told_at=now)


def recovered() -> tuple[reads.SourceFace, ...]:
    """Sources that were told of as late or failing and are well again (`told_back` says that people know)."""
    late = set(Window.objects.filter(state="missed").values_list("source", flat=True).distinct())
    keys = SourceState.objects.filter(failures=0, paused=False).exclude(late_told_at=None)
    known = {s.key for s in declared().sources()}
    well = [key for key in keys.values_list("source", flat=True) if key not in late and key in known]
    return tuple(reads.source(key) for key in well)


def told_back(sources: Iterable[str]) -> None:
    SourceState.objects.filter(pk__in=list(sources)).update(late_told_at=None)


def open_windows(source: str, schedule: Schedule, now: datetime, *, state: str = "due") -> None:
    """One row for every delivery due since the last one that is written down, up to and with the next."""
    last = Window.objects.filter(source=source).order_by("-due_at").values_list("due_at", flat=True).first()
    if last and last > now:
        return
    found = timing.windows(schedule, last or now, now, calendar.working)
    rows = [
        Window(source=source, start=w.start, end=w.end, due_at=w.due, state=state if w.due <= now else "due")
        for w in found
    ]
    Window.objects.bulk_create(rows, ignore_conflicts=True)


def mark_missed(source: str, schedule: Schedule, now: datetime) -> None:
    overdue = now - timing.grace(schedule)
    Window.objects.filter(source=source, state="due", due_at__lt=overdue).update(state="missed")


def to_ask(source: Source, now: datetime, *, first_days: int = 0) -> tuple[Stretch, ...]:
    """The stretches to ask for now: what is owed, oldest first; else what has passed of the one that runs.

    `first_days`: begin with so many days before now (a source that never answered yet).
    """
    before = (Stretch(now - timedelta(days=first_days), now, now),) if first_days else ()
    if source.schedule is None:
        return before or (Stretch(now - timedelta(days=1), now, now),)
    open_windows(source.key, source.schedule, now)
    return before or _owed_stretches(source, now)


def _owed_stretches(source: Source, now: datetime) -> tuple[Stretch, ...]:
    rows = _unasked(source.key).filter(due_at__lte=now).order_by("due_at")[:AT_ONCE]
    found = tuple(Stretch(row.start, row.end, row.due_at) for row in rows)
    running = Window.objects.filter(source=source.key, due_at__gt=now).order_by("due_at").first()
    if found or running is None or running.start >= now:
        return found
    return (Stretch(running.start, now, running.due_at),)


def more_to_ask(source: Source) -> bool:
    """Whether an asked-by-stretches source still owes what was not asked for at all yet."""
    if source.schedule is None or not _asked_by_stretches(source):
        return False
    return _unasked(source.key).filter(due_at__lte=clock.now(), run="").exists()


def owes(source: str) -> bool:
    return Window.objects.filter(source=source, state__in=("due", "missed"), due_at__lte=clock.now()).exists()


def assign(source: str, window: datetime | None, run: str) -> None:
    """This run brings that window's delivery."""
    if window is not None:
        Window.objects.filter(source=source, due_at=window, state__in=STILL_TO_COME).update(run=run)


def answered(source: Source, window: datetime | None, *, stretches: bool) -> None:
    """The other side answered that there is nothing new: what is asked at intervals owes nothing more for that."""
    if source.schedule is None or not (source.schedule.every or stretches):
        return
    now = clock.now()
    if stretches:
        # The stretch that still runs is not over: it is asked again when it is.
        over = Window.objects.filter(source=source.key, end__lte=now, state__in=STILL_TO_COME)
        rows = over.filter(due_at=window) if window else over.none()
    else:
        rows = _brought(source.key, now)
    _close(rows, source.schedule, came=now, run="")


def met(run: str) -> None:
    """A Run has landed: the deliveries it brings are met (or late, when they came after their grace).

    Known runs only; a run by hand meets what is owed by the dataset's upload sources.
    """
    row = Run.objects.filter(pk=run, state=LANDED).first()
    for source in _sources_of(row) if row else ():
        if source.schedule is None or row is None:
            continue
        SourceState.objects.filter(pk=source.key).exclude(arrived_at__gte=row.received_at).update(
            arrived_at=row.received_at
        )
        rows = Window.objects.filter(source=source.key, run=run, end__lte=row.received_at)
        if not Window.objects.filter(source=source.key, run=run).exists():
            rows = _brought(source.key, row.received_at)
        _close(rows.filter(state__in=STILL_TO_COME), source.schedule, came=row.received_at, run=run)


def _brought(source: str, came: datetime) -> QuerySet[Window]:
    """What an arrival brings: everything that was due before it; when nothing was owed, the delivery of the stretch it
    falls in.
    """
    still = Window.objects.filter(source=source, state__in=STILL_TO_COME)
    overdue = still.filter(due_at__lte=came)
    return overdue if overdue.exists() else still.filter(start__lte=came, due_at__gt=came)


def _close(rows: QuerySet[Window], schedule: Schedule, *, came: datetime, run: str) -> None:
    in_time = came - timing.grace(schedule)
    keys = list(rows.values_list("pk", flat=True))
    rows = Window.objects.filter(pk__in=keys)
    rows.filter(due_at__gte=in_time).update(state="met", met_at=came, run=run)
    rows.filter(due_at__lt=in_time).update(state="late", met_at=came, run=run)


def _unasked(source: str) -> QuerySet[Window]:
    """Still to come, and no run that would bring it waits to be landed."""
    waiting = Run.objects.filter(source=source, state__in=(RECEIVED, LANDING)).values("id")
    return Window.objects.filter(source=source, state__in=STILL_TO_COME).exclude(run__in=waiting)


def _sources_of(row: Run) -> tuple[Source, ...]:
    every = declared().sources()
    if row.source:
        return tuple(s for s in every if s.key == row.source)
    connected = SourceState.objects.filter(connected=True).values_list("source", flat=True)
    by_hand = {"file"}
    return tuple(
        s
        for s in every
        if s.dataset == row.dataset and s.connector == "upload" and row.kind in by_hand and s.key in set(connected)
    )


def _asked_by_stretches(source: Source) -> bool:
    state = SourceState.objects.filter(pk=source.key).first() or SourceState(source=source.key)
    return orders.windowed(orders.merged(source, state.values, {}))


def _failing(state: SourceState) -> bool:
    facts = [tuple(pair) for pair in (state.problem or {}).get("facts", ())]
    return bool(state.failures) and (state.failures >= TELL_AFTER or MEND in facts)
