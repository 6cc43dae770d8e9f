"""Like with like: tables of the same headings from many files become one, still knowing which row came from where.

Never: joins what carries notes of its own, or changes a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

from haidang.intake.formats import Member, RawTable
from haidang.intake.formats.limits import CHUNK


def joined(tables: Iterator[RawTable], scratch: Path) -> Iterator[RawTable]:
    """The same tables; neighbours of equal headings that are files without notes are put together."""
    run: list[RawTable] = []
    sink: BinaryIO | None = None
    for table in tables:
        if run and not _alike(run[0], table):
            yield _whole(run, sink)
            run, sink = [], None
        if run and table.csv:
            sink = sink or _appendable(run[0])
            _append(table, sink)
        run.append(table)
    if run:
        yield _whole(run, sink)


def _alike(one: RawTable, other: RawTable) -> bool:
    plain = one.csv and other.csv and not (one.notes or other.notes)
    return bool(plain) and one.columns == other.columns


def _appendable(table: RawTable) -> BinaryIO:
    assert table.csv is not None
    return table.csv.open("ab")


def _append(table: RawTable, sink: BinaryIO) -> None:
    assert table.csv is not None
    with table.csv.open("rb") as source:
        copyfileobj(source, sink, CHUNK)
    table.csv.unlink()


def _whole(run: list[RawTable], sink: BinaryIO | None) -> RawTable:
    first = run[0]
    if sink is None:
        return first
    sink.close()
    members: list[Member] = []
    faults = []
    start = 0
    for table in run:
        own = table.members or (Member(table.where, 0, table.rows, table.first_row),)
        members += [m._replace(start=m.start + start) for m in own if m.rows]
        faults += [f._replace(at=f.at + start) for f in table.faults]
        start += table.rows
    return replace(
        first,
        where=first.where.partition(" › ")[0],
        rows=start,
        members=tuple(members),
        faults=tuple(faults),
        remarks=tuple(r for t in run for r in t.remarks),
    )
