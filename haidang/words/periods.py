"""Periods: day, month, quarter, half, year. Parsing, canonical text, previous, same period, roll-up.

Never: reads the clock (the caller says what today is).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from haidang.words.errors import BadQuestion

LONGEST_RANGE = 10_000
"""More periods than this in one range is a slip of the pen, not a question."""


class Grain(StrEnum):
    """How long a period is, finest first."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def rank(self) -> int:
        """0 for the day up to 4 for the year: a higher rank is coarser."""
        return _RANK[self]


_RANK = {grain: rank for rank, grain in enumerate(Grain)}
_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.HALF: 6, Grain.YEAR: 12}
_LETTER = {Grain.QUARTER: "Q", Grain.HALF: "H"}
_TEXT = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:[Qq](?P<quarter>[1-4])|[Hh](?P<half>[12])|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?"
)


@dataclass(frozen=True, order=True)
class Period:
    """A span of days of one grain; `start` and `end` are both inside it."""

    start: date
    end: date
    grain: Grain

    @property
    def text(self) -> str:
        """Canonical: `2018`, `2018-H1`, `2018-Q3`, `2018-09`, `2018-09-30`."""
        if self.grain is Grain.DAY:
            return self.start.isoformat()
        year = f"{self.start.year:04d}"
        if self.grain is Grain.YEAR:
            return year
        if self.grain is Grain.MONTH:
            return f"{year}-{self.start.month:02d}"
        return f"{year}-{_LETTER[self.grain]}{(self.start.month - 1) // _MONTHS[self.grain] + 1}"

    def previous(self, steps: int = 1) -> Period:
        """The period `steps` earlier (negative: later); raises BadQuestion outside the years 1 to 9999."""
        if self.grain is Grain.DAY:
            return _day(self.start.toordinal() - steps)
        return _months(self.start.year * 12 + self.start.month - 1 - steps * _MONTHS[self.grain], self.grain)

    def same_period(self, years: int = 1) -> Period:
        """The same period `years` earlier (29 February → 28)."""
        if self.grain is not Grain.DAY:
            return self.previous(years * 12 // _MONTHS[self.grain])
        month = containing(self.start, Grain.MONTH).same_period(years)
        return containing(month.start.replace(day=min(self.start.day, month.end.day)), Grain.DAY)

    def split(self, grain: Grain) -> tuple[Period, ...]:
        """The periods of a finer grain inside this one (of its own grain: itself); raises BadQuestion for a coarser."""
        if grain.rank > self.grain.rank:
            raise BadQuestion("grain-too-coarse", found=str(grain), period=self.text)
        return _through(containing(self.start, grain), self.end)

    def within(self, grain: Grain) -> Period:
        """The period of a coarser grain this one lies in (of its own grain: itself); raises BadQuestion for a finer."""
        if grain.rank < self.grain.rank:
            raise BadQuestion("grain-too-fine", found=str(grain), period=self.text)
        return containing(self.start, grain)

    def to_date(self) -> tuple[Period, ...]:
        """The periods of the same grain from the year's start to this one (cumulative)."""
        return _through(containing(date(self.start.year, 1, 1), self.grain), self.end)


def containing(day: date, grain: Grain) -> Period:
    """The period of that grain in which `day` lies."""
    if grain is Grain.DAY:
        return Period(day, day, grain)
    return _months(day.year * 12 + (day.month - 1) // _MONTHS[grain] * _MONTHS[grain], grain)


def _day(ordinal: int) -> Period:
    if not date.min.toordinal() <= ordinal <= date.max.toordinal():
        raise BadQuestion("period-out-of-range")
    day = date.fromordinal(ordinal)
    return Period(day, day, Grain.DAY)


def _months(first: int, grain: Grain) -> Period:
    """The period beginning in month `first`, counted from the year 0."""
    last = first + _MONTHS[grain] - 1
    if not (date.min.year * 12 <= first and last // 12 <= date.max.year):
        raise BadQuestion("period-out-of-range")
    return Period(date(first // 12, first % 12 + 1, 1), _month_end(last // 12, last % 12 + 1), grain)


def _month_end(year: int, month: int) -> date:
    # 31 December 9999 has no next day to step back from.
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def _through(first: Period, last_day: date) -> tuple[Period, ...]:
    found = [first]
    while found[-1].end < last_day:
        found.append(found[-1].previous(-1))
    return tuple(found)


def parse(text: str) -> Period:
    """One period from its text; raises BadQuestion('not-a-period', found=…)."""
    match = _TEXT.fullmatch(text.strip())
    try:
        return _read(match.groupdict()) if match else _refuse(text)
    except ValueError:
        return _refuse(text)


def _refuse(text: str) -> Period:
    raise BadQuestion("not-a-period", found=text[:40])


def _read(part: dict[str, str | None]) -> Period:
    year = int(part["year"] or 0)
    for grain in (Grain.QUARTER, Grain.HALF):
        if number := part[grain.value]:
            return containing(date(year, (int(number) - 1) * _MONTHS[grain] + 1, 1), grain)
    grain = Grain.DAY if part["day"] else Grain.MONTH if part["month"] else Grain.YEAR
    return containing(date(year, int(part["month"] or 1), int(part["day"] or 1)), grain)


def parse_range(text: str) -> tuple[Period, ...]:
    """`A..B` → every period of A's grain from A to B; a single period → a tuple of one.

    Raises BadQuestion('not-a-range') when the two grains differ or B lies before A, and ('range-too-long').
    """
    first, dots, last = text.partition("..")
    start = parse(first)
    if not dots:
        return (start,)
    end = parse(last)
    if end.grain is not start.grain or end < start:
        raise BadQuestion("not-a-range", found=text[:40])
    days = 1 if start.grain is Grain.DAY else 28 * _MONTHS[start.grain]
    if (end.end - start.start).days // days > LONGEST_RANGE:
        raise BadQuestion("range-too-long", found=text[:40], most=LONGEST_RANGE)
    return _through(start, end.end)
