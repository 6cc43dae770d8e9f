"""Remembers the shape of a source's last arrival and what changed; the only file of `intake.drift` that writes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from haidang.catalog.declared import Dataset
from haidang.intake import clock
from haidang.intake.drift import shape
from haidang.intake.drift.shape import MISSING, Change, Shape
from haidang.intake.models import Drift, LastShape, Run
from haidang.words.errors import IntakeStopped

AGAIN = timedelta(days=7)
"""The same change of a source is written down once in so many days: records may lack a column now and then."""

FEW = 5
"""An arrival of fewer rows says nothing about what is missing: a single record leaves out what is empty."""


def landed(run: Run, dataset: Dataset, now: Shape, *, rows: int) -> list[dict[str, str]]:
    """Compare with the last arrival of the source and remember this one; gives notes for the Run's log."""
    row = LastShape.objects.filter(pk=key(run)).first()
    before = Shape(*(frozenset(getattr(row, name)) for name in ("columns", "unknown", "faulty"))) if row else now
    if rows < FEW:
        now = Shape(before.columns | now.columns, before.unknown | now.unknown, before.faulty)
    if row is None or before != now:
        kept = {name: sorted(getattr(now, name)) for name in ("columns", "unknown", "faulty")}
        LastShape.objects.update_or_create(pk=key(run), defaults={**kept, "at": clock.now()})
    return _write(run, shape.changes(dataset, before, now))


def stopped(run: Run, problem: IntakeStopped) -> None:
    """An arrival that lacks a column which must stand was stopped; that too is drift."""
    if problem.code == "missing-column":
        near = problem.problem.nearest
        _write(run, [Change(MISSING, str(problem.facts.get("column", problem.problem.expected)), near)])


def key(run: Run) -> str:
    """What arrivals are compared by: the source, or the dataset of what came by hand."""
    return run.source or f"by-hand:{run.dataset}"


def _write(run: Run, changes: Iterable[Change]) -> list[dict[str, str]]:
    notes = []
    lately = clock.now() - AGAIN
    for change in changes:
        about = {"source": key(run), "kind": change.kind, "column": change.column[:200]}
        if Drift.objects.filter(**about, at__gte=lately).exists():
            continue
        Drift.objects.create(**about, nearest=change.nearest[:200], dataset=run.dataset, run=run.id, at=clock.now())
        notes.append({"code": f"drift-{change.kind}", "found": change.column, "nearest": change.nearest or "—"})
    return notes
