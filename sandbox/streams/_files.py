"""Histories as files: columns to CSV in gzip, the same bytes for the same rows; and workbooks as officers draw them.

Never: knows what the rows mean.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import xlsxwriter

Columns = Mapping[str, Any]
"""Name → array or list, all of one length."""


class Table:
    """Rows written block by block to `<folder>/<source>/<name>.csv.gz`."""

    def __init__(self, folder: Path, source: str, name: str) -> None:
        self.path = folder / source / f"{name}.csv.gz"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.rows = 0
        self._sink: Any = None
        self._writer: Any = None

    def __enter__(self) -> Table:
        return self

    def add(self, columns: Columns) -> None:
        """A block of rows; the first one says what the headings are."""
        block = pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})
        if not block.num_rows:
            return
        if self._writer is None:
            self._sink = pa.CompressedOutputStream(str(self.path), "gzip")
            self._writer = pa_csv.CSVWriter(self._sink, block.schema)
        self._writer.write_table(block)
        self.rows += block.num_rows

    def __exit__(self, *_: object) -> None:
        if self._writer is not None:
            self._writer.close()
            self._sink.close()


def rows_to_columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Rows with the same keys as columns."""
    return {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}


class Book:
    """A workbook kept in memory; made on the moment it says, so the bytes are the same each time."""

    def __init__(self, made: datetime, sheet: str) -> None:
        self._bytes = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._bytes, {"in_memory": True})
        self.book.set_properties({"created": made, "comments": "Số liệu mô phỏng (sandbox)"})
        self.sheet = self.book.add_worksheet(sheet)
        self.title = self.book.add_format({"bold": True, "align": "center", "font_size": 13})
        self.head = self.book.add_format({"bold": True, "align": "center", "border": 1, "text_wrap": True})
        self.cell = self.book.add_format({"border": 1})
        self.note = self.book.add_format({"italic": True})

    def merged(self, row: int, first: int, last: int, text: str, *, rows: int = 1, head: bool = False) -> None:
        """A text over several columns (and rows)."""
        style = self.head if head else self.title
        if first == last and rows == 1:
            self.sheet.write(row, first, text, style)
        else:
            self.sheet.merge_range(row, first, row + rows - 1, last, text, style)

    def line(self, row: int, values: Sequence[Any]) -> None:
        for column, value in enumerate(values):
            self.sheet.write(row, column, "" if value is None else value, self.cell)

    def notes(self, row: int, texts: Sequence[str]) -> None:
        for number, text in enumerate(texts):
            self.sheet.write(row + number, 0, text, self.note)

    def content(self) -> bytes:
        self.book.close()
        return self._bytes.getvalue()
