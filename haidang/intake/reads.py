"""What the pages and the worker ask of intake. Plain values; doors ask the gate first. Never: writes.

Rows set aside carry their raw cells: only for those who may `mend` (gate.ledger('rejects') cuts by place).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils.timezone import get_default_timezone

from haidang.catalog.declared import declared
from haidang.intake import clock, waiting
from haidang.intake.models import LANDED, LANDING, RECEIVED, Run
from haidang.store import upkeep
from haidang.store.tables import lake
from haidang.words.errors import Absent
from haidang.words.nouns import Label


@dataclass(frozen=True)
class RunFace:
    """A Run as a page shows it. `reasons`: code → rows; `problem`: fields of words.errors.Problem, {} when none."""

    run: str
    kind: str
    dataset: str
    file: str
    size: int
    state: str
    actor: str
    read: int
    landed: int
    set_aside: int
    unchanged: int
    superseded: int
    reasons: dict[str, int]
    log: tuple[dict[str, str], ...]
    step: str
    done: int
    of: int
    problem: dict[str, Any]
    snapshot: int
    received_at: datetime
    finished_at: datetime | None
    source: str = ""  # the declared source it came from, "" when by hand
    simulated: bool = False
    started_at: datetime | None = None
    raw: bool = True  # the bytes as they came are still kept


@dataclass(frozen=True)
class Wanted:
    """Which runs: "" and None stand for all. `datasets`: of these alone; `day`: received on it; `before`: older ones.

    `source` and `state` by name.
    """

    datasets: frozenset[str] | None = None
    source: str = ""
    state: str = ""
    day: date | None = None
    before: str = ""


@dataclass(frozen=True)
class Volume:
    """What came on one day of Việt Nam time."""

    day: date
    runs: int
    read: int
    landed: int
    set_aside: int
    size: int


@dataclass(frozen=True)
class SourceFace:
    """A declared source and how fresh it is: `age_days` since the last landing (None: never), `late` by its promise."""

    source: str
    dataset: str
    title: Label
    owner: Label
    promise_days: int
    last_run: str
    last_at: datetime | None
    age_days: int | None
    late: bool


def run(run_id: str) -> RunFace:
    """Raises Absent('unknown-run')."""
    found = Run.objects.filter(pk=run_id).first()
    if found is None:
        raise Absent("unknown-run", found=run_id)
    return _face(found)


def landed(run_id: str) -> bool:
    """Whether a Run has landed."""
    return Run.objects.filter(pk=run_id, state=LANDED).exists()


def runs(
    *, dataset: str = "", packs: frozenset[str] | None = None, state: str = "", limit: int = 100
) -> tuple[RunFace, ...]:
    """Newest first; `packs`: only of these packs (None: every one)."""
    rows = Run.objects.all()
    if dataset:
        rows = rows.filter(dataset=dataset)
    if state:
        rows = rows.filter(state=state)
    if packs is not None:
        # The datasets that have Runs, not those declared: what is no more declared is still seen.
        there = Run.objects.order_by().values_list("dataset", flat=True).distinct()
        rows = rows.filter(dataset__in=[key for key in there if key.split(".")[0] in packs])
    return tuple(_face(row) for row in rows.order_by("-id")[:limit])


def page(wanted: Wanted, limit: int = 50) -> tuple[tuple[RunFace, ...], bool]:
    """One page of runs, newest first, and whether there are older ones. Cheap however many runs there are."""
    rows = _wanted(wanted).order_by("-id")
    if wanted.before:
        rows = rows.filter(id__lt=wanted.before)
    found = [_face(row) for row in rows[: limit + 1]]
    return tuple(found[:limit]), len(found) > limit


def _wanted(wanted: Wanted) -> QuerySet[Run]:
    rows = Run.objects.all()
    for name in ("source", "state"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.datasets is not None:
        rows = rows.filter(dataset__in=wanted.datasets)
    if wanted.day:
        start = datetime.combine(wanted.day, time(), get_default_timezone())
        rows = rows.filter(received_at__gte=start, received_at__lt=start + timedelta(days=1))
    return rows


def volumes(wanted: Wanted, since: datetime) -> tuple[Volume, ...]:
    """What came by day, oldest first; days on which nothing came are left out."""
    rows = _wanted(wanted).filter(received_at__gte=since).annotate(day=TruncDate("received_at"))
    sums = {name: Sum(name) for name in ("read", "landed", "set_aside", "size")}
    names = ("day", "runs", *sums)
    found = rows.values("day").annotate(runs=Count("id"), **sums).order_by("day").values_list(*names)
    return tuple(Volume(**dict(zip(names, row, strict=True))) for row in found)


def waiting_since() -> datetime | None:
    """When the Run that waits longest for the worker was received, None when none waits."""
    return waiting.oldest()


def unfinished() -> tuple[str, ...]:
    """Runs the worker should land, oldest first: received, or left in the middle by a kill."""
    return tuple(Run.objects.filter(state__in=(RECEIVED, LANDING)).order_by("id").values_list("id", flat=True))


def rejects(
    run_id: str, *, code: str = "", state: str = "open", limit: int = 100, offset: int = 0
) -> tuple[tuple[dict[str, Any], ...], int]:
    """Rows set aside by a run, in the order of the file, and how many there are in all; `state` "" for every one."""
    table = lake().table("rejects")
    table = table.filter(table["run"] == run_id)
    if code:
        table = table.filter(table["code"] == code)
    if state:
        table = table.filter(table["state"] == state)
    total = lake().rows(table.count().name("total").as_table())[0]["total"]
    page = table.order_by(["file", "sheet", "row"]).limit(limit, offset=offset)
    return tuple(lake().rows(page)), int(total)


def reject(reject_id: str) -> dict[str, Any]:
    """One row set aside; raises Absent('unknown-reject')."""
    table = lake().table("rejects")
    rows = lake().rows(table.filter(table["id"] == reject_id))
    if not rows:
        raise Absent("unknown-reject", found=reject_id)
    return rows[0]


def sources() -> tuple[SourceFace, ...]:
    """Every declared source with its freshness."""
    last = {dataset: _last(dataset) for dataset in {source.dataset for source in declared().sources()}}
    faces = []
    for pack in declared().packs:
        for source in pack.sources:
            promise = declared().dataset(source.dataset).promise_days
            name, at = last.get(source.dataset, ("", None))
            age = (clock.now() - at).days if at else None
            late = bool(promise) and (age is None or age > promise)
            faces.append(
                SourceFace(source.key, source.dataset, source.title, source.owner, promise, name, at, age, late)
            )
    return tuple(faces)


def _last(dataset: str) -> tuple[str, datetime | None]:
    """The newest landed Run of a dataset and when; one look into an index, however many there are."""
    newest = Run.objects.filter(dataset=dataset, state=LANDED).order_by("-id").values_list("id", "finished_at")
    return newest.first() or ("", None)


def doctor() -> dict[str, Any]:
    """How the store stands (see store.upkeep.Facts), and how many runs wait or stopped."""
    return {
        **upkeep.facts().plain(),
        "unfinished": len(unfinished()),
        "stopped": Run.objects.filter(state="stopped").count(),
    }


def _face(row: Run) -> RunFace:
    later: dict[str, Any] = {
        "source": row.source,
        "simulated": row.simulated,
        "started_at": row.started_at,
        "raw": bool(row.path),
    }
    same = ("kind", "dataset", "file", "size", "state", "actor", "read", "landed", "set_aside", "unchanged")
    more = ("superseded", "reasons", "step", "done", "of", "problem", "snapshot", "received_at", "finished_at")
    return RunFace(run=row.id, log=tuple(row.log), **later, **{name: getattr(row, name) for name in (*same, *more)})
