"""Numbers, dates, periods and ages in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from haidang.web import formats, meaning

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "digits", "vi", "en"),
    [
        (1234567.891, 2, "1.234.567,89", "1,234,567.89"),
        (1234567.891, None, "1.234.568", "1,234,568"),
        (-0.3, 1, "−0,3", "−0.3"),
        (-0.001, 1, "0,0", "0.0"),
        (99.1, 1, "99,1", "99.1"),
        (12, None, "12", "12"),
        (54.613949, None, "54,61", "54.61"),
        (None, 2, "–", "–"),
        (float("nan"), 2, "–", "–"),
        (float("inf"), 2, "–", "–"),
    ],
)
def test_numbers(value: float | None, digits: int | None, vi: str, en: str) -> None:
    assert formats.number(value, "vi", digits) == vi
    assert formats.number(value, "en", digits) == en


def test_unit_stands_only_beside_a_value() -> None:
    assert formats.with_unit(8.42, "%") == "8,42 %"
    assert formats.with_unit(None, "%") == "–"


def test_shares_become_percent() -> None:
    assert [formats.share(part) for part in (1.0, 0.998, 0.0, None)] == ["100 %", "99,8 %", "0 %", "–"]


@pytest.mark.parametrize(
    ("code", "long", "short"),
    [
        ("2018", "năm 2018", "2018"),
        ("2018-Q3", "quý III/2018", "Q3/2018"),
        ("2018-09", "tháng 9/2018", "09/2018"),
        ("2018-09-30", "30/09/2018", "30/09/2018"),
        ("không rõ", "không rõ", "không rõ"),
    ],
)
def test_periods(code: str, long: str, short: str) -> None:
    assert formats.period(code) == long
    assert formats.short_period(code) == short


def test_moments_are_written_the_vietnamese_way() -> None:
    assert formats.moment("2026-11-20T17:00:41+07:00") == "20/11/2026 17:00"
    assert formats.moment("2026-11-20") == "20/11/2026"
    assert formats.moment("hôm nào") == "hôm nào"


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (timedelta(seconds=8), "8 giây trước"),
        (timedelta(minutes=5), "5 phút trước"),
        (timedelta(hours=3), "3 giờ trước"),
        (timedelta(days=2), "2 ngày trước"),
        (timedelta(days=30), "21/10/2026"),
        (timedelta(seconds=-5), "0 giây trước"),
    ],
)
def test_ages(gone: timedelta, said: str) -> None:
    assert formats.age((NOW - gone).isoformat(), NOW) == said


def test_an_unknown_age_says_nothing() -> None:
    assert formats.age("", NOW) == ""


def test_a_figure_far_behind_says_by_how_much() -> None:
    today = date(2026, 11, 20)
    assert formats.lag("2014", today) == "số năm 2014, trễ 11 năm"
    assert formats.lag("2026-03", today) == "số tháng 3/2026, trễ 8 tháng"
    assert formats.lag("2025", today) == "số năm 2025"
    assert formats.lag("2026-10", today) == "số tháng 10/2026"
    assert formats.lag("", today) == ""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[a-z2-7]{10}", "10 ký tự trong a–z, 2–7"),
        (r"\d{12}", "12 chữ số"),
        ("plan|actual", "một trong: plan, actual"),
        (r"A\d+(-B)?", r"đúng mẫu A\d+(-B)?"),
    ],
)
def test_a_pattern_in_words(written: str, said: str) -> None:
    assert meaning.pattern(written, "vi") == said
