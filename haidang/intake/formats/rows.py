"""CSV that is not regular, mended row by row: other encodings and separators, lines around the table, odd rows.

Never: drops a row that has content, or lets a row out of shape pass as a good one: it is told in `faults`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from haidang.intake.formats import Arrival, Fault, Member, RawTable
from haidang.intake.formats.limits import MAX_CELL, MAX_COLUMNS, MAX_FAULTS, MAX_LINE
from haidang.intake.formats.refuse import problem, shown, stop
from haidang.words.errors import Problem

if TYPE_CHECKING:
    from haidang.intake.formats.delimited import Plan

NOTE = re.compile(
    r"\s*(ghi ch|nguồn|note|source|chú thích|\*|\(|[-–]\s|ngày .* tháng|người lập|nơi nhận|lập biểu|\d\)\s)",
    re.IGNORECASE,
)


@dataclass
class Shaper:
    """Gathers records into a table of `width` columns, remembering what stood outside it."""

    where: str
    width: int
    rows: int = 0
    members: list[Member] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pending: list[tuple[int, list[str]]] = field(default_factory=list)  # perhaps notes: known once the file ends

    def take(self, number: int, record: list[str]) -> Iterator[list[str]]:
        """One record of the file's row `number`; gives the rows that are now surely data."""
        if not any(cell.strip() for cell in record):
            return
        if is_note(record, self.width):
            self.pending.append((number, record))
            if len(self.pending) <= 50:
                return
        else:
            self.pending.append((number, record))
        for row, cells in self.pending:
            yield self._shaped(row, cells)
        self.pending = []

    def finish(self) -> None:
        """The file has ended: what looked like notes and had no row after it, is notes."""
        self.notes += [shown(" ".join(filter(None, map(str.strip, cells))), 2000) for _, cells in self.pending]

    def _shaped(self, number: int, cells: list[str]) -> list[str]:
        extra = len(cells) - self.width
        if extra > 0 and not any(c.strip() for c in cells[self.width :]):
            extra = 0
        if extra:
            self._fault("ragged-row", cells, found=len(cells), expected=self.width)
        last = self.members[-1] if self.members else None
        if last and number == last.first_row + last.rows:
            self.members[-1] = last._replace(rows=last.rows + 1)
        else:
            self.members.append(Member(self.where, self.rows, 1, number))
        self.rows += 1
        return (cells + [""] * -extra)[: self.width]

    def _fault(self, code: str, cells: list[str], *, found: int, expected: int) -> None:
        if len(self.faults) >= MAX_FAULTS:
            raise stop("too-many-ragged", self.where, found=len(self.faults), expected=self.width)
        raw = tuple(shown(cell, 200) for cell in cells[: self.width + 20])
        self.faults.append(Fault(self.rows, code, str(found), str(expected), raw))


def is_note(record: list[str], width: int) -> bool:
    """One text alone in a row of a wider table, that reads like a remark rather than a key."""
    filled = [cell for cell in record if cell.strip()]
    if width < 2 or len(filled) != 1:
        return False
    text = filled[0]
    return bool(NOTE.match(text)) or (len(text) > 40 and " " in text) or (record[0] != text and len(record) >= width)


def irregular(
    file: Arrival, plan: Plan, *, columns: tuple[str, ...], target: Path, remarks: tuple[Problem, ...] = ()
) -> RawTable:
    """The table of a file that needs a look at every row; raises IntakeStopped with the row where reading must end."""
    shaper = Shaper(file.name, len(columns))
    left, notes = plan.heading, []
    with target.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink, lineterminator="\n")
        for number, record in records(file, plan):
            if left < 0:
                writer.writerows(shaper.take(number, record))
            elif any(record):
                if left:
                    notes.append(shown(" ".join(filter(None, map(str.strip, record))), 2000))
                left -= 1
    shaper.finish()
    if len(shaper.faults) > max(20, shaper.rows // 2):
        raise stop("mixed-separators", file.name, found=len(shaper.faults), expected=len(columns), rows=shaper.rows)
    if shaper.faults:
        remarks += (problem("rows-out-of-shape", file.name, found=len(shaper.faults), expected=len(columns)),)
    first = shaper.members[0].first_row if shaper.members else 2
    return RawTable(
        file.name,
        columns,
        csv=target,
        first_row=first,
        notes=(*notes, *shaper.notes),
        rows=shaper.rows,
        members=tuple(shaper.members) if len(shaper.members) > 1 else (),
        faults=tuple(shaper.faults),
        remarks=remarks,
    )


def records(file: Arrival, plan: Plan) -> Iterator[tuple[int, list[str]]]:
    """(row of the file, its cells): the row is counted in records, as a spreadsheet shows them, blank ones included."""
    csv.field_size_limit(MAX_CELL)
    lines = Lines(file, plan)
    reader = csv.reader(lines, delimiter=plan.separator)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            code = "cell-too-long" if "limit" in str(error) else "unreadable-row"
            raise stop(code, file.name, found=number, expected=MAX_CELL // 1024 // 1024) from error
        except UnicodeDecodeError as error:
            bad = error.object[error.start : error.start + 4].hex(" ")
            raise stop("mixed-encoding", file.name, found=number, expected=plan.encoding.title, bytes=bad) from error
        if lines.ended and record:
            raise stop("quote-not-closed", file.name, found=number)
        if len(record) > 20 * MAX_COLUMNS:
            raise stop("too-many-columns", f"{file.name} › {number}", found=len(record), expected=MAX_COLUMNS)
        yield number, record


class Lines:
    """Lines of text for the csv reader, each of bounded length; `ended` tells that it asked beyond the last."""

    def __init__(self, file: Arrival, plan: Plan) -> None:
        self.ended, self._number = False, 0
        self._name = file.name
        self._convert = plan.encoding.convert()
        self._stream: Any = file.path.open(encoding=plan.encoding.codec, errors="strict", newline="")
        self._stream.seek(plan.encoding.bom)

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line: str = self._stream.readline(MAX_LINE)
        self._number += 1
        if not line:
            self.ended = True
            self._stream.close()
            raise StopIteration
        if len(line) >= MAX_LINE:
            raise stop("line-too-long", self._name, expected=MAX_LINE // 1024 // 1024)
        if "\x00" in line:
            raise stop("nul-bytes", self._name, found=self._number)
        return line if line.isascii() else self._convert(line)
