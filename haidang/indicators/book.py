"""The book: observations in memory, a page for each indicator and slice. Plain rows in, amounts out.

A page never changes once written, so threads may share it and what was worked out from it stays with it.
Never: asks anyone for rows (load does), adds anything up (reckon does).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from haidang.indicators.amounts import Amount
from haidang.words.periods import Grain, Period, parse

PLAN, ACTUAL = "plan", "actual"
_BETTER = {"estimate": 1, "preliminary": 2, "actual": 3, "final": 4, "plan": 5}
_NONE: Mapping[str, Amount] = MappingProxyType({})
COLUMNS = ("indicator", "slice", "item", "kind", "unit", "period", "period_end", "value", "num", "den", "n", "run")


class What(NamedTuple):
    """What an observation is of. `family`: `plan`, or `actual` for every other kind, of which the firmest stands."""

    indicator: str
    slice: str = ""
    item: str = ""
    family: str = ACTUAL


@lru_cache(maxsize=100_000)
def period_of(text: str) -> Period:
    """`parse`, remembered: the same few hundred texts come back in every row."""
    return parse(text)


MOST_REMEMBERED = 30_000


@dataclass
class Memory:
    """What was worked out from one page already."""

    at: dict[tuple[What, str, Period], Amount] = field(default_factory=dict)
    over: dict[tuple[What, str, tuple[Period, ...]], Amount] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.at) + len(self.over)


class Page:
    """Every observation of one indicator and slice, given as columns. Without a place: the home place's own."""

    def __init__(self, columns: Mapping[str, Sequence[Any]], home: str = "") -> None:
        self._amounts: dict[tuple[str, str], dict[str, dict[str, Amount]]] = {}
        self._periods: dict[tuple[str, str], tuple[Period, ...]] = {}
        self._units: dict[tuple[str, str, str], frozenset[str]] = {}
        self._beneath: dict[frozenset[str], int] = {}
        self._memory = Memory()
        self.size = len(columns["kind"])
        runs = {run: frozenset({run}) for run in set(columns["run"])}
        values = (columns[name] for name in ("value", "num", "den", "n"))
        amounts = zip(*values, columns["period_end"], columns["kind"], columns["run"], strict=True)
        places = zip(columns["item"], columns["period"], columns["unit"], strict=True)
        for (item, period, unit), (value, num, den, n, upto, kind, run) in zip(places, amounts, strict=True):
            units = self._amounts.setdefault((item, PLAN if kind == PLAN else ACTUAL), {}).setdefault(period, {})
            known = units.get(unit or home)
            if known is None or _BETTER.get(kind, 0) >= _BETTER.get(known.kind, 0):
                units[unit or home] = Amount(value, num, den, n, "", kind, 1, 1, upto, runs[run])

    @property
    def memory(self) -> Memory:
        """What was worked out from it; begun anew when it has grown too big."""
        if self._memory.size > MOST_REMEMBERED:
            self._memory = Memory()
        return self._memory

    @property
    def items(self) -> frozenset[str]:
        return frozenset(item for item, _ in self._amounts)

    def at(self, key: tuple[str, str], period: str) -> Mapping[str, Amount]:
        return self._amounts.get(key, {}).get(period, _NONE)

    def units(self, key: tuple[str, str], period: str) -> frozenset[str]:
        found = self._units.get((*key, period))
        if found is None:
            found = self._units[(*key, period)] = frozenset(self.at(key, period))
        return found

    def periods(self, key: tuple[str, str]) -> tuple[Period, ...]:
        if key not in self._periods:
            self._periods[key] = tuple(sorted(period_of(text) for text in self._amounts.get(key, ())))
        return self._periods[key]

    def beneath(self, inside: frozenset[str]) -> int:
        """How many facts lie beneath all the actual values of these units."""
        if inside not in self._beneath:
            self._beneath[inside] = sum(amount.n or 0 for unit, amount in self._actual() if unit in inside)
        return self._beneath[inside]

    def _actual(self) -> Iterator[tuple[str, Amount]]:
        for (_, family), by_period in self._amounts.items():
            if family == ACTUAL:
                for units in by_period.values():
                    yield from units.items()


_NOTHING: Mapping[str, Sequence[Any]] = MappingProxyType(dict.fromkeys(COLUMNS, ()))


class Book:
    """Pages by indicator and slice, already cut to what the actor may see."""

    def __init__(self, pages: Mapping[tuple[str, str], Page]) -> None:
        self._pages = pages
        self._blank = Page(_NOTHING)

    def page(self, indicator: str, slice_: str = "") -> Page:
        return self._pages.get((indicator, slice_), self._blank)

    def at(self, what: What, period: str) -> Mapping[str, Amount]:
        """Amounts by unit id."""
        return self.page(what.indicator, what.slice).at((what.item, what.family), period)

    def units(self, what: What, period: str) -> frozenset[str]:
        """The units with an own observation."""
        return self.page(what.indicator, what.slice).units((what.item, what.family), period)

    def periods(self, what: What, grain: Grain) -> tuple[Period, ...]:
        """The periods of that grain with an observation somewhere, oldest first."""
        found = self.page(what.indicator, what.slice).periods((what.item, what.family))
        return tuple(period for period in found if period.grain is grain)

    def latest(self, what: What, grain: Grain, inside: frozenset[str], today: date) -> Period | None:
        """The newest period begun by `today` with an observation of one of these units."""
        periods = self.periods(what, grain)
        begun = periods[: bisect_right([period.start for period in periods], today)]
        return next((p for p in reversed(begun) if not self.units(what, p.text).isdisjoint(inside)), None)


def book_of(rows: Iterable[Mapping[str, Any]], home: str = "") -> Book:
    """A book of its own from plain rows with the columns `COLUMNS`."""
    every = list(rows)
    columns = {name: [row[name] for row in every] for name in COLUMNS}
    return Book({key: Page(found, home) for key, found in by_page(columns).items()})


def by_page(columns: Mapping[str, Sequence[Any]]) -> dict[tuple[str, str], Mapping[str, Sequence[Any]]]:
    """Columns of many pages parted by indicator and slice."""
    places: dict[tuple[str, str], list[int]] = {}
    for index, key in enumerate(zip(columns["indicator"], columns["slice"], strict=True)):
        places.setdefault(key, []).append(index)
    return {
        key: {name: [column[i] for i in indexes] for name, column in columns.items()} for key, indexes in places.items()
    }
