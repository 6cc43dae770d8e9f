"""Workbooks, .xls and .xlsx: every visible sheet's tables as text; numbers and dates in international form.

Formulas count as the values saved with them; nothing is computed, no macro is run, no link is followed.
Never: reads in this process what a hostile workbook could break (`isolated`); guesses what a hidden sheet is for.
"""

from __future__ import annotations

import datetime as dt
import mmap
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetMetadata

from haidang.intake.formats import Arrival, RawTable
from haidang.intake.formats.headings import known
from haidang.intake.formats.isolated import read_apart
from haidang.intake.formats.limits import MAX_BOOK, MAX_GRID_CELLS, MAX_SHEETS
from haidang.intake.formats.parts import check_parts
from haidang.intake.formats.refuse import bare, megabytes, problem, stop
from haidang.intake.formats.sheets import grid_tables
from haidang.intake.formats.sniff import OLE, ZIP
from haidang.words.errors import Problem

SUFFIXES = (".xlsx", ".xls", ".xlsm")


def looks(head: bytes) -> int:
    """A zip that is left at this point is an office document; an OLE container may be a workbook."""
    return 2 * head.startswith((ZIP, OLE, b"\x09\x08\x10\x00", b"\x09\x04\x06\x00"))


def tables(file: Arrival) -> Iterator[RawTable]:
    """The tables of every visible sheet."""
    if file.path.stat().st_size > MAX_BOOK:
        raise stop("file-too-large", file.name, found=megabytes(file.path.stat().st_size), expected=megabytes(MAX_BOOK))
    _check_container(file)
    return read_apart("excel", file)


def _check_container(file: Arrival) -> None:
    """What an OLE container holds is named by the entries of its directory, in UTF-16."""
    with file.path.open("rb") as stream:
        if not stream.read(8).startswith(OLE):
            return
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
            holds = [n for n in ("EncryptedPackage", "WordDocument", "PowerPoint Document") if _named(content, n)]
            book = _named(content, "Workbook") or _named(content, "Book")
    if "EncryptedPackage" in holds:
        raise stop("password-workbook", file.name)
    if holds and not book:
        raise stop("not-a-table-file", file.name, found=f"{holds[0]} (Office 97)")
    if not book:
        raise stop("damaged-file", file.name, found="OLE")


def _named(content: mmap.mmap, name: str) -> bool:
    return content.find(name.encode("utf-16-le") + b"\x00\x00") >= 0


def read(file: Arrival, remarks: list[Problem]) -> Iterator[RawTable]:
    """In the child: each table of each visible sheet; what gives none is told in `remarks` with the reason."""
    check_parts(file, remarks)
    try:
        book = CalamineWorkbook.from_path(file.path)
    except PasswordError as error:
        raise stop("password-workbook", file.name) from error
    except (CalamineError, OSError) as error:
        raise stop("damaged-file", file.name, found="Excel") from error
    with book:
        if len(book.sheets_metadata) > MAX_SHEETS:
            raise stop("too-many-sheets", file.name, found=len(book.sheets_metadata), expected=MAX_SHEETS)
        found = False
        for sheet in _visible(book, file, remarks):
            for table in _sheet(book, sheet, file, remarks):
                found = True
                yield table
        if not found:
            raise stop("no-table", file.name, found="; ".join(bare(n) for n in book.sheet_names[:8]))


def _visible(book: CalamineWorkbook, file: Arrival, remarks: list[Problem]) -> list[SheetMetadata]:
    sheets = [s for s in book.sheets_metadata if str(s.typ).endswith("WorkSheet")]
    shown = [s for s in sheets if str(s.visible).endswith(".Visible")]
    if not shown:
        return sheets
    remarks += [problem("hidden-sheet", f"{file.name} › {bare(s.name)}") for s in sheets if s not in shown]
    return shown


def _sheet(book: CalamineWorkbook, meta: SheetMetadata, file: Arrival, remarks: list[Problem]) -> Iterator[RawTable]:
    where = f"{file.name} › {bare(meta.name)}"
    try:
        sheet = book.get_sheet_by_name(meta.name)
    except CalamineError:
        remarks.append(problem("sheet-unreadable", where))
        return
    if sheet.total_height * sheet.total_width > MAX_GRID_CELLS:
        found = f"{sheet.total_height:,} × {sheet.total_width:,}".replace(",", ".")
        raise stop("sheet-too-large", where, found=found, expected=f"{MAX_GRID_CELLS:,}".replace(",", "."))
    top, left = sheet.start or (0, 0)
    merged = tuple(
        (a - top, b - left, c - top, d - left) for (a, b), (c, d) in _merges(sheet) if a >= top and b >= left
    )
    rows = [[text(cell) for cell in row] for row in sheet.iter_rows()]
    some = False
    for table in grid_tables(file.dataset, where, rows, merged=merged, first_row=top + 1, known=known(file.dataset)):
        some = True
        yield table
    if not some:
        remarks.append(problem("sheet-without-table", where))


def _merges(sheet: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return list(sheet.merged_cell_ranges or [])[:20_000]


def text(cell: object) -> str:
    """A cell as text: 5.0 → "5", a date → "2018-12-31", a moment → "2018-12-31T07:30:00", yes → "true"."""
    if isinstance(cell, str):
        return cell.replace("\x00", "")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(timespec="seconds")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return "" if cell is None else str(cell)
