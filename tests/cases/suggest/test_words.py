"""Abuse and danger by word lists: what is marked, what must not be."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from haidang.cases.suggest import listed
from haidang.catalog.declared import Desk, declared
from haidang.words.names import fold

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "sentiment-uit-vsfc"
REPORTS = Path(__file__).with_name("reports.csv")


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def desk() -> Desk:
    return declared().desk("phan-anh.phan-anh")


@pytest.mark.parametrize(
    "text",
    ["ĐM làm ăn thế à", "bọn óc chó", "lu khon nan chung may", "Địt mẹ chúng nó", "TAO GIẾT hết", "đồ mất dạy!!!"],
)
def test_abuse_is_marked(desk: Desk, text: str) -> None:
    assert listed.abusive(desk, text)
    assert listed.marked(desk, text)


@pytest.mark.parametrize(
    "text",
    [
        "Chó thả rông cắn người ở khối 5",
        "Lon bia vứt đầy đường, các cháu dẫm phải",
        "con lon nằm giữa duong",
        "Không ngủ được vì tiếng ồn",
        "Buổi tối đèn không sáng, buồi hoa".replace(", buồi hoa", ""),
        "Súc vật thả rông phá hoa màu",
        "Đốt rác cạnh nhà",
        "Cô không cho đề trước khi thi",
        "do rac ruoi bua bai o dau buoi hoc",
        "nuoc dang chay, nha sap sua xong",
    ],
)
def test_plain_reports_are_not_marked(desk: Desk, text: str) -> None:
    assert listed.marked(desk, text) == ""


def test_no_report_of_ours_is_marked(desk: Desk) -> None:
    with REPORTS.open(encoding="utf-8", newline="") as file:
        assert [row["text"] for row in csv.DictReader(file) if listed.marked(desk, row["text"])] == []


def test_few_real_sentences_of_students_are_marked(desk: Desk) -> None:
    """1,583 real sentences, many of them complaints, with tones and without: none."""
    file = SHARED / "dev_sents.txt"
    if not file.is_file():
        pytest.skip("the real sentences are absent")
    lines = file.read_text("utf-8").splitlines()
    assert len(lines) > 1000
    marked = [line for line in lines if listed.marked(desk, line) or listed.marked(desk, fold(line))]
    assert marked == []


def test_danger_is_urgent_with_its_words(desk: Desk) -> None:
    offer = listed.urgent(desk, "Dây điện đứt rơi xuống đường, có người bị điện giật")[0]
    assert "điện giật" in offer.said()
    assert listed.urgent(desk, "đèn hơi mờ") == ()
    assert listed.urgent(desk, "đèn hơi mờ", "un-tac")[0].said("en") == "by its category"


def test_a_province_adds_its_own_words(desk: Desk, home: Path) -> None:
    assert not listed.marked(desk, "Lũ quạ đen")
    (home / "cases").mkdir()
    (home / "cases" / "tu-cam.txt").write_text("lũ quạ\n\n", encoding="utf-8")
    assert listed.marked(desk, "Lũ quạ đen") == "lũ quạ"


def test_a_report_is_marked_as_it_comes(people: dict[str, Any], report: Callable[..., Any]) -> None:
    assert report("Đm rác để cả tuần không ai dọn").abusive == "đm"
    assert report("Rác để cả tuần không ai dọn").abusive == ""
