"""What changed in the shape of a source's arrivals. Plain values; doors ask the gate first. Never: writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from haidang.intake.models import Drift


@dataclass(frozen=True)
class DriftFace:
    """One change. kind: new-column | missing-column | renamed-column | type-changed (text `drift-<kind>`, with `found`
    and `nearest`). `column`: the heading or the declared column; `nearest`: the closest known name, "" when none.
    """

    source: str
    dataset: str
    run: str
    at: datetime
    kind: str
    column: str
    nearest: str


def drift(source: str, *, limit: int = 50) -> tuple[DriftFace, ...]:
    """Of a source (of what comes by hand: `by-hand:<dataset>`), newest first."""
    return _faces(source=source)[:limit]


def of_run(run: str) -> tuple[DriftFace, ...]:
    """What an arrival brought otherwise than the one before it."""
    return _faces(run=run)


def _faces(**about: str) -> tuple[DriftFace, ...]:
    names = ("source", "dataset", "run", "at", "kind", "column", "nearest")
    rows = Drift.objects.filter(**about).order_by("-at", "-pk")[:200]
    return tuple(DriftFace(**{name: getattr(row, name) for name in names}) for row in rows)
