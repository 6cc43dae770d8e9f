"""Formats: how bytes become tables of text. One module per kind, found by listing the folder.

A kind module has `SUFFIXES: tuple[str, ...]`, `looks(head: bytes) -> int` (0 no, 1 perhaps, 2 surely) and
`tables(file: Arrival) -> Iterator[RawTable]`. `open_tables` unpacks gz and zip safely, sniffs the kind from content
(not from the name alone) and refuses the hostile with an IntakeStopped an officer understands.
Never: types a cell, knows a dataset's checks, writes outside `Arrival.scratch`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from haidang.catalog.declared import Dataset
from haidang.words.errors import Problem


@dataclass(frozen=True)
class Arrival:
    """A file on disk with the name it came by and the dataset it is meant for (headings known, unpivot settings)."""

    path: Path
    name: str
    dataset: Dataset
    scratch: Path  # a folder the format may write to; removed afterwards
    kind: str = ""  # the declared kind (`KIND` or a suffix); "": told from the content
    read: Mapping[str, str] = field(default_factory=dict)  # the source's own settings of reading (path to the rows …)


class Member(NamedTuple):
    """A stretch of a table: from data row `start` (0-based) on, `rows` rows of `where`, numbered from `first_row`."""

    where: str
    start: int
    rows: int
    first_row: int


class Fault(NamedTuple):
    """A row that came out of shape (too many or too few cells). It stands in the table, cut or filled to width."""

    at: int  # 0-based data row of the table
    code: str  # `ragged-row`, `cell-too-long`
    found: str
    expected: str
    raw: tuple[str, ...]  # the cells as they stood, cut where very long


@dataclass(frozen=True)
class RawTable:
    """One table found in a file: headings and rows, every cell text (None when empty).

    Either `csv` (a clean UTF-8, comma-separated, header-less file, quoted as RFC 4180, lines ending in LF) or `arrow`
    (a pyarrow.Table of strings). Rows are numbered by `first_row` (the file's own row number of the first data row);
    where rows come from several files, or some lines between them were skipped, `members` tells: use `locate`.
    `notes`: text under or over the table, as it stood. `remarks`: what was noticed (Problem codes, none of them fatal).
    """

    where: str  # "diem.zip › 10.csv" or "so-lieu.xlsx › Sheet1"
    columns: tuple[str, ...]
    csv: Path | None = None
    arrow: Any = None
    first_row: int = 2
    notes: tuple[str, ...] = ()
    rows: int = 0
    members: tuple[Member, ...] = ()
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Problem, ...] = ()

    def locate(self, index: int) -> tuple[str, int]:
        """File (and sheet) and its own row number of data row `index` (0-based)."""
        if not self.members:
            return self.where, self.first_row + index
        member = self.members[bisect_right(self.members, index, key=lambda m: m.start) - 1]
        return member.where, member.first_row + index - member.start


def open_tables(arrival: Arrival) -> Iterator[RawTable]:
    """Every table of an arrival, one at a time, in bounded memory; raises IntakeStopped(code, problem=…).

    CSV members of a zip with the same headings come as one table, with `members`.
    """
    from haidang.intake.formats import opened

    return opened.tables(arrival)
