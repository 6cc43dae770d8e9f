"""Periods: laws that hold for every period, and the calendar's traps by name."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haidang.words.errors import BadQuestion
from haidang.words.periods import Grain, Period, containing, parse, parse_range

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
PERIODS = st.builds(containing, DAYS, st.sampled_from(Grain))


@given(PERIODS)
def test_parse_reads_back_what_text_wrote(period: Period) -> None:
    assert parse(period.text) == period


@given(DAYS, st.sampled_from(Grain))
def test_a_day_lies_in_the_period_that_contains_it(day: date, grain: Grain) -> None:
    period = containing(day, grain)
    assert period.start <= day <= period.end
    assert period.grain is grain


@given(PERIODS, st.integers(0, 60))
def test_previous_and_next_undo_each_other(period: Period, steps: int) -> None:
    assert period.previous(steps).previous(-steps) == period


@given(PERIODS)
def test_previous_touches_without_gap_or_overlap(period: Period) -> None:
    assert period.previous().end + timedelta(days=1) == period.start


@given(PERIODS, st.sampled_from(Grain))
def test_split_covers_exactly_and_each_piece_lies_within(period: Period, grain: Grain) -> None:
    if grain.rank > period.grain.rank:
        with pytest.raises(BadQuestion, match="grain-too-coarse"):
            period.split(grain)
        return
    pieces = period.split(grain)
    assert (pieces[0].start, pieces[-1].end) == (period.start, period.end)
    assert all(a.end + timedelta(days=1) == b.start for a, b in itertools.pairwise(pieces))
    assert {piece.within(period.grain) for piece in pieces} == {period}


@given(PERIODS, st.integers(1, 10))
def test_same_period_is_the_same_season_years_earlier(period: Period, years: int) -> None:
    earlier = period.same_period(years)
    assert earlier.grain is period.grain
    assert (earlier.start.year, earlier.start.month) == (period.start.year - years, period.start.month)
    if (period.start.month, period.start.day) != (2, 29):
        assert earlier.start.day == period.start.day


@given(PERIODS)
def test_to_date_runs_from_new_year_to_the_period(period: Period) -> None:
    run = period.to_date()
    assert run[0].start == date(period.start.year, 1, 1)
    assert run[-1] == period
    assert all(b.previous() == a for a, b in itertools.pairwise(run))


@given(PERIODS, st.integers(0, 30))
def test_a_range_counts_its_steps(period: Period, steps: int) -> None:
    run = parse_range(f"{period.previous(steps).text}..{period.text}")
    assert len(run) == steps + 1
    assert run[-1] == period


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_period_or_a_bad_question(text: str) -> None:
    try:
        period = parse(text)
    except BadQuestion:
        return
    assert parse(period.text) == period


def test_the_texts_of_the_five_grains() -> None:
    texts = [containing(date(2018, 9, 30), grain).text for grain in Grain]
    assert texts == ["2018-09-30", "2018-09", "2018-Q3", "2018-H2", "2018"]


def test_the_leap_day_compares_with_the_28th() -> None:
    assert parse("2024-02-29").same_period().text == "2023-02-28"
    assert parse("2024-02-29").same_period(4).text == "2020-02-29"
    assert parse("2023-02-28").same_period().text == "2022-02-28"


def test_a_quarter_rolls_over_the_year() -> None:
    assert parse("2018-Q1").previous().text == "2017-Q4"
    assert [p.text for p in parse("2018-Q1").split(Grain.MONTH)] == ["2018-01", "2018-02", "2018-03"]
    assert parse("2018-Q1").within(Grain.YEAR).text == "2018"
    assert parse("2018-q1") == parse("2018-Q1")


@pytest.mark.parametrize(
    "text",
    ["", "18", "2018-13", "2018-00", "2018-Q5", "2018-H3", "2018-02-29", "0000", "2018-9", "tháng 9", "2018-09-30Z"],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        parse(text)
    assert refused.value.facts["found"] == text


@pytest.mark.parametrize("text", ["2018..2017", "2018..2018-09", "2018-Q1..2018-03"])
def test_a_range_of_two_grains_or_backwards_is_refused(text: str) -> None:
    with pytest.raises(BadQuestion, match="not-a-range"):
        parse_range(text)


def test_a_range_of_ten_thousand_years_of_days_is_refused_at_once() -> None:
    with pytest.raises(BadQuestion, match="range-too-long"):
        parse_range("0001-01-01..9999-12-31")


def test_a_finer_grain_cannot_hold_a_coarser_period() -> None:
    with pytest.raises(BadQuestion, match="grain-too-fine"):
        parse("2018").within(Grain.MONTH)


def test_the_ends_of_the_calendar() -> None:
    assert parse("9999-12").end == date(9999, 12, 31)
    with pytest.raises(BadQuestion, match="period-out-of-range"):
        parse("9999").previous(-1)
    with pytest.raises(BadQuestion, match="period-out-of-range"):
        parse("0001-01-01").previous()
