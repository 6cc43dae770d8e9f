"""What a person sends: names that hide something, endings of programs, and bytes that are no table are not kept."""

from __future__ import annotations

import gzip
import unicodedata
from pathlib import Path

import pytest

from haidang.intake import arriving
from haidang.words.errors import IntakeStopped
from haidang.words.texts import say


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "x"
    file.write_text("mã,số\n1,2\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "a\\b.csv", "a/b.csv", "a\x00.csv", "a\r\nX: 1.csv", "bảng\u202evsc.exe", "a\u200b.csv", ".htaccess",
     "", "   ", "a" * 197 + ".csv", "con:1.csv", "a<b>.csv", "a.csv."],
)  # fmt: skip
def test_names_that_hide_something_are_refused(table: Path, name: str) -> None:
    with pytest.raises(IntakeStopped) as stopped:
        arriving.proved(table, name)
    assert stopped.value.code in {"file-name", "file-runs"}
    said = say(stopped.value)
    assert said.isprintable(), "what is said cannot end a line or turn the writing round"


@pytest.mark.parametrize(
    "name", ["a.csv.exe", "a.exe.csv", "a.php", "a.PhP.csv", "a.svg", "x.hta", "so-lieu.docm", "a.js.gz"]
)
def test_endings_of_programs_are_refused_wherever_they_stand(table: Path, name: str) -> None:
    with pytest.raises(IntakeStopped, match="file-runs"):
        arriving.proved(table, name)


@pytest.mark.parametrize(
    "name", ["Số liệu tháng 7.2026.xlsx", "a.csv", "bang.csv.gz", "v1.2.json", "Thống kê (2).xls", "tệp"]
)
def test_names_of_people_stay(table: Path, name: str) -> None:
    assert arriving.proved(table, unicodedata.normalize("NFD", name)) == name


@pytest.mark.parametrize(
    "head",
    [b"MZ\x90\x00", b"\x7fELF\x02", b"#!/bin/sh\n", b"%PDF-1.7", b"\x89PNG\r\n", b"Rar!\x1a", b"SQLite format 3\x00"],
)
def test_what_the_bytes_say_counts_and_not_the_name(tmp_path: Path, head: bytes) -> None:
    file = tmp_path / "x"
    file.write_bytes(head + b"0" * 600)
    with pytest.raises(IntakeStopped, match="not-a-table-file"):
        arriving.proved(file, "so-lieu.csv")


def test_packed_tables_are_taken(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    assert arriving.proved(file, "a.csv.gz") == "a.csv.gz"
