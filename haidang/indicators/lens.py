"""The lens: the reckoner as one actor may see through it.

Small groups of persons are masked, one by one; that none can be told by subtraction is seen to when the whole Answer
is there (`guarded`). Never: decides the floor (the gate does).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from haidang.indicators.amounts import MASKED, Amount, nothing
from haidang.indicators.book import What
from haidang.indicators.reckon import Reckoner
from haidang.indicators.spans import Span
from haidang.words.periods import Period

Named = tuple[str, Amount]


class Lens:
    """Amounts for one question. `floor`: groups of fewer persons are masked; 0 masks nothing."""

    def __init__(self, reckoner: Reckoner, floor: int = 0) -> None:
        self.reckoner, self.floor = reckoner, floor

    @property
    def today(self) -> date:
        return self.reckoner.world.today

    def over(self, what: What, unit: str, span: Span) -> Amount:
        """The amount of a place over a span, masked where it must be, its parts too."""
        return self.masked(self.reckoner.over(what, unit, span))

    def latest(self, what: What, unit: str) -> Period | None:
        return self.reckoner.latest(what, unit)

    def kept(self, what: What, unit: str, span: Span) -> Span:
        return self.reckoner.kept(what, unit, span)

    def masked(self, amount: Amount) -> Amount:
        if not self.floor:
            return amount
        seen = _hidden(amount) if self._small(amount) else amount
        return seen._replace(parts=self.each(seen.parts)) if seen.parts else seen

    def each(self, amounts: Iterable[Named]) -> tuple[Named, ...]:
        """The amounts of one breakdown."""
        return tuple((name, self.masked(amount)) for name, amount in amounts)

    def _small(self, amount: Amount) -> bool:
        return amount.n is not None and 0 < amount.n < self.floor


def _hidden(amount: Amount) -> Amount:
    return nothing(MASKED)._replace(have=amount.have, expected=amount.expected, runs=amount.runs, upto=amount.upto)
