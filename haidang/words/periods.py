"""Periods: day, month, quarter, half, year. Parsing, canonical text, previous, same period, roll-up.

Never: reads the clock (the caller says what today is).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Grain(StrEnum):
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, order=True)
class Period:
    """A span of days of one grain; `start` and `end` are both inside it."""

    start: date
    end: date
    grain: Grain

    @property
    def text(self) -> str:
        """Canonical: `2018`, `2018-Q3`, `2018-09`, `2018-09-30`."""
        raise NotImplementedError

    def previous(self, steps: int = 1) -> Period:
        raise NotImplementedError

    def same_period(self, years: int = 1) -> Period:
        """The same period `years` earlier (29 February → 28)."""
        raise NotImplementedError

    def split(self, grain: Grain) -> tuple[Period, ...]:
        """The periods of a finer grain inside this one."""
        raise NotImplementedError

    def within(self, grain: Grain) -> Period:
        """The period of a coarser grain this one lies in."""
        raise NotImplementedError

    def to_date(self) -> tuple[Period, ...]:
        """The periods of the same grain from the year's start to this one (cumulative)."""
        raise NotImplementedError


def parse(text: str) -> Period:
    """One period from its text; raises BadQuestion('not-a-period', found=…)."""
    raise NotImplementedError


def parse_range(text: str) -> tuple[Period, ...]:
    """`A..B` → every period of A's grain from A to B; a single period → a tuple of one."""
    raise NotImplementedError
