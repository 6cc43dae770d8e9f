"""The likely category: measured on reports written as citizens write them, with tones and without."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from haidang.cases.suggest.categories import category
from haidang.cases.suggest.faces import Earlier
from haidang.cases.suggest.wording import Said, like
from haidang.catalog.declared import Desk, declared
from haidang.words.names import fold

FILE = Path(__file__).with_name("reports.csv")
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk() -> Desk:
    return declared().desk("phan-anh.phan-anh")


def _reports() -> list[tuple[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [(row["category"], row["text"]) for row in csv.DictReader(file)]


def _earlier(number: int, key: str, text: str) -> Earlier:
    return Earlier(number, fold(text), key, "", AT, open=False)


def _measured(desk: Desk, *, bare: bool, learned: bool) -> tuple[float, float]:
    """Share of reports whose category comes first, and among the three offered."""
    reports = _reports()
    first = among = 0
    for at, (key, text) in enumerate(reports):
        others = [_earlier(n, k, t) for n, (k, t) in enumerate(reports) if n != at] if learned else []
        offers = [one.value for one in category(desk, fold(text) if bare else text, others)]
        first += offers[:1] == [key]
        among += key in offers
    return first / len(reports), among / len(reports)


def test_reports_with_tones(desk: Desk) -> None:
    first, among = _measured(desk, bare=False, learned=False)
    assert first >= 0.70, first
    assert among >= 0.78, among


def test_reports_without_tones(desk: Desk) -> None:
    first, among = _measured(desk, bare=True, learned=False)
    assert first >= 0.55, first
    assert among >= 0.68, among


def test_earlier_cases_help(desk: Desk) -> None:
    """What was handled before speaks for its category, with its number and how like it is."""
    text = "Xe tải chở đá rơi vãi đầy đường liên xã"
    assert not category(desk, text)
    offers = category(desk, text, [_earlier(7, "o-nhiem", "Xe tải chở đá làm rơi vãi khắp đường liên xã")])
    assert offers[0].value == "o-nhiem"
    assert "7" in offers[0].said()
    assert "%" in offers[0].said("en")


def test_the_reason_names_the_words(desk: Desk) -> None:
    offer = category(desk, "Ổ gà rất sâu trước chợ")[0]
    assert (offer.value, offer.said()) == ("mat-duong", "có từ “ổ gà”")


def test_nothing_is_offered_for_nothing(desk: Desk) -> None:
    for text in ("", "alo alo", "Kính gửi quý cơ quan, tôi xin phản ánh", "xyz"):
        assert category(desk, text) == ()


@pytest.mark.parametrize(
    ("text", "word", "stands"),
    [
        ("Hồ sơ của tôi", "hố", False),
        ("cái hố to", "hố", True),
        ("den duong hong", "đèn đường", True),
        ("den duoong hong", "đèn đường", True),
        ("đèn dường hỏng rồi ạ", "đèn đường", True),
        ("con đường đẹp", "đèn đường", False),
        ("Hố to", "hố", True),
        ("hô hoán", "hố", False),
    ],
)
def test_a_word_stands_with_its_tones_or_without_any(text: str, word: str, stands: bool) -> None:
    assert bool(Said(text).says(word)) is stands


def test_courtesies_make_nothing_alike() -> None:
    one = "Kính gửi cơ quan chức năng, tôi xin phản ánh đèn đường hỏng ở khối 3"
    other = "Kính gửi cơ quan chức năng, tôi xin phản ánh rác không ai thu gom"
    assert like(fold(one), fold(other)) < 0.45
    assert like(fold(one), fold("khối 3 đèn đường bị hỏng")) > 0.7
