"""The way out of a stream: files, messages, rows of truth. First into the database, then out: never lost.

A tick collects; its end writes everything in one transaction with the stream's progress; the deliverer then empties the
outbox through the faults of the moment. What was not yet delivered at a kill is delivered after the restart.
Never: makes data; removes anything from the outbox before it is out.
"""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.database import Database
from sandbox.faults import Fault, Faults

DROP, APPEND, PUBLISH = "drop", "append", "publish"
BATCH = 2000
Send = Callable[[list[tuple[str, bytes]]], Awaitable[int]]
"""Publishes (topic, body) pairs with QoS 1; how many of them, from the first on, the broker has acknowledged."""


class Out:
    """What one stream makes in one tick."""

    def __init__(self, stream: str) -> None:
        self.stream = stream
        self._items: list[tuple[str, str, str, bytes]] = []
        self._rows: list[tuple[str, list[dict[str, Any]]]] = []

    def drop(self, stream: str, filename: str, content: bytes) -> None:
        """A file for drop/<stream>/."""
        self._items.append((stream, DROP, filename, content))

    def append(self, stream: str, filename: str, content: bytes) -> None:
        """Lines at the end of a file of drop/<stream>/ that grows."""
        self._items.append((stream, APPEND, filename, content))

    def publish(self, topic: str, payload: bytes) -> None:
        """A message, QoS 1."""
        self._items.append((self.stream, PUBLISH, topic, payload))

    def store(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Rows of the stream's own truth; a row with `id` replaces the earlier one of that id."""
        self._rows.append((table, [dict(row) for row in rows]))

    def close(self, database: Database, until: datetime) -> None:
        """Keep everything and how far the stream is, together."""
        with database.write() as rows:
            for table, given in self._rows:
                database.store(table, given)
            rows.executemany(
                "insert into outbox (stream, door, name, body, made_simulated) values (?, ?, ?, ?, ?)",
                [(*item, until.timestamp()) for item in self._items],
            )
            advance(database, self.stream, until)


def advance(database: Database, stream: str, until: datetime) -> None:
    with database.write() as rows:
        rows.execute("insert or replace into progress (stream, until) values (?, ?)", (stream, until.timestamp()))


class Deliverer:
    """Empties the outbox: files into `folder`/<stream>/, messages by `send`."""

    def __init__(
        self, database: Database, faults: Faults, folder: Path, own: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        self._database = database
        self._faults = faults
        self._folder = folder
        self.own = dict(own or {})  # stream → kinds of faults it sees to by itself

    async def deliver(self, send: Send) -> int:
        """One round; how many items left."""
        left = 0
        for stream, door in self._database.rows("select distinct stream, door from outbox order by door"):
            if not self._faults.held(stream):
                gone = await self._one(stream, door, send)
                self._forget(gone)
                left += len(gone)
        return left

    async def _one(self, stream: str, door: str, send: Send) -> list[int]:
        rows = self._database.rows(
            "select id, name, body from outbox where stream = ? and door = ? order by id limit ?", (stream, door, BATCH)
        )
        active = self._faults.active(stream)
        if fault := active.get("out-of-order"):
            if len(rows) < 2:
                return []  # a single one waits for a second to change places with
            self._faults.log(fault, f"{len(rows)} {door} backwards")
            rows = rows[::-1]
        altered = [(r["id"], r["name"], self._spoilt(stream, r["name"], r["body"])) for r in rows]
        twice = active.get("duplicate")
        if door == PUBLISH:
            return await self._publish(altered, twice, send)
        await asyncio.to_thread(self._files, stream, [(door, name, body) for _, name, body in altered], twice)
        return [number for number, _, _ in altered]

    def _spoilt(self, stream: str, name: str, body: bytes) -> bytes:
        return self._faults.altered(stream, body, name, own=self.own.get(stream, frozenset()))

    def _files(self, stream: str, items: list[tuple[str, str, bytes]], twice: Fault | None) -> None:
        for item in items:
            self._file(stream, item, twice)

    def _file(self, stream: str, item: tuple[str, str, bytes], twice: Fault | None) -> None:
        door, name, body = item
        write = drop if door == DROP else append
        write(self._folder / stream, name, body)
        if twice:
            self._faults.log(twice, name)
            path = Path(name)
            again = str(path.with_name(f"{path.stem}-gui-lai{path.suffix}")) if door == DROP else name
            write(self._folder / stream, again, body)

    async def _publish(self, items: list[tuple[int, str, bytes]], twice: Fault | None, send: Send) -> list[int]:
        each = 2 if twice else 1
        if twice:
            self._faults.log(twice, f"{len(items)} messages")
        taken = await send([(topic, body) for _, topic, body in items for _ in range(each)])
        return [number for number, _, _ in items[: taken // each]]

    def _forget(self, numbers: Iterable[int]) -> None:
        with self._database.write() as rows:
            rows.executemany("delete from outbox where id = ?", [(n,) for n in numbers])


def drop(folder: Path, name: str, body: bytes) -> None:
    """Whole or not at all: written under a name with a dot, brought to the disk, then renamed."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    hidden = target.with_name(f".{target.name}.writing")
    with hidden.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    hidden.replace(target)


def append(folder: Path, name: str, body: bytes) -> None:
    """At the end of the file, all of it or nothing."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("ab", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        try:
            if file.write(body) != len(body):
                raise OSError(errno.ENOSPC, "half a write", str(target))
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise
