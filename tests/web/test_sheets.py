"""Files to take away: one mechanism writes them all, and no text in them begins as a formula does."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haidang.web.sheets import RISKY, Sheet, answer

ROOT = Path(__file__).resolve().parents[2]
RUN = [
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1+1)*cmd", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "=HYPERLINK(\"http://x\",\"y\")",
]  # fmt: skip


def read(sheet: Sheet) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer(sheet, "csv").content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("risky", RUN)
def test_no_cell_of_a_csv_begins_as_a_formula(risky: str) -> None:
    heading, row = read(Sheet("x", [risky, "b"], [[risky, -2.5]]))
    assert (heading[0], row) == (f"'{risky}", [f"'{risky}", "-2.5"])


@pytest.mark.parametrize("risky", RUN)
def test_texts_of_a_workbook_are_texts(risky: str) -> None:
    made = answer(Sheet("x", [risky], [[risky]], about=[("Nguồn", risky)]), "xlsx").content
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        sheets = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/"))
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets


@given(st.text(max_size=8))
def test_whatever_the_text(text: str) -> None:
    (_, row) = read(Sheet("x", ["a", "b"], [[text, "|"]]))
    assert not row[0].startswith(RISKY)
    assert row[1] == "|"


def test_one_mechanism_writes_every_file() -> None:
    """No other module of the doors writes CSV or a workbook: what is made harmless here is harmless everywhere."""
    writes = re.compile(r"csv\.writer|csv\.DictWriter|to_csv|xlsxwriter|text/csv")
    doors = [file for room in ("web", "api") for file in (ROOT / "haidang" / room).rglob("*.py")]
    found = {str(file.relative_to(ROOT)) for file in doors if writes.search(file.read_text())}
    assert found == {"haidang/web/sheets.py"}
