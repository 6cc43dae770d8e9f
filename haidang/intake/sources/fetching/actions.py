"""Claims a source that is due, fetches it, writes down how it went. Doors use `intake.sources.actions`.

A parcel's Run and the new cursor are one transaction, made only by whoever still holds the lease: a killed fetch loses
and doubles nothing. Never: lands, decides who may, tells anybody.
"""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q

from haidang.catalog import calendar
from haidang.catalog.declared import Source, declared
from haidang.intake import actions as arrivals
from haidang.intake import clock, kept
from haidang.intake.connectors import Order, Parcel, kind
from haidang.intake.models import LANDING, RECEIVED, Attempt, Run, SourceState
from haidang.intake.sources import orders, seal, timing
from haidang.intake.sources.fetching.lease import BACKLOG, COLLECTOR, LEASE, free, length
from haidang.intake.sources.owing import actions as owing
from haidang.store.landing import home
from haidang.words.errors import HaiDangError, IntakeStopped, NotNow, Problem, Unavailable
from haidang.words.nouns import Actor

COLLECTING = Actor(COLLECTOR, "robot", "Bộ thu thập")
FOLD = timedelta(minutes=1)
log = logging.getLogger("haidang.sources")


@dataclass(frozen=True)
class Fetched:
    """One run of a source. outcome: arrived | nothing | failed; `runs`: Runs opened; `code`, `facts`: why it failed."""

    outcome: str
    parcels: int = 0
    runs: tuple[str, ...] = ()
    code: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    size: int = 0


@dataclass
class Trip:
    """What one fetch has brought so far."""

    source: Source
    name: str
    kind: str = "pull"
    runs: list[str] = field(default_factory=list)
    size: int = 0
    cut: bool = False  # ended early: the worker has enough to land


def claim(now: datetime, name: str) -> str:
    """A source that is due, leased to `name`; "" when none is. Wanted ones first, then the longest due."""
    full = Run.objects.filter(state__in=(RECEIVED, LANDING)).values("source").annotate(n=Count("id"))
    waiting = [row["source"] for row in full.filter(n__gte=BACKLOG).order_by() if row["source"]]
    due = Q(next_at__lte=now) | Q(wanted_at__isnull=False)
    rows = SourceState.objects.filter(due, free(now), connected=True, paused=False).exclude(pk__in=waiting)
    for key in rows.order_by(F("wanted_at").asc(nulls_last=True), "next_at").values_list("source", flat=True):
        if key in _pulled() and lease(key, name, now):
            return str(key)
    return ""


def _pulled() -> set[str]:
    return {s.key for s in declared().sources() if orders.mode(s.connector) == orders.PULL}


def lease(source: str, name: str, now: datetime) -> bool:
    """Take it, or go on with one's own."""
    mine = SourceState.objects.filter(free(now) | Q(busy_by=name), pk=source)
    return bool(mine.update(busy_until=now + length(name), busy_by=name))


def renew(sources: Iterable[str], name: str) -> None:
    """Still at work on these."""
    SourceState.objects.filter(pk__in=list(sources), busy_by=name).update(busy_until=clock.now() + LEASE)


def release(source: str, name: str) -> None:
    SourceState.objects.filter(pk=source, busy_by=name).update(busy_until=None, busy_by="")


def release_dead(machine: str) -> None:
    """Leases of collectors of this machine and home that are no more; only the one collector that is alive calls it."""
    SourceState.objects.filter(busy_by__startswith=machine).update(busy_until=None, busy_by="")


def fetch(source: str, *, name: str) -> Fetched:
    """Ask a source for what is new and keep what comes; what goes wrong is written down and given back, not raised.

    Raises Absent('unknown-source'), NotNow('source-busy' | 'not-a-pull').
    """
    noun = declared().source(source)
    if orders.mode(noun.connector) != orders.PULL:
        raise NotNow("not-a-pull", found=source)
    SourceState.objects.get_or_create(pk=source)
    if not lease(source, name, clock.now()):
        raise NotNow("source-busy-now", found=source)
    began, trip, error = time.monotonic(), Trip(noun, name), None
    try:
        with scratch() as folder:
            _ask(trip, folder)
    except Exception as broken:  # what one connector does must not end the collector: it is written down and logged
        error = as_problem(broken, source)
    return _end(trip, error, time.monotonic() - began)


