"""HTML saved as .xls, as many systems of the administration export: its tables, read as text.

Never: fetches what the page links to, runs a script, holds more of a page than the limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from haidang.intake.formats import Arrival, RawTable
from haidang.intake.formats.encodings import encoding_of
from haidang.intake.formats.headings import known
from haidang.intake.formats.limits import CHUNK, MAX_CELL, MAX_COLUMNS, MAX_PAGE, MAX_PAGE_CELLS, MAX_SHEETS
from haidang.intake.formats.refuse import megabytes, stop
from haidang.intake.formats.sheets import grid_tables

SUFFIXES = (".html", ".htm")
ALSO = (".xls", ".xlsx")  # many systems give a page this name
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe)?\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|table|head|body|meta|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)


def looks(head: bytes) -> int:
    return 2 * bool(PAGE.match(head[:8192].replace(b"\x00", b"")))


def tables(file: Arrival) -> Iterator[RawTable]:
    """Every table of the page; raises IntakeStopped('page-without-table')."""
    size = file.path.stat().st_size
    if size > MAX_PAGE:
        raise stop("file-too-large", file.name, found=megabytes(size), expected=megabytes(MAX_PAGE))
    reader = Reader(file.name)
    encoding = encoding_of(file.path, file.name)
    with file.path.open(encoding=encoding.codec, errors="replace") as stream:
        while block := stream.read(CHUNK):
            reader.feed(encoding.convert()(block))
    reader.close()
    sheets = [sheet for sheet in reader.sheets if sheet.rows]
    if not sheets:
        raise stop("page-without-table", file.name)
    for number, sheet in enumerate(sheets, 1):
        where = file.name if len(sheets) == 1 else f"{file.name} › {number}"
        merged = tuple(sheet.merged[:20_000])
        yield from grid_tables(file.dataset, where, sheet.rows, merged=merged, known=known(file.dataset))


class Sheet:
    """One <table>: rows of texts with spans laid out."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.taken: set[tuple[int, int]] = set()

    def put(self, text: str, right: int, down: int) -> None:
        """Lay a cell at the next free place of the last row."""
        at, row = len(self.rows) - 1, self.rows[-1]
        while (at, len(row)) in self.taken:
            row.append("")
        if right > 1 or down > 1:
            self.merged.append((at, len(row), at + down - 1, len(row) + right - 1))
            self.taken |= {(at + d, len(row) + r) for d in range(1, down) for r in range(right)}
        row += [text, *[""] * (right - 1)]


class Reader(HTMLParser):
    """Gathers the innermost tables of a page."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name, self.sheets, self.cells = name, list[Sheet](), 0
        self.text: list[str] | None = None
        self.spans, self.size = (1, 1), 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_cell()
            if len(self.sheets) >= MAX_SHEETS:
                raise stop("too-many-sheets", self.name, found=len(self.sheets) + 1, expected=MAX_SHEETS)
            self.sheets.append(Sheet())
        elif tag == "tr" and self.sheets:
            self._end_cell()
            self.sheets[-1].rows.append([])
        elif tag in {"td", "th"} and self.sheets:
            self._end_cell()
            given = dict(attrs)
            self.spans = (_span(given.get("colspan"), MAX_COLUMNS), _span(given.get("rowspan"), 1000))
            self.text, self.size = [], 0
        elif tag == "br" and self.text is not None:
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.size += len(data)
            if self.size > MAX_CELL:
                row = len(self.sheets[-1].rows)
                raise stop("cell-too-long", self.name, found=row, expected=MAX_CELL // 1024 // 1024)
            self.text.append(data)

    def _end_cell(self) -> None:
        if self.text is None or not self.sheets:
            return
        sheet = self.sheets[-1]
        if not sheet.rows:
            sheet.rows.append([])
        self.cells += self.spans[0] * self.spans[1]
        if self.cells > MAX_PAGE_CELLS or len(sheet.rows[-1]) > MAX_COLUMNS:
            raise stop("sheet-too-large", self.name, found=self.cells, expected=MAX_PAGE_CELLS)
        sheet.put(" ".join("".join(self.text).split()), *self.spans)
        self.text = None


def _span(given: str | None, most: int) -> int:
    return max(1, min(int(given), most)) if given and given.isascii() and given.isdigit() and len(given) < 6 else 1
