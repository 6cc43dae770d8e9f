"""The reading face of the store: whole snapshots as Ibis tables.

Layout of the lake (schema `main`): one table per dataset named `Dataset.table`, plus the ledger tables
`observations`, `rejects`, `runs` (columns in docs/store.md). Every dataset table has, beside its declared columns,
`_run` text, `_row` bigint (the row's number in its file, as the file counts: 2 under one line of headings),
`_unit` text (unit id, "" when none), `_period` text (canonical period of the dataset's grain), `_end` date (the
period's
last day), `_mark` text ("" or reason code).
Never: writes.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir

from haidang.store import engine, landing, spoken
from haidang.store.engine import LAKE, quoted
from haidang.store.ledger import TABLES, lake_name
from haidang.words.errors import Absent, Unavailable

MOST_KEPT = 500
"""Tables and snapshots a lake remembers."""
SETTLED_NS = 1_000_000_000


def _written(home: Path) -> tuple[int, ...]:
    """When the catalogue's files were last written, and their sizes; () where it cannot be told for certain.

    Not of what was written within the last second: a clock of files is coarse, another write might bear its time.
    """
    if engine.postgres_catalogue():
        return ()
    told: list[int] = []
    for name in _files(home):
        try:
            found = os.stat(name)
        except FileNotFoundError:
            continue
        if time.time_ns() - found.st_mtime_ns < SETTLED_NS:
            return ()
        told += (found.st_ino, found.st_mtime_ns, found.st_size)
    return tuple(told)


@cache
def _files(home: Path) -> tuple[str, ...]:
    catalogue = str(engine.catalogue(home))
    return (catalogue, f"{catalogue}-wal", f"{catalogue}-journal")


class Lake:
    """One home's lake, open for reading. Thread-safe: every thread gets a cursor of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        landing.ensure(home)
        self._connection = engine.connect(home, read_only=True)
        self._threads = threading.local()
        self._lock = threading.Lock()
        self._queries = 0
        self._at: OrderedDict[tuple[str, int], ir.Table] = OrderedDict()
        self._schemas: dict[str, Any] = {}
        self._landed: OrderedDict[int, dict[str, int]] = OrderedDict()
        self.token = object()
        """Stands for this very opening of the store in keys of what is kept."""
        self._texts = spoken.Texts()
        self._newest: tuple[tuple[int, ...], int] = ((), 0)

    def _backend(self) -> Any:
        if not hasattr(self._threads, "backend"):
            self._threads.backend = ibis.duckdb.from_connection(self._connection.cursor())
        return self._threads.backend

    def _count(self) -> None:
        with self._lock:
            self._queries += 1

    def _run(self, query: str, parameters: list[object] | None = None) -> list[tuple[Any, ...]]:
        self._count()
        with landing.steady(self.home):
            rows: list[tuple[Any, ...]] = self._backend().con.execute(query, parameters).fetchall()
        return rows

    def query(self, text: str) -> list[tuple[Any, ...]]:
        """The rows of a statement of SQL (benches and tests); raises Unavailable."""
        try:
            return self._run(text)
        except duckdb.Error as error:
            raise Unavailable("store-unavailable", retry=1, detail=str(error)[:200]) from error

    def snapshot(self) -> int:
        """The newest snapshot's number; asked again once the catalogue's files were written."""
        mark = _written(self.home)
        if mark and mark == self._newest[0]:
            return self._newest[1]
        number = int(self._run(f"SELECT id FROM ducklake_current_snapshot({quoted(LAKE)})")[0][0])
        self._newest = (mark, number)
        return number

    def snapshot_at(self, moment: datetime) -> int | None:
        """The newest snapshot all of whose runs had landed by `moment` (by runs.landed_at, not the clock of the
        commit).

        None when nothing had landed by then. `moment` with a time zone; naive means UTC.
        """
        utc = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
        first, later = self._run(
            f"SELECT min(snapshot), min(snapshot) FILTER (WHERE landed_at > ?) FROM {lake_name('runs')}", [utc]
        )[0]
        if first is None or first == later:
            return None
        return self.snapshot() if later is None else int(later) - 1

    def has(self, table: str) -> bool:
        found = self._run(
            "SELECT count(*) FROM duckdb_tables() WHERE database_name = ? AND schema_name = 'main' AND table_name = ?",
            [LAKE, table],
        )
        return bool(found[0][0])

    def table(self, name: str, *, snapshot: int | None = None) -> ir.Table:
        """A table at a snapshot (None = newest); raises Absent('no-such-table')."""
        if snapshot is not None and (name, snapshot) in self._at:
            return self._at[name, snapshot]
        try:
            return self._open(name, snapshot)
        except (duckdb.CatalogException, duckdb.BinderException, ibis.common.exceptions.TableNotFound) as error:
            raise Absent("no-such-table", found=name) from error

    def _open(self, name: str, snapshot: int | None) -> ir.Table:
        if snapshot is None:
            self._count()
            return self._backend().table(name, database=(LAKE, "main"))
        found = spoken.leaf(name, int(snapshot), self._schema(name, int(snapshot)), self._backend())
        _keep(self._at, (name, snapshot), found)
        return found

    def _schema(self, name: str, snapshot: int) -> Any:
        """The columns at a snapshot; those of the ledger never change."""
        if name in self._schemas:
            return self._schemas[name]
        self._count()
        found = self._backend().sql(f"SELECT * FROM {lake_name(name)} AT (VERSION => {snapshot})").schema()
        if name in TABLES:
            self._schemas[name] = found
        return found

    def rows(self, expression: ir.Expr) -> list[dict[str, Any]]:
        """Run an expression; plain Python rows. Raises Unavailable when the engine cannot answer."""
        found: list[dict[str, Any]] = self._arrow(expression).to_pylist()
        return found

    def columns(self, expression: ir.Expr) -> dict[str, list[Any]]:
        """The same as plain columns, for many rows."""
        found: dict[str, list[Any]] = self._arrow(expression).to_pydict()
        return found

    def _arrow(self, expression: ir.Expr) -> Any:
        self._count()
        backend = self._backend()
        try:
            text = self._texts.of(expression.as_table(), backend.compile)
            with landing.steady(self.home):
                return backend.con.execute(text).to_arrow_table()
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            raise Unavailable("store-unavailable", retry=5, detail=str(error)[:200]) from error

    def versions(self, snapshot: int) -> dict[str, int]:
        """The snapshot at which each dataset last landed, as of a snapshot (asked once of each)."""
        found = self._landed.get(snapshot)
        if found is None:
            text = f"SELECT dataset, max(snapshot) FROM {lake_name('runs')} AT (VERSION => {int(snapshot)}) GROUP BY 1"
            found = {dataset: int(number) for dataset, number in self._run(text)}
            _keep(self._landed, snapshot, found)
        return found

    def close(self) -> None:
        self._connection.close()

    @property
    def queries(self) -> int:
        """How many queries this process has sent (for the bench and tests)."""
        return self._queries


def _keep(kept: OrderedDict[Any, Any], key: object, value: object) -> None:
    """Remember, letting go of what was remembered longest ago."""
    kept[key] = value
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)


@cache
def _lake(home: Path) -> Lake:
    opened = Lake(home)
    _open.append(opened)
    return opened


_open: list[Lake] = []

_opening = threading.Lock()


def forget() -> None:
    """Close the cached lakes of this process (tests, and a home that was restored)."""
    with _opening:
        for opened in _open:
            opened.close()
        _open.clear()
        _lake.cache_clear()


def lake() -> Lake:
    """The lake of this process's HAIDANG_HOME; cached per home."""
    with _opening:
        return _lake(engine.home())