def as_problem(broken: Exception, source: str) -> HaiDangError:
    """What went wrong as one of the family; a fault of the program is logged whole."""
    if isinstance(broken, HaiDangError):
        return broken
    log.exception("%s: the connector broke", source, exc_info=broken)
    return Unavailable("connector-broken", found=type(broken).__name__, retry=60)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for what comes, gone afterwards."""
    place = home() / "scratch"
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place, prefix="fetch-") as folder:
        yield Path(folder)


def _ask(trip: Trip, folder: Path) -> None:
    """Everything new; of a source that is asked by stretches: those it owes, oldest first."""
    state = SourceState.objects.get(pk=trip.source.key)
    whole = orders.order(trip.source, state, folder)
    if not orders.windowed(whole.values):
        _bring(trip, whole)
        return
    never = state.reached_at is None and not state.cursor
    first_days = whole.number("first_days", 1) if never else 0
    for stretch in owing.to_ask(trip.source, clock.now(), first_days=first_days):
        state.refresh_from_db(fields=["cursor"])
        order = orders.order(trip.source, state, folder, start=stretch.start, end=stretch.end)
        _bring(trip, order, window=stretch.due)


def _bring(trip: Trip, order: Order, window: datetime | None = None) -> None:
    before, empty = len(trip.runs), None
    for parcel in kind(trip.source.connector).fetch(order):
        try:
            take(trip, parcel, window=window)
        except IntakeStopped as stopped:
            empty = stopped  # an empty file holds up no other
        if window is None and _enough(trip):
            # The cursor of the last parcel says where to go on: nothing is lost by leaving off here.
            trip.cut = True
            break
    if empty:
        raise empty
    if len(trip.runs) == before and not orders.left_there(trip.source.connector):
        # It answered that there is nothing: for what is asked at intervals that is an answer, not a delay.
        owing.answered(trip.source, window, stretches=order.start is not None)


def _enough(trip: Trip) -> bool:
    """Whether the worker is so far behind that the collector should leave off for now."""
    if not trip.runs or len(trip.runs) % BACKLOG or not trip.name.startswith(COLLECTOR):
        return False
    return Run.objects.filter(source=trip.source.key, state__in=(RECEIVED, LANDING)).count() >= BACKLOG


def take(trip: Trip, parcel: Parcel, *, window: datetime | None = None) -> str:
    """Keep a parcel, open its Run with the new cursor, then tell the other side; gives the run's id.

    Raises NotNow('lease-lost') when somebody else has taken over meanwhile: nothing is opened then.
    """
    source = trip.source
    safe = kept.keep_file(home(), parcel.path, parcel.name)
    now = clock.now()
    with transaction.atomic():
        mine = SourceState.objects.filter(pk=source.key, busy_by=trip.name)
        news: dict[str, Any] = {"arrived_at": now, "busy_until": now + length(trip.name)}
        if parcel.cursor:
            news["cursor"] = dict(parcel.cursor)
        if not mine.update(**news):
            raise NotNow("lease-lost", found=source.key)
        simulated = mine.values_list("simulated", flat=True)[0]
        origin = arrivals.Origin(trip.kind, source.key, simulated)
        run = arrivals.open_run(COLLECTING, source.dataset, parcel.name, safe, origin=origin).id
        owing.assign(source.key, window, run)
    trip.runs.append(str(run))
    trip.size += safe.size
    parcel.path.unlink(missing_ok=True)  # not before: a listener holds what could not be kept, and tries again
    if parcel.done:
        parcel.done()
    return run


def _end(trip: Trip, error: HaiDangError | None, seconds: float) -> Fetched:
    """Write the attempt down, say when to ask again, give the lease back."""
    outcome = "failed" if error else "arrived" if trip.runs else "nothing"
    facts = _told(trip.source.key, error) if error else {}
    done = Fetched(outcome, len(trip.runs), tuple(trip.runs), error.code if error else "", facts, trip.size)
    now = clock.now()
    note(trip.source.key, done, seconds)
    mine = SourceState.objects.filter(pk=trip.source.key, busy_by=trip.name)
    state = mine.first()
    if state is not None:
        news = _failed(trip.source, state, error, now) if error else _went_well(trip, now)
        mine.update(tried_at=now, wanted_at=None, busy_until=None, busy_by="", **news)
    return done


def delivered(trip: Trip, seconds: float) -> None:
    """A listener's parcel is safe: the source lives. One attempt a minute stands for batches that come every second."""
    now = clock.now()
    SourceState.objects.filter(pk=trip.source.key).update(
        reached_at=now, tried_at=now, failures=0, problem={}, wanted_at=None
    )
    last = Attempt.objects.filter(source=trip.source.key, outcome="arrived", at__gt=now - FOLD).order_by("-at").first()
    if last is None:
        note(trip.source.key, Fetched("arrived", 1, size=trip.size), seconds)
        return
    Attempt.objects.filter(pk=last.pk).update(
        parcels=F("parcels") + 1, size=F("size") + trip.size, seconds=F("seconds") + round(seconds, 3)
    )


