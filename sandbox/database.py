"""The sandbox's own database, `sandbox.sqlite3`: what it has made, sent and been asked to spoil. The independent truth.

WAL mode, one writer at a time, one reading connection a thread. A transaction holds a tick and what it sends together,
so that a killed sandbox neither forgets nor invents.
Never: read by the centre.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = """
create table if not exists meta (key text primary key, value text not null);
create table if not exists progress (stream text primary key, until real not null, error text not null default '');
create table if not exists fault (
  id integer primary key, stream text not null, kind text not null, begun real not null, ends real,
  begun_simulated real not null, ends_simulated real, settings text not null default '{}');
create table if not exists injected (
  id integer primary key, fault integer not null, stream text not null, kind text not null, at_simulated real not null,
  what text not null);
create table if not exists outbox (
  id integer primary key autoincrement, stream text not null, door text not null, name text not null,
  body blob not null, made_simulated real not null);
create table if not exists sent (
  id integer primary key autoincrement, at real not null, topic text not null, body blob not null);
create index if not exists sent_at on sent (at);
"""


class Database:
    """`write()` is a transaction under a lock; `read()` a connection of this thread."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._lock = threading.RLock()
        self._local = threading.local()
        self._inside = False
        self._writer = self._connect()
        self._writer.executescript(SCHEMA)

    def _connect(self) -> sqlite3.Connection:
        made = sqlite3.connect(self.path, timeout=60, isolation_level=None, check_same_thread=False)
        made.row_factory = sqlite3.Row
        for line in ("journal_mode=wal", "synchronous=normal", "cache_size=-65536", "temp_store=memory"):
            made.execute(f"pragma {line}")
        return made

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; a nested one joins the outer."""
        with self._lock:
            if self._inside:
                yield self._writer
                return
            self._writer.execute("begin immediate")
            self._inside = True
            try:
                yield self._writer
                self._writer.execute("commit")
            except BaseException:  # a full disk may end the transaction by itself
                if self._writer.in_transaction:
                    self._writer.execute("rollback")
                raise
            finally:
                self._inside = False

    def read(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._local.connection = self._connect()
        found: sqlite3.Connection = self._local.connection
        return found

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        return self.read().execute(sql, values).fetchall()

    def script(self, sql: str) -> None:
        with self._lock:
            self._writer.executescript(sql)

    def get(self, key: str, default: Any = None) -> Any:
        """A kept value (JSON)."""
        found = self._writer.execute("select value from meta where key = ?", (key,)).fetchone()
        return json.loads(found[0]) if found else default

    def put(self, key: str, value: Any) -> None:
        with self.write() as rows:
            rows.execute("insert or replace into meta values (?, ?)", (key, json.dumps(value)))

    def store(self, table: str, rows: Iterable[dict[str, Any]]) -> None:
        """Rows of a stream's own truth into `s_<table>`, made on first use; a row with `id` replaces that id's."""
        given = list(rows)
        if not given:
            return
        columns = list(given[0])
        names = ", ".join(f'"{c}"' for c in columns)
        keyed = ", ".join(f'"{c}"' + (" primary key" if c == "id" else "") for c in columns)
        with self.write() as out:
            out.execute(f'create table if not exists "s_{table}" ({keyed})')
            marks = ", ".join("?" * len(columns))
            out.executemany(
                f'insert or replace into "s_{table}" ({names}) values ({marks})',
                [[r.get(c) for c in columns] for r in given],
            )

    def close(self) -> None:
        self._writer.close()
