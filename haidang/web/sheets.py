"""Tables as files to take away: CSV that Excel reads with its tones, XLSX with a second sheet of sources and licences.

A text that a spreadsheet would run as a formula is made harmless; numbers stay numbers. Never: asks for data.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

from haidang.words.errors import Absent

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # wide ones are read as narrow
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | float | int | bool | None


@dataclass(frozen=True)
class Sheet:
    """What a file holds: its name without ending, headings, rows, and lines about where it came from."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Value]]
    about: Sequence[tuple[str, str]] = ()
    titles: tuple[str, str] = ("Số liệu", "Nguồn")


def harmless(value: Value) -> Value:
    """A text beginning like a formula gets an apostrophe before it; anything else stays."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


def answer(sheet: Sheet, kind: str) -> HttpResponse:
    """The file as a download; raises Absent('unknown-format') for a kind there is not."""
    if kind == "csv":
        return file(_csv(sheet), f"{sheet.name}.csv", "text/csv; charset=utf-8")
    if kind == "xlsx":
        return file(_xlsx(sheet), f"{sheet.name}.xlsx", XLSX)
    raise Absent("unknown-download", found=kind[:20], nearest="csv, xlsx")


def file(content: bytes, name: str, kind: str) -> HttpResponse:
    """Bytes as a download that no cache keeps; `kind`: its media type."""
    made = HttpResponse(content, content_type=kind)
    made["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    made["Cache-Control"] = "private, no-store"
    return made


def _csv(sheet: Sheet) -> bytes:
    """UTF-8 with the mark Excel looks for."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(head) for head in sheet.heads])
    writer.writerows([harmless(value) for value in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(sheet: Sheet) -> bytes:
    out = io.BytesIO()
    # Texts are written as texts: nothing of a file becomes a formula or a link by itself.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        strong = book.add_format({"bold": True, "bottom": 1})
        page = book.add_worksheet(sheet.titles[0])
        page.write_row(0, 0, [harmless(head) for head in sheet.heads], strong)
        for number, row in enumerate(sheet.rows, start=1):
            page.write_row(number, 0, [harmless(value) for value in row])
        page.freeze_panes(1, 0)
        page.set_column(0, max(0, len(sheet.heads) - 1), 18)
        notes = book.add_worksheet(sheet.titles[1])
        notes.set_column(0, 0, 24)
        notes.set_column(1, 1, 90)
        for number, line in enumerate(sheet.about):
            notes.write_row(number, 0, [harmless(value) for value in line])
    return out.getvalue()
