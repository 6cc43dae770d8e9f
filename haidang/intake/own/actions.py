"""Opens the Runs of the centre's own ledger. The collector calls `refresh` every few minutes and after midnight.

Never: lands (the worker does), brings a row that has not changed.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from haidang.catalog.declared import Dataset, Source, declared
from haidang.intake import actions
from haidang.intake.actions import Origin
from haidang.intake.cells import ENGINE_TYPE
from haidang.intake.models import LANDED, STOPPED, Run
from haidang.intake.own import kinds
from haidang.intake.own.kinds import HERE, Row, Span
from haidang.store.landing import Writer, home, lake_name, named, quoted
from haidang.words.nouns import Actor

DAYS = 35
"""How many days back the ledger is told anew: a delivery may come that late."""

BY_DAY = {"places": 1, "cases": 1}
"""Kinds with a row for every fact: so many days back, and DAYS only the first time on a day."""

MACHINE = Actor("operator", "operator")


def refresh(now: datetime, *, only: str = "") -> tuple[str, ...]:
    """Make the rows of every own source (`only`: of one kind) anew and open Runs for those that changed; the run ids.

    A source whose last Run still waits to be landed is left for the next time.
    """
    opened: list[str] = []
    for source in declared().sources():
        kind = dict(source.connect).get("kind", "")
        if source.connector != "own" or not kind or only not in ("", kind) or _waits(source.key):
            continue
        opened += _changed(source, declared().dataset(source.dataset), kinds.rows(kind, _span(source, now)))
    return tuple(opened)


def _waits(source: str) -> bool:
    return Run.objects.filter(source=source).exclude(state__in=(LANDED, STOPPED)).exists()


def _span(source: Source, now: datetime) -> Span:
    """The last days; the first time, every day since the first arrival."""
    today = now.astimezone(HERE).date()
    told = Run.objects.filter(source=source.key, state=LANDED)
    short = BY_DAY.get(dict(source.connect)["kind"], DAYS)
    since = today - timedelta(days=short if told.filter(received_at__gte=kinds.midnight(today)).exists() else DAYS)
    if not told.exists():
        first = Run.objects.filter(state=LANDED).order_by("id").first()
        since = min(first.received_at.astimezone(HERE).date(), today) if first else today
    return Span(since, today, now, source.pack, whole=not told.exists())


def _changed(source: Source, dataset: Dataset, rows: Iterable[Row]) -> list[str]:
    """One Run for what tells of real data, one for what tells of simulated data."""
    opened: list[str] = []
    scratch = home() / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="own-") as folder:
        for simulated in (False, True):
            file = Path(folder) / f"{source.key.replace('.', '-')}{'-mo-phong' if simulated else ''}.csv"
            if _write(dataset, [row for row in rows if row.simulated is simulated], file):
                origin = Origin("derived", source.key, simulated)
                opened.append(actions.receive(MACHINE, dataset.key, file, name=file.name, origin=origin))
    return opened


def _write(dataset: Dataset, rows: list[Row], file: Path) -> int:
    """The rows that differ from what has landed, as CSV; how many."""
    names = [column.name for column in dataset.columns]
    whole = file.with_suffix(".whole")
    with whole.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([_text(row.cells.get(name)) for name in names] for row in rows)
    typed = ", ".join(f"CAST(c{n} AS {ENGINE_TYPE[c.type]}) AS {named(c.name)}" for n, c in enumerate(dataset.columns))
    with Writer() as writer:
        writer.stage_csv("own_rows", whole, len(names))
        there = writer.columns(dataset.table).keys() >= set(names)
        landed = f" EXCEPT SELECT {', '.join(map(named, names))} FROM {lake_name(dataset.table)}" if there else ""
        changed = f"SELECT {typed} FROM own_rows{landed}"
        return int(writer.one(f"COPY ({changed} ORDER BY ALL) TO {quoted(str(file))} (FORMAT csv, HEADER)") or 0)


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)