def ended(source: Source, name: str, error: HaiDangError) -> None:
    """A listener ended with a fault: written down like a fetch that failed."""
    _end(Trip(source, name, kind="stream"), error, 0.0)


def _told(source: str, error: HaiDangError) -> dict[str, str]:
    """An error's facts, in which no secret of the source may stand."""
    sealed = SourceState.objects.filter(pk=source).values_list("sealed", flat=True).first() or ""
    try:
        hidden = [value for value in seal.unseal(sealed).values() if value]
    except IntakeStopped:
        hidden = []
    facts = {name: str(value) for name, value in error.facts.items()}
    for secret in hidden:
        facts = {name: value.replace(secret, "…") for name, value in facts.items()}
    return {name: value[:300] for name, value in facts.items()}


def note(source: str, done: Fetched, seconds: float) -> None:
    """One row of the source's log."""
    told = {"outcome": done.outcome, "parcels": done.parcels, "size": done.size, "code": done.code, "facts": done.facts}
    Attempt.objects.create(source=source, at=clock.now(), seconds=round(seconds, 3), **told)


def _went_well(trip: Trip, now: datetime) -> dict[str, Any]:
    source = trip.source
    often = orders.left_there(source.connector) or owing.owes(source.key)
    asked = timing.next_ask(source.schedule, now, calendar.working, often=often)
    soon = now if trip.cut or owing.more_to_ask(source) else asked
    well: dict[str, Any] = {"failures": 0, "problem": {}, "next_at": soon}
    return well if trip.cut else {**well, "reached_at": now}


def _failed(source: Source, state: SourceState, error: HaiDangError, now: datetime) -> dict[str, Any]:
    """Asked again later and later; what a person must mend, once an hour."""
    failures = state.failures + 1
    retry = float(str(error.facts.get("retry") or 0)) if isinstance(error, Unavailable) else 0.0
    wait = timing.pause_after(failures, source.schedule, retry)
    if isinstance(error, IntakeStopped):
        wait = timing.pause_after(99, None, timing.LAST)
    return {"failures": failures, "problem": problem(error), "next_at": now + wait}


def problem(error: HaiDangError) -> dict[str, Any]:
    """The fields of words.errors.Problem, for the record; the fact `mend` says that a person must do something."""
    if isinstance(error, IntakeStopped):
        told = error.problem
        return asdict(replace(told, facts=(*told.facts, owing.MEND)))
    facts = {name: str(value) for name, value in error.facts.items()}
    own = {name: facts.pop(name, "") for name in ("where", "found", "expected", "nearest")}
    return asdict(Problem(error.code, **own, facts=tuple(facts.items())))
