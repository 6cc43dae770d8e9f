"""Rows the centre makes itself: runs the query of a derived dataset and tells what changed against what had landed.

Gives a CSV of new and changed rows and the keys of those that are no more; both then go the way of every arrival.
Never: lands, writes a Django row, runs a query the catalog has not proven.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from haidang.catalog.declared import Dataset, Source, declared
from haidang.catalog.queries import name_of
from haidang.intake import whereabouts
from haidang.intake.cells import ENGINE_TYPE
from haidang.store.landing import Writer, lake_name, named, quoted
from haidang.words.errors import IntakeStopped

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Changes:
    """`csv`: new and changed rows, None when there are none; `gone`: key values (as text) of rows that are no more."""

    csv: Path | None
    gone: tuple[tuple[str, ...], ...]
    digest: str


def sources() -> tuple[tuple[Source, Dataset], ...]:
    """Every derived dataset with the source that answers for it."""
    catalog = declared()
    found = ((source, catalog.dataset(source.dataset)) for source in catalog.sources() if source.connector == "own")
    return tuple((source, dataset) for source, dataset in found if dataset.sql)


def versions(writer: Writer, dataset: Dataset) -> dict[str, int]:
    """At which snapshot each dataset it is made from last landed; those that never did are left out."""
    query = f"SELECT dataset, max(snapshot) FROM {lake_name('runs')} WHERE dataset IN ({_read(dataset)}) GROUP BY 1"
    return {key: int(snapshot) for key, snapshot in writer.sql(query)}


def simulated(writer: Writer, dataset: Dataset) -> bool:
    """Whether anything it is made from is simulated."""
    return bool(writer.one(f"SELECT bool_or(simulated) FROM {lake_name('runs')} WHERE dataset IN ({_read(dataset)})"))


def _read(dataset: Dataset) -> str:
    return ", ".join(quoted(key) for key in dataset.from_datasets)


def changes(writer: Writer, dataset: Dataset, now: datetime, folder: Path) -> Changes:
    """Run the query and compare; raises IntakeStopped('query-failed' | 'missing-column')."""
    _lay_out(writer, dataset)
    _make(writer, dataset, now)
    landed = writer.columns(dataset.table)
    names = [column.name for column in dataset.columns]
    columns = ", ".join(map(named, names))
    there = f"SELECT {columns} FROM {lake_name(dataset.table)}" if landed.keys() >= set(names) else ""
    changed = "SELECT * FROM derived_rows" + (f" EXCEPT {there}" if there else "")
    csv = folder / "derived.csv"
    count = writer.one(f"COPY ({changed} ORDER BY ALL) TO {quoted(str(csv))} (FORMAT csv, HEADER)")
    gone = _gone(writer, dataset) if there else ()
    digest = hashlib.sha256(csv.read_bytes() + repr(gone).encode()).hexdigest()
    return Changes(csv if count else None, gone, digest)


def _lay_out(writer: Writer, dataset: Dataset) -> None:
    """What the query reads, by the names it uses."""
    for key in dataset.from_datasets:
        noun = declared().dataset(key)
        columns = ", ".join([*(named(column.name) for column in noun.columns), "_unit", "_period", "_end"])
        view = named(name_of(key, dataset.pack))
        writer.sql(f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT {columns} FROM {lake_name(noun.table)}")
    for codes in declared().pack(dataset.pack).codes:
        rows = [dict(row) for row in codes.rows]
        values = {column: [row.get(column, "") for row in rows] for column in dict.fromkeys(c for r in rows for c in r)}
        whereabouts.load(writer, f"codes_{codes.name.replace('-', '_')}", values)


def _make(writer: Writer, dataset: Dataset, now: datetime) -> None:
    here = now.astimezone(HERE)
    query = re.sub(r"\$now\b", f"TIMESTAMP '{here:%Y-%m-%d %H:%M:%S}'", dataset.sql)
    query = re.sub(r"\$today\b", f"DATE '{here:%Y-%m-%d}'", query).rstrip().rstrip(";")
    try:
        writer.sql(f"CREATE OR REPLACE TEMP TABLE derived_raw AS {query}")
    except Exception as error:
        raise IntakeStopped("query-failed", found=str(error).splitlines()[0][:200], where=dataset.key) from error
    made = {name for (name,) in writer.sql("SELECT column_name FROM duckdb_columns() WHERE table_name = 'derived_raw'")}
    if lacking := [column.name for column in dataset.columns if column.name not in made]:
        raise IntakeStopped("missing-column", found=", ".join(sorted(made)), expected=", ".join(lacking))
    typed = ", ".join(f"CAST({named(c.name)} AS {ENGINE_TYPE[c.type]}) AS {named(c.name)}" for c in dataset.columns)
    writer.sql(f"CREATE OR REPLACE TEMP TABLE derived_rows AS SELECT {typed} FROM derived_raw")


def _gone(writer: Writer, dataset: Dataset) -> tuple[tuple[str, ...], ...]:
    keys = ", ".join(named(name) for name in dataset.unique)
    texts = ", ".join(f"CAST({named(name)} AS VARCHAR)" for name in dataset.unique)
    query = (
        f"SELECT {texts} FROM (SELECT {keys} FROM {lake_name(dataset.table)} EXCEPT SELECT {keys} FROM derived_rows)"
    )
    return tuple(writer.sql(query))
