"""Spans: the stretch of time a question is about, and the same stretch earlier.

Never: reads the clock or an observation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from haidang.words.errors import BadQuestion
from haidang.words.periods import Grain, Period, containing, parse, parse_range


@dataclass(frozen=True)
class Span:
    """One period, or a range of them; `cumulative` counts from the year's first day.

    `kept`: of a period still running only its first so many base periods have come; what it is compared with is cut
    alike.
    """

    asked: tuple[Period, ...]
    cumulative: bool = False
    kept: int | None = None

    @property
    def text(self) -> str:
        """`2018`, or `2016..2018` for a range."""
        return self.asked[0].text if len(self.asked) == 1 else f"{self.asked[0].text}..{self.asked[-1].text}"

    @property
    def last(self) -> Period:
        return self.asked[-1]

    def bases(self, grain: Grain) -> tuple[Period, ...]:
        """The periods of that grain it is made of; empty when the grain is coarser than what was asked."""
        asked = self.last.to_date() if self.cumulative else self.asked
        if grain.rank > self.last.grain.rank:
            return ()
        same = grain is self.last.grain
        bases = asked if same else tuple(base for period in asked for base in period.split(grain))
        return bases if self.kept is None else bases[: self.kept]

    def previous(self, steps: int = 1) -> Span:
        """The same stretch just before."""
        return replace(self, asked=tuple(p.previous(steps * len(self.asked)) for p in self.asked))

    def same_period(self) -> Span:
        """The same stretch a year earlier."""
        return replace(self, asked=tuple(p.same_period() for p in self.asked))

    def single(self, period: Period) -> Span:
        """Another whole period, asked in the same way."""
        return Span((period,), self.cumulative)


def read(text: str, *, cumulative: bool = False) -> Span:
    """A period or `A..B`; raises BadQuestion."""
    return Span(parse_range(text) if ".." in text else (parse(text),), cumulative)


def grain_of(text: str) -> Grain | None:
    """A grain by its word; None for "". Raises BadQuestion('not-a-grain')."""
    try:
        return Grain(text) if text else None
    except ValueError as error:
        raise BadQuestion("not-a-grain", found=text[:40], expected=", ".join(Grain)) from error


def year_of(period: Period) -> Period:
    return containing(period.start, Grain.YEAR)


def pace(period: Period) -> float:
    """The share of the year gone by at the period's end, in whole months (a day counts by itself)."""
    if period.grain is not Grain.DAY:
        return period.end.month / 12
    year = year_of(period)
    return ((period.end - year.start).days + 1) / ((year.end - year.start).days + 1)
