"""Rows as a reader finds them, one flat dict of texts each, gathered into a RawTable in batches of Arrow.

Never: reads a file, knows a kind, changes a text beyond NFC and zero bytes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from haidang.intake.formats import Arrival, Fault, Member, RawTable
from haidang.intake.formats.headings import named
from haidang.intake.formats.limits import MAX_CELL, MAX_COLUMNS, MAX_FAULTS
from haidang.intake.formats.refuse import shown, stop
from haidang.words.errors import Problem

BATCH = 50_000
SHOWN = 300  # characters kept of a line that could not be read

Flat = Mapping[str, str]


class Gathered:
    """`columns` stand first and always; further keys become columns in the order they are met.

    `add` raises IntakeStopped for a cell or a width beyond the limits; `table` when there is nothing at all.
    """

    def __init__(self, file: Arrival, columns: Iterable[str] = (), *, first_row: int = 1) -> None:
        self.file, self.count = file, 0
        self.faults: list[Fault] = []
        self._keys: dict[str, None] = dict.fromkeys(columns)
        self._batch: list[Flat] = []
        self._done: list[pa.Table] = []
        self._numbers: list[Member] = []
        self._next = first_row

    def add(self, row: Flat, number: int | None = None) -> None:
        """One row; `number`: the file's own (line, record), one more than the last when not said."""
        number = self._next if number is None else number
        clean = {key: _clean(text, self.file.name, number) for key, text in row.items() if text}
        self._keys |= dict.fromkeys(row)
        if len(self._keys) > MAX_COLUMNS:
            raise stop("too-many-columns", self.file.name, found=len(self._keys), expected=MAX_COLUMNS)
        self._batch.append(clean)
        self._number(number)
        if len(self._batch) >= BATCH:
            self._flush()

    def broken(self, code: str, row: Flat, number: int, *, found: str, expected: str = "") -> None:
        """A row out of shape: it stands with what could be told of it and is named as a fault."""
        if len(self.faults) >= MAX_FAULTS:
            raise stop("too-many-broken", self.file.name, found=MAX_FAULTS)
        line = shown(" ".join(found.split()), SHOWN)
        self.faults.append(Fault(self.count, code, line, expected, (line,)))
        self.add(row, number)

    def table(self, *, remarks: Iterable[Problem] = (), notes: Sequence[str] = ()) -> RawTable:
        """Everything gathered, as one table."""
        if not self._keys:
            raise stop("no-rows", self.file.name)
        self._flush()
        names, noticed = named(list(self._keys), self.file.dataset, self.file.name)
        arrow = pa.concat_tables(self._done, promote_options="default").select(list(self._keys))
        members = tuple(self._numbers)
        return RawTable(
            self.file.name,
            names,
            arrow=arrow.rename_columns(list(names)),
            first_row=members[0].first_row if members else 1,
            notes=tuple(notes),
            rows=self.count,
            members=members if len(members) > 1 else (),
            faults=tuple(self.faults),
            remarks=(*remarks, *noticed),
        )

    def _number(self, number: int) -> None:
        self._numbers = stretched(self._numbers, self.file.name, self.count, number)
        self.count += 1
        self._next = number + 1

    def _flush(self) -> None:
        cells = [pa.array([row.get(key) for row in self._batch], pa.string()) for key in self._keys]
        self._done.append(pa.table(cells, list(self._keys)))
        self._batch = []


def stretched(members: list[Member], where: str, start: int, number: int) -> list[Member]:
    """The stretches without gaps, with one row more: data row `start` is the file's own row `number`."""
    if members and number == members[-1].first_row + members[-1].rows:
        members[-1] = members[-1]._replace(rows=members[-1].rows + 1)
    else:
        members.append(Member(where, start, 1, number))
    return members


def _clean(text: str, name: str, number: int) -> str:
    if len(text) > MAX_CELL:
        raise stop("cell-too-long", name, found=number, expected=MAX_CELL // 1024 // 1024)
    if text.isascii():
        return text.replace("\x00", "") if "\x00" in text else text
    return unicodedata.normalize("NFC", text.replace("\x00", "").encode("utf-8", "replace").decode())
