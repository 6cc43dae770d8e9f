"""Clocks: terms end on working days, working time added is working time between, Tết and swap days counted."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haidang.cases import clocks
from haidang.cases.clocks import HERE
from haidang.catalog import calendar
from haidang.catalog.declared import Term

HOURS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 3, 1)).map(lambda one: one.replace(tzinfo=HERE))
works = st.integers(0, 60 * 120).map(lambda one: timedelta(minutes=one))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


@given(moments, st.integers(1, 20))
@settings(max_examples=150, deadline=None)
def test_a_term_of_days_ends_with_its_last_working_day(start: datetime, days: int) -> None:
    end = clocks.due(start, Term(days=days), HOURS)
    assert calendar.working(end.astimezone(HERE).date())
    assert end.astimezone(HERE).time() == time(17, 0)
    assert clocks.working_days(start.date(), end.astimezone(HERE).date()) == days


@given(moments, works)
@settings(max_examples=150, deadline=None)
def test_what_is_added_lies_between(start: datetime, work: timedelta) -> None:
    assert clocks.between(start, clocks.add(start, work, HOURS), HOURS) == work


@given(moments, works, works)
@settings(max_examples=100, deadline=None)
def test_parts_add_up(start: datetime, one: timedelta, two: timedelta) -> None:
    middle = clocks.add(start, one, HOURS)
    assert clocks.add(middle, two, HOURS) == clocks.add(start, one + two, HOURS)
    assert clocks.add(start, one, HOURS) <= clocks.add(start, one + two, HOURS)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-02-13T16:00", 1, date(2026, 2, 23)),  # the Friday before Tết: five days off, two week-ends
        ("2026-02-17T09:00", 2, date(2026, 2, 24)),  # sent on a day off
        ("2026-01-08T09:00", 2, date(2026, 1, 10)),  # a Saturday worked in exchange
        ("2026-08-28T09:00", 1, date(2026, 9, 3)),
        ("2026-11-23T09:00", 1, date(2026, 11, 25)),  # 24 November is off
        ("2026-11-22T23:59", 5, date(2026, 11, 30)),
    ],
)
def test_days_of_the_table(start: str, days: int, end: date) -> None:
    assert clocks.due(at(start), Term(days=days), HOURS).astimezone(HERE).date() == end


def test_minutes_run_day_and_night() -> None:
    start = at("2026-02-17T03:00")
    assert clocks.due(start, Term(minutes=5), HOURS) == start + timedelta(minutes=5)


def test_hours_are_working_hours() -> None:
    assert clocks.due(at("2026-11-20T16:00"), Term(hours=2), HOURS) == at("2026-11-23T08:30")
    assert clocks.due(at("2026-11-23T11:00"), Term(hours=1), HOURS) == at("2026-11-23T14:00")


def test_nothing_lies_between_the_wrong_way_round() -> None:
    assert clocks.between(at("2026-11-23T10:00"), at("2026-11-23T09:00"), HOURS) == timedelta()
    assert clocks.between(at("2026-11-21T09:00"), at("2026-11-22T17:00"), HOURS) == timedelta()
    assert clocks.working_days(date(2026, 11, 25), date(2026, 11, 23)) == -1
