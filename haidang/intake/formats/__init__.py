"""Formats: how bytes become tables of text. One module per kind, found by listing the folder.

A kind module has `SUFFIXES: tuple[str, ...]` and `tables(file: Arrival) -> Iterator[RawTable]`. `open_tables` unpacks gz and zip safely,
sniffs the kind from content (not from the name alone) and refuses the hostile with an IntakeStopped an officer understands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from haidang.catalog.declared import Dataset


@dataclass(frozen=True)
class Arrival:
    """A file on disk with the name it came by and the dataset it is meant for (headings known, unpivot settings)."""

    path: Path
    name: str
    dataset: Dataset
    scratch: Path  # a folder the format may write to; removed afterwards


@dataclass(frozen=True)
class RawTable:
    """One table found in a file: headings and rows, every cell text (None when empty).

    Either `csv` (a clean UTF-8, comma-separated, header-less file, quoted as RFC 4180) or `arrow` (a pyarrow.Table of strings).
    Rows are numbered by `first_row` (the file's own row number of the first data row). `notes`: text under or over the table.
    """

    where: str  # "diem.zip › 10.csv" or "so-lieu.xlsx › Sheet1"
    columns: tuple[str, ...]
    csv: Path | None = None
    arrow: Any = None
    first_row: int = 2
    notes: tuple[str, ...] = ()


def open_tables(arrival: Arrival) -> Iterator[RawTable]:
    """Every table of an arrival, one at a time, in bounded memory; raises IntakeStopped(code, problem=…)."""
    raise NotImplementedError
