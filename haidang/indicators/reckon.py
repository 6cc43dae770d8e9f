"""The reckoner: the amount of an indicator for any place and any stretch of time, from the observations there are.

Own observation of the version in force first; else joined from what lies beneath on that day (children, or
predecessors across a merger), base period by base period, and only then over time.
Never: asks the store (what must be asked of the facts is noted in `wanted`), masks, renders.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from haidang.catalog.declared import Indicator
from haidang.indicators import formula
from haidang.indicators.amounts import (
    FINER,
    NO_DATA,
    PART_MERGED,
    PLACE_ENDED,
    Adds,
    Amount,
    adds,
    nothing,
    over_places,
    over_time,
)
from haidang.indicators.book import Book, Memory, What
from haidang.indicators.spans import Span
from haidang.words.periods import Grain, Period
from haidang.words.places import Register, Unit

ASKED_OF_FACTS = "asked-of-facts"


class Wanted(NamedTuple):
    """A distinct count that only the facts can give: of these units, over these days."""

    what: What
    units: frozenset[str]
    start: date
    end: date


@dataclass(frozen=True)
class World:
    """What a reckoner leans on: the register, the declared indicators by key, what today is, the centre's own place."""

    register: Register
    indicator: Callable[[str], Indicator]
    today: date
    home: str = ""
    everywhere: frozenset[str] = frozenset()
    """Datasets whose facts stand at every level: a place's own amount adds to what lies beneath."""


