"""Reads a workbook in a process of its own: bytes on stdin, `[[sheet, row, [cells]], …]` or `{"code": …}` on stdout.

A workbook made to break its reader breaks only this process. Formulas count as the values saved with them, as text.
Never: computes, follows a link, imports more of the centre.
"""

from __future__ import annotations

import io
import json
import resource
import sys

MEMORY = 1024**3
MOST_SHEETS, MOST_CELLS = 20, 200_000


def read(content: bytes) -> object:
    """The rows of every visible sheet that hold anything, with their numbers as Excel shows them."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        return {"code": "password-workbook"}
    except (CalamineError, OSError):
        return {"code": "damaged-file"}
    found: list[list[object]] = []
    for sheet in book.sheets_metadata[:MOST_SHEETS]:
        if str(sheet.visible).endswith(".Visible") and str(sheet.typ).endswith("WorkSheet"):
            read_ = book.get_sheet_by_name(sheet.name)
            if read_.total_height * read_.total_width > MOST_CELLS:
                return {"code": "sheet-too-large", "found": sheet.name[:60]}
            top = (read_.start or (0, 0))[0]
            rows = enumerate(read_.iter_rows(), start=top + 1)
            found += [[sheet.name, number, [text(cell) for cell in row]] for number, row in rows if any(row)]
    return found


def text(cell: object) -> str:
    """A cell as text: 912345678.0 → "912345678"."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return "" if cell is None else str(cell).replace("\x00", "")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
