"""The workbooks of the month that the provincial police fill, one line a commune: shared by crimes and fires.

Never: knows what is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sandbox.streams._face import Out, World
from sandbox.streams._files import Book, Table, rows_to_columns
from sandbox.streams._truth import tally
from sandbox.streams._when import at, past, stretches

Row = Mapping[str, Any]
SENT_ON, SENT = 3, 9 * 3600.0  # the third of the month at nine


@dataclass(frozen=True)
class Form:
    """A report of the month. `headings`: what stands over each key of a row; `totals`: keys that are summed below."""

    stream: str
    source: str
    title: str
    headings: Mapping[str, str]
    totals: Sequence[str]
    rows: Callable[[World, date], Sequence[Row]]
    money: str = ""  # the key a wrong unit would spoil


def month_before(day: date) -> date:
    return date(day.year - (day.month == 1), day.month - 1 or 12, 1)


def send(form: Form, world: World, window: tuple[datetime, datetime], out: Out) -> None:
    """The workbook of the month before, when its day and hour lie in the window."""
    for day, start, end in stretches(*window):
        if day.day == SENT_ON and start < SENT <= end:
            month = month_before(day)
            rows = form.rows(world, month)
            out.drop(form.stream, f"{form.stream}_thang_{month:%m-%Y}.xlsx", workbook(form, world, month))
            tally(out, form.source, month, len(rows), total=float(sum(row[form.totals[0]] for row in rows)))


def workbook(form: Form, world: World, month: date) -> bytes:
    """The form as it is filled: a title, the month beneath, headings, a total row, notes."""
    wrong = world.faults.active(form.stream)
    shown = f"{month:%m/%Y}" if "clock-wrong" not in wrong else f"{month:%m}/{month.year - 1}"
    book = Book(at(month, SENT), f"T{month.month}")
    heads = [*form.headings.values(), *(["Ghi chú"] if "new-column" in wrong else [])]
    book.merged(0, 0, len(heads) - 1, "CÔNG AN TỈNH LẠNG SƠN")
    book.merged(1, 0, len(heads) - 1, f"{form.title} THÁNG {shown} (SỐ LIỆU MÔ PHỎNG)")
    for column, text in enumerate(heads):
        book.merged(3, column, column, text, head=True)
    rows = form.rows(world, month)
    for number, row in enumerate(rows):
        book.line(
            4 + number, [_cell(key, row[key], form, shown, spoilt="wrong-unit" in wrong) for key in form.headings]
        )
    totals = ["Tổng cộng", *(sum(r[k] for r in rows) if k in form.totals else "" for k in list(form.headings)[1:])]
    book.line(4 + len(rows), totals)
    book.notes(
        6 + len(rows),
        ["Ghi chú: số liệu tính từ ngày 15 tháng trước đến ngày 14 tháng báo cáo.", "Nơi nhận: UBND tỉnh."],
    )
    return book.content()


def _cell(key: str, value: Any, form: Form, shown: str, *, spoilt: bool) -> Any:
    if key == "thang":
        return shown
    return value * 1000 if spoilt and key == form.money else value


def history(form: Form, world: World, span: tuple[date, date], folder: Path) -> None:
    """The lines of every month already sent."""
    with Table(folder, form.source, form.stream) as table:
        for day, end in past(*span):
            if day.day == SENT_ON and end >= SENT:
                table.add(rows_to_columns(form.rows(world, month_before(day))))
