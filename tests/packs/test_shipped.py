"""What ships is named with its source and licence, and tells nothing about a candidate that was not public."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKS = ("giao-duc", "kinh-te-xa-hoi", "y-te")
EXAM = ROOT / "packs/giao-duc/data/diem-thi-2018.zip"
CANDIDATE = re.compile(rb"(?<![^,\n\"])[0-9]{7,8}(?![^,\r\n\"])")
"""A cell that is nothing but seven or eight digits (councils 03 to 09 lose their first zero)."""
KEY = re.compile(r"[a-z2-7]{10}")


@pytest.fixture(scope="module")
def exam() -> dict[str, bytes]:
    with zipfile.ZipFile(EXAM) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def test_no_candidate_number_is_left(exam: dict[str, bytes]) -> None:
    assert len(exam) == 61
    for name, content in exam.items():
        assert CANDIDATE.search(content) is None, name
        assert b"SBD" not in content.splitlines()[0].upper(), name


def test_the_pattern_of_keys_refuses_a_candidate_number(exam: dict[str, bytes]) -> None:
    assert CANDIDATE.search(b"10003496,10,2.8") is not None
    assert not KEY.fullmatch("10003496")
    assert all(KEY.fullmatch(row["khoa"]) for row in rows(exam["10.csv"]))
    declared = (ROOT / "packs/giao-duc/datasets/diem-thi-thpt.yaml").read_text(encoding="utf-8")
    assert f'pattern: "{KEY.pattern}"' in declared


def test_rows_stand_in_the_order_of_keys(exam: dict[str, bytes]) -> None:
    for name, content in exam.items():
        keys = [line.split(b",", 1)[0] for line in content.splitlines()[1:]]
        assert keys == sorted(keys), name


def test_the_duplicate_file_is_still_seen(exam: dict[str, bytes]) -> None:
    assert exam["14.csv"] == exam["40.csv"]
    assert sum(content.count(b"\n") - 1 for content in exam.values()) == 686_709


def test_keys_are_not_a_plain_hash_of_the_number(exam: dict[str, bytes], shared: Path) -> None:
    with (shared / "exam-thpt-2018/sample_10_lang_son.csv").open(encoding="utf-8-sig") as file:
        numbers = [row["SBD"].zfill(8) for row in csv.DictReader(file)]
    keys = {row["khoa"] for row in rows(exam["10.csv"])}
    for make in (hashlib.blake2b, hashlib.sha256, hashlib.md5, hashlib.sha1):
        guessed = {base64.b32encode(make(n.encode()).digest()).decode().lower()[:10] for n in numbers}
        assert guessed.isdisjoint(keys), make


def test_the_scores_are_the_published_ones(exam: dict[str, bytes], shared: Path) -> None:
    with zipfile.ZipFile(shared / "exam-thpt-2018/nhse_2018_by_province.zip") as bundle:
        raw = rows(bundle.read("csv/10.csv").removeprefix(b"\xef\xbb\xbf"))
    published = sorted((r["TOÁN"], r["VĂN"], r["ANH"], r["ĐỊA"]) for r in raw)
    assert sorted((r["toan"], r["van"], r["anh"], r["dia"]) for r in rows(exam["10.csv"])) == published


@pytest.mark.parametrize("pack", PACKS)
def test_every_shipped_file_is_on_the_page_and_in_the_notice(pack: str) -> None:
    page = (ROOT / "docs/data.md").read_text(encoding="utf-8")
    section = page.split(f"\n## {pack}\n")[1].split("\n## ")[0]
    notice = (ROOT / "packs" / pack / "NOTICE").read_text(encoding="utf-8")
    for file in (ROOT / "packs" / pack / "data").iterdir():
        assert f"| `{file.name}` |" in section, f"{file.name} is not on docs/data.md"
        assert file.name in notice, f"{file.name} is not in the pack's NOTICE"
    named = set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))
    assert named == {file.name for file in (ROOT / "packs" / pack / "data").iterdir()}


def test_row_counts_of_the_page_are_true() -> None:
    page = (ROOT / "docs/data.md").read_text(encoding="utf-8")
    for name, count in re.findall(r"^\| `([^`]+\.csv)` \|[^|]*\| ([0-9,]+) \|", page, re.MULTILINE):
        (file,) = ROOT.glob(f"packs/*/data/{name}")
        with file.open(encoding="utf-8") as lines:
            assert sum(1 for _ in csv.reader(lines)) - 1 == int(count.replace(",", "")), name
