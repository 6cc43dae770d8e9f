"""A file of accounts as rows of text with where each stood: sheet, row, and the column each field came from.

Excel (in a process of its own) and CSV. Every cell is text: a formula is never run. Never: judges what is written.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from haidang.words.errors import BadQuestion
from haidang.words.names import fold

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 500
MOST_CELL = 300
SECONDS = 20
HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("ten tai khoan", "tai khoan", "ten dang nhap", "account", "user name", "username", "name"),
    "holder": ("ho va ten", "ho ten", "nguoi giu", "ten can bo", "full name", "holder"),
    "title": ("ten hien thi", "chuc danh", "title", "display name"),
    "office": ("don vi", "ma don vi", "co quan", "co quan don vi", "phong ban", "office"),
    "post": ("chuc vu", "ma chuc vu", "post", "position"),
    "phone": ("dien thoai", "so dien thoai", "di dong", "phone"),
    "email": ("thu dien tu", "email", "e mail", "hop thu"),
    "use": ("loai", "loai tai khoan", "kind", "use"),
}
"""Field → the headings it goes by, folded (no tones, small letters)."""


@dataclass(frozen=True)
class Row:
    """One row: sheet ("" in CSV), its number as Excel shows it, and what stood in it by field (only fields given)."""

    sheet: str
    number: int
    said: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The rows of a file, and the heading each field stood under."""

    rows: tuple[Row, ...]
    headings: dict[str, str]


def read(content: bytes, name: str) -> Table:
    """The table of a file; raises BadQuestion with what is wrong with the file as a whole."""
    if len(content) > MOST_BYTES:
        raise BadQuestion("people-file-large", most=MOST_BYTES // 1024 // 1024)
    book = Path(name).suffix.lower() in (".xlsx", ".xls", ".xlsm", ".ods") or content[:2] == b"PK"
    lines = _book(content) if book else _csv(content)
    return _table(lines)


def _book(content: bytes) -> list[tuple[str, int, list[str]]]:
    command = [sys.executable, "-m", "haidang.access.people.importing.apart"]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise BadQuestion("people-file-unreadable") from None
    told = json.loads(done.stdout) if done.returncode == 0 else {"code": "damaged-file"}
    if isinstance(told, dict):
        raise BadQuestion("people-file-unreadable")
    return [(str(sheet)[:60], int(number), [str(cell) for cell in cells]) for sheet, number, cells in told]


def _csv(content: bytes) -> list[tuple[str, int, list[str]]]:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise BadQuestion("people-file-encoding") from None
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error:
        raise BadQuestion("people-file-unreadable") from None
    return [("", number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]


def _table(lines: Iterable[tuple[str, int, list[str]]]) -> Table:
    """The rows below the first heading line of each sheet; a sheet without one (a note, a list of offices) is left."""
    columns: dict[int, str] = {}
    headings: dict[str, str] = {}
    rows: list[Row] = []
    at = None
    for sheet, number, cells in lines:
        if sheet != at:
            at, columns = sheet, {}
        if not columns:
            columns = _columns(cells)
            headings |= {field: cells[place].strip() for place, field in columns.items()}
            continue
        said = {field: _cell(cells, place) for place, field in columns.items()}
        if any(said.values()):
            rows.append(Row(sheet, number, said))
    if not headings:
        raise BadQuestion("people-no-headings")
    if not rows:
        raise BadQuestion("people-no-rows")
    if len(rows) > MOST_ROWS:
        raise BadQuestion("people-many-rows", found=len(rows), most=MOST_ROWS)
    return Table(tuple(rows), headings)


def _columns(cells: list[str]) -> dict[int, str]:
    """Place → field of a heading line; empty when it is none (the account's name and its holder must be there)."""
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        heading = fold(cell.strip().rstrip("*"))
        field = next((field for field, known in HEADINGS.items() if heading in known), "")
        if field and field not in found.values():
            found[place] = field
    return found if {"name", "holder"} <= set(found.values()) else {}


def _cell(cells: list[str], place: int) -> str:
    return " ".join(cells[place].split())[:MOST_CELL] if place < len(cells) else ""