class Reckoner:
    """One per call: it notes in `wanted` what only the facts can tell."""

    def __init__(self, book: Book, world: World, distinct: dict[Wanted, int | None] | None = None) -> None:
        self.book, self.world = book, world
        self.distinct = distinct if distinct is not None else {}
        self.wanted: set[Wanted] = set()

    # --- time

    def over(self, what: What, unit: str, span: Span) -> Amount:
        """The amount of a place over a span."""
        indicator = self.world.indicator(what.indicator)
        if indicator.kind == "formula":
            return self._formula(indicator, what, unit, span)
        bases = self._bases(indicator, what, unit, span)
        if not bases:
            return nothing(FINER)
        key, memory = (what, unit, bases), self._memory(what)
        known = memory.over.get(key)
        if known is None:
            known = self._joined(indicator, what, unit, bases)
            if known.reason != ASKED_OF_FACTS:
                memory.over[key] = known
        return known

    def _memory(self, what: What) -> Memory:
        return self.book.page(what.indicator, what.slice).memory

    def _bases(self, indicator: Indicator, what: What, unit: str, span: Span) -> tuple[Period, ...]:
        """The base periods of a span; a coarser value given as such (a year's plan of a month's indicator) stands."""
        asked = span.last
        given = not span.cumulative and len(span.asked) == 1 and asked.grain is not Grain(indicator.grain)
        if given and not self.book.units(what, asked.text).isdisjoint(self.world.register.territory(unit)):
            return (asked,)
        return span.bases(Grain(indicator.grain))

    def _joined(self, indicator: Indicator, what: What, unit: str, bases: tuple[Period, ...]) -> Amount:
        how = adds(indicator)
        amount = over_time([self.at(what, unit, base, how) for base in bases], how)
        if indicator.kind == "distinct" and amount.value is not None and (len(bases) > 1 or amount.parts):
            return self._distinct(what, unit, bases, amount)
        return amount

    def latest(self, what: What, unit: str) -> Period | None:
        """The newest period of the indicator's grain, begun by today, for which there is anything of this place."""
        indicator = self.world.indicator(what.indicator)
        if indicator.kind != "formula":
            inside = self.world.register.territory(unit)
            return self.book.latest(what, Grain(indicator.grain), inside, self.world.today)
        found = [self.latest(what._replace(indicator=key), unit) for key in formula.references(indicator)]
        if not found or None in found:
            return None
        oldest = min((period for period in found if period), key=lambda period: period.end)
        grain = Grain(indicator.grain)
        return oldest if oldest.grain.rank >= grain.rank else oldest.within(grain)

    def kept(self, what: What, unit: str, span: Span) -> Span:
        """The span cut to the base periods that have come, when its period is still running."""
        indicator = self.world.indicator(what.indicator)
        bases = span.bases(Grain(indicator.grain))
        if span.last.end < self.world.today or len(bases) < 2 or len(self._bases(indicator, what, unit, span)) < 2:
            return span
        known = [self.over(what, unit, Span((base,))).reason != NO_DATA for base in bases]
        count = len(bases) - next((i for i, there in enumerate(reversed(known)) if there), len(bases))
        return Span(span.asked, span.cumulative, count) if 0 < count < len(bases) else span

    # --- place

    def at(self, what: What, unit: str, base: Period, how: Adds) -> Amount:
        """The amount of a place in one base period."""
        key, memory = (what, unit, base), self._memory(what)
        known = memory.at.get(key)
        if known is None:
            known = self._found(what, unit, base, how)
            memory.at[key] = known
        return known

    def _found(self, what: What, unit: str, base: Period, how: Adds) -> Amount:
        own = self.book.at(what, base.text).get(unit)
        if own is None:
            return self._beneath(what, unit, base, how)
        if self.world.indicator(what.indicator).dataset not in self.world.everywhere:
            return own
        beneath = self._beneath(what, unit, base, how)
        return over_places([*beneath.parts, (unit, own)], how) if beneath.value is not None else own

    def _beneath(self, what: What, unit: str, base: Period, how: Adds) -> Amount:
        here, register = self.book.units(what, base.text), self.world.register
        version = register.unit(unit)
        if not here:
            return nothing()
        if version.start <= base.end and here.isdisjoint(register.territory(unit)):
            return nothing(PLACE_ENDED if version.end and version.end < base.end else NO_DATA)
        parts = register.parts(unit, base.end)
        amounts = [(part.id, self.at(what, part.id, base, how)) for part, _ in parts]
        if not version.stands(base.end) and len(amounts) == 1 and parts[0][1]:
            return amounts[0][1]  # the same ground under another name
        return _with_halves(parts, amounts, how)

    # --- not from observations

    def _formula(self, indicator: Indicator, what: What, unit: str, span: Span) -> Amount:
        keys = formula.references(indicator)
        if not keys:
            return nothing()
        amounts = {key: self.over(what._replace(indicator=key), unit, span) for key in keys}
        parts = dict.fromkeys(part for amount in amounts.values() for part, _ in amount.parts if part != unit)
        made = _evaluated(indicator, amounts)
        return made._replace(parts=tuple((part, self._formula(indicator, what, part, span)) for part in parts))

    def _distinct(self, what: What, unit: str, bases: Sequence[Period], amount: Amount) -> Amount:
        wanted = Wanted(what, self.world.register.territory(unit), bases[0].start, bases[-1].end)
        if wanted not in self.distinct:
            self.wanted.add(wanted)
            return amount._replace(value=None, num=None, reason=ASKED_OF_FACTS)
        count = self.distinct[wanted]
        if count is None:
            return nothing("denied")
        return amount._replace(value=float(count), num=float(count))


def _with_halves(parts: Sequence[tuple[Unit, bool]], amounts: list[tuple[str, Amount]], how: Adds) -> Amount:
    """Joined, unless a predecessor brought only a part of its ground: its number cannot be cut."""
    joined = over_places(amounts, how) if amounts else nothing()
    whole = {unit.id for unit, whole in parts if whole}
    if joined.value is not None and any(unit not in whole and a.value is not None for unit, a in amounts):
        return joined._replace(value=None, num=None, den=None, reason=PART_MERGED)
    return joined


def _evaluated(indicator: Indicator, amounts: dict[str, Amount]) -> Amount:
    found = tuple(amounts.values())
    missing = next((amount for amount in found if amount.value is None), None)
    value = None
    if missing is None:
        value = formula.evaluate(indicator, {key: amount.value or 0.0 for key, amount in amounts.items()})
    counts = [amount.n for amount in found if amount.n is not None]
    return Amount(
        value if value is None else value * indicator.scale,
        n=min(counts, default=None),
        reason="" if value is not None else missing.reason if missing else "divided-by-zero",
        have=sum(amount.have for amount in found),
        expected=sum(amount.expected for amount in found),
        upto=min((amount.upto for amount in found if amount.upto), default=None),
        runs=frozenset[str]().union(*(amount.runs for amount in found)),
    )
