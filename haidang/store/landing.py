"""The writing face: one writer at a time (a file lock in the home; others wait), one transaction per run.

A Writer stages and checks in temporary tables of its own, without holding anybody up; `transaction` then takes the
lock and
everything written to the lake inside it is committed as one snapshot or not at all.
Never: judges a row, knows a pack, decides who may.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import duckdb
import ibis
import ibis.expr.types as ir

from haidang.store import engine, ledger
from haidang.store.engine import LAKE, home, named, quoted
from haidang.store.ledger import SYSTEM_COLUMNS, lake_name
from haidang.words.errors import NotNow, Unavailable

__all__ = ["LAKE", "SYSTEM_COLUMNS", "Writer", "ensure", "home", "lake_name", "lock", "named", "quoted"]

WAIT_SECONDS = 60.0
"""How long a writer waits for another before it says NotNow."""
_STEP_SECONDS = 0.02


@contextmanager
def lock(place: Path, *, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the home's writer lock; raises NotNow('store-busy') when another writer keeps it longer than `wait`
    seconds.
    """
    engine.folder(place).mkdir(parents=True, exist_ok=True)
    with (engine.folder(place) / "writer.lock").open("a") as file:
        _take(file, wait)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


@contextmanager
def steady(place: Path) -> Iterator[None]:
    """While a query runs no files are joined: the catalogue tells which files there are and what is in them in separate
    looks, and a reader between the two would find neither the old files nor the new.
    """
    with (engine.folder(place) / "joining.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def joining(place: Path, *, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Alone with the files, for the moment of joining some; raises NotNow('store-busy') when readers never pause."""
    with (engine.folder(place) / "joining.lock").open("a") as file:
        _take(file, wait)
        yield


def _take(file: IO[str], wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise NotNow("store-busy", waited=wait) from None
            time.sleep(_STEP_SECONDS)


def ready(place: Path) -> Path:
    """The mark that a home's lake has its ledger; a column more in a later version makes an older home unready."""
    return engine.folder(place) / f"ready-{sum(len(columns) for columns in ledger.TABLES.values())}"


def ensure(place: Path) -> None:
    """Make the home's lake with its ledger tables when it is not there yet."""
    marker = ready(place)
    if marker.exists():
        return
    with lock(place):
        if marker.exists():
            return
        engine.prepare_catalogue(place)
        with engine.writing(place) as connection:
            for table, columns in ledger.TABLES.items():
                connection.execute(ledger.create(table, columns))
                _widen(connection, table, columns)
        marker.touch()


def _widen(connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str]) -> None:
    """Give a ledger table of an older version the columns it lacks."""
    there = {row[0] for row in connection.execute(f"DESCRIBE {lake_name(table)}").fetchall()}
    for name, kind in columns.items():
        if name not in there:
            connection.execute(ledger.widen(table, name, kind))


class Writer:
    """A connection that may write the lake of `place`. Use as a context; not shared between threads."""

    def __init__(self, place: Path | None = None) -> None:
        self.home = place or engine.home()
        ensure(self.home)
        self._connection = engine.writing(self.home)
        self._backend: Any = None
        self._columns: dict[str, dict[str, str]] | None = None
        self._temporary = 0

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self, *, wait: float = WAIT_SECONDS) -> Iterator[int]:
        """Take the lock and open the one transaction; gives the number its snapshot will have. Any error undoes all."""
        with lock(self.home, wait=wait):
            self._connection.execute("BEGIN")
            self._columns = {}  # nobody else changes a table while the lock is held
            try:
                yield self.one(f"SELECT id + 1 FROM ducklake_current_snapshot({quoted(LAKE)})")
                self._commit()
            except BaseException:
                self._undo()
                raise
            finally:
                self._columns = None

    def _commit(self) -> None:
        try:
            self._connection.execute("COMMIT")
        except duckdb.Error as error:
            raise Unavailable("store-not-committed", retry=5, detail=str(error)[:200]) from error

    def _undo(self) -> None:
        try:
            self._connection.execute("ROLLBACK")
        except duckdb.TransactionException:
            # A commit that failed has already undone itself; there is nothing left to roll back.
            return

    def sql(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; its rows (for a write: the count the engine gives)."""
        result = self._connection.execute(query, list(parameters) if parameters else None)
        return result.fetchall()

    def one(self, query: str, parameters: Sequence[object] = ()) -> Any:
        """The single value of a query, None when it gives no row."""
        rows = self.sql(query, parameters)
        return rows[0][0] if rows else None

    def columns(self, table: str) -> dict[str, str]:
        """Name → engine type of a lake table's columns; empty when there is no such table."""
        if self._columns is not None and table in self._columns:
            return self._columns[table]
        found = self.sql(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = ? AND schema_name = 'main' "
            "AND table_name = ? ORDER BY column_index",
            [LAKE, table],
        )
        if self._columns is not None and found:
            self._columns[table] = dict(found)
        return dict(found)

    def ensure_table(self, table: str, columns: Mapping[str, str]) -> tuple[str, ...]:
        """Make the table, or add the columns it lacks (schema drift); gives the names added to an existing one."""
        existing = self.columns(table)
        if not existing:
            self.sql(ledger.create(table, columns))
            return ()
        added = tuple(name for name in columns if name not in existing)
        for name in added:
            self.sql(ledger.widen(table, name, columns[name]))
        if added and self._columns is not None:
            del self._columns[table]
        return added

    @property
    def backend(self) -> Any:
        """The Ibis backend of this connection: sees the temporary tables and what the open transaction has written."""
        if self._backend is None:
            self._backend = ibis.duckdb.from_connection(self._connection)
        return self._backend

    def table(self, name: str) -> ir.Table:
        """A lake table as the open transaction sees it."""
        return self.backend.table(name, database=(LAKE, "main"))

    def temporary(self, name: str) -> ir.Table:
        return self.backend.table(name, database=("temp", "main"))

    def stage_csv(self, into: str, path: Path, count: int) -> None:
        """A header-less UTF-8 RFC 4180 file as the temporary view `into` of text columns c0, c1, …; empty cells are
        NULL.
        """
        columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(count))
        self.sql(
            f"CREATE OR REPLACE TEMP VIEW {named(into)} AS SELECT * FROM read_csv({quoted(str(path))}, header=false, "
            f"auto_detect=false, delim=',', quote='\"', escape='\"', nullstr='', columns={{{columns}}})"
        )

    def stage_arrow(self, into: str, table: Any) -> None:
        """An Arrow table of strings as the temporary view `into` with columns c0, c1, …"""
        renamed = table.rename_columns([f"c{number}" for number in range(table.num_columns)])
        self._connection.register(into, renamed)

    def unstage(self, name: str) -> None:
        """Forget a staged view (Arrow ones keep their memory until then)."""
        self._connection.unregister(name)
        self.sql(f"DROP VIEW IF EXISTS {named(name)}")

    def compiled(self, rows: ir.Table) -> str:
        """The query of an Ibis expression of this backend; it holds for any Writer whose tables are the same."""
        return str(self.backend.compile(rows))

    def insert(self, table: str, rows: ir.Table | str, **constants: str) -> int:
        """Insert an Ibis expression of this backend, or a compiled one, into a lake table by column name, with constant
        columns; how many rows.
        """
        self._temporary += 1
        name = f"made_{self._temporary}"
        query = rows if isinstance(rows, str) else self.compiled(rows)
        # Through a temporary table: the expression may itself read the table it is inserted into.
        self.sql(f"CREATE TEMP TABLE {named(name)} AS {query}")
        extra = "".join(f", {quoted(value)} AS {named(column)}" for column, value in constants.items())
        count = self.one(f"INSERT INTO {lake_name(table)} BY NAME SELECT *{extra} FROM temp.main.{named(name)}")
        self.sql(f"DROP TABLE temp.main.{named(name)}")
        return int(count or 0)
