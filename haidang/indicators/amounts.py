"""Amounts: one value with its parts, and the only arithmetic that joins several into one.

Never: knows a place, a period or a table; averages averages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from haidang.catalog.declared import Indicator

NO_DATA = "no-data"
NOT_ADDITIVE = "index-not-additive"
NOT_OVER_TIME = "not-additive-over-time"
MISSING_PARTS = "missing-parts"
PART_MERGED = "part-merged"
PLACE_ENDED = "place-ended"
FINER = "finer-than-kept"
MASKED = "masked"
NO_RUNS: frozenset[str] = frozenset()

HARD = frozenset({NOT_ADDITIVE, NOT_OVER_TIME, MISSING_PARTS, PART_MERGED})
"""Reasons that mean `there is something, but it cannot be joined`: they are handed up, never counted as a gap."""


class Amount(NamedTuple):
    """A value (None with a `reason`) and what it is re-divided from.

    `have` of `expected` own values beneath were there; `upto` is the last day they speak for; `runs` landed them;
    `parts` are the amounts of the places it was joined from, by unit id.
    """

    value: float | None
    num: float | None = None
    den: float | None = None
    n: int | None = None
    reason: str = ""
    kind: str = "actual"
    have: int = 1
    expected: int = 1
    upto: date | None = None
    runs: frozenset[str] = NO_RUNS
    parts: tuple[tuple[str, Amount], ...] = ()

    @property
    def complete(self) -> float:
        """Share of the expected values that were there, 0..1."""
        return self.have / self.expected if self.expected else 0.0


class Adds(NamedTuple):
    """How an indicator adds up.

    `strict`: official values are not added with a hole in them; `scale`: value = num / den × scale.
    """

    place: str
    time: str
    scale: float
    strict: bool


_IMPLIED = {
    "sum": ("sum", "sum"),
    "count": ("sum", "sum"),
    "mean": ("redivide", "redivide"),
    "ratio": ("redivide", "redivide"),
    "last": ("sum", "last"),
    "distinct": ("sum", "sum"),  # only to see what lies beneath; the number itself is asked of the facts
    "formula": ("none", "none"),  # recomputed from its parts
    "reported": ("none", "none"),
}
_WORST_FIRST = ("plan", "estimate", "preliminary", "actual", "final")


def nothing(reason: str = NO_DATA) -> Amount:
    """No value, and why."""
    return Amount(None, reason=reason, have=0)


def adds(indicator: Indicator) -> Adds:
    """What is declared, else what the kind implies."""
    place, time = _IMPLIED[indicator.kind]
    # `last` makes no sense over places: a stock of several places is their sum.
    declared = "sum" if indicator.adds_place == "last" else indicator.adds_place
    return Adds(declared or place, indicator.adds_time or time, indicator.scale, indicator.kind == "reported")


def over_places(parts: Sequence[tuple[str, Amount]], how: Adds) -> Amount:
    """One amount of several places; the parts stay inside it."""
    amounts = [amount for _, amount in parts]
    joined = _gap(amounts)
    if joined is None:
        joined = _barred(amounts, NOT_ADDITIVE) if how.place == "none" else _joined(amounts, how.place, how)
    return joined._replace(parts=tuple(parts))


def over_time(amounts: Sequence[Amount], how: Adds) -> Amount:
    """One amount of several periods of one place, oldest first."""
    if len(amounts) == 1:
        return amounts[0]
    joined = _gap(amounts)
    if joined is None:
        joined = _in_time(amounts, how)
    return joined._replace(parts=_parts_over_time(amounts, how))


def _in_time(amounts: Sequence[Amount], how: Adds) -> Amount:
    if how.time == "last":
        return next(amount for amount in reversed(amounts) if amount.value is not None)
    if how.time == "none":
        return _barred(amounts, NOT_OVER_TIME)
    return _joined(amounts, how.time, how)


def _gap(amounts: Sequence[Amount]) -> Amount | None:
    """Why nothing can be joined at all, or None when it may go on."""
    hard = next((amount.reason for amount in amounts if amount.value is None and amount.reason in HARD), "")
    if hard or all(amount.value is None for amount in amounts):
        return _barred(amounts, hard or next((a.reason for a in amounts if a.reason), NO_DATA))
    return None


def _joined(amounts: Sequence[Amount], how: str, adding: Adds) -> Amount:
    known = [amount for amount in amounts if amount.value is not None]
    if adding.strict and len(known) < len(amounts):
        return _barred(amounts, MISSING_PARTS)
    around = _around(amounts)
    if how != "redivide":
        total = sum(amount.value or 0.0 for amount in known)
        return around._replace(value=total, num=total, reason="")
    if any(amount.num is None or amount.den is None for amount in known):
        return _barred(amounts, NOT_ADDITIVE)  # an official rate whose parts were never given
    num, den = sum(amount.num or 0.0 for amount in known), sum(amount.den or 0.0 for amount in known)
    value = num / den * adding.scale if den else None
    return around._replace(value=value, num=num, den=den, reason="" if den else NO_DATA)


def _barred(amounts: Sequence[Amount], reason: str) -> Amount:
    return _around(amounts)._replace(reason=reason)


def _around(amounts: Sequence[Amount]) -> Amount:
    """Everything of the joined amount but the value."""
    known = [amount for amount in amounts if amount.value is not None]
    counts = [amount.n for amount in known if amount.n is not None]
    return Amount(
        None,
        n=sum(counts) if counts else None,
        kind=min((amount.kind for amount in known), key=_WORST_FIRST.index, default="actual"),
        have=sum(amount.have for amount in amounts),
        expected=sum(amount.expected for amount in amounts),
        upto=max((amount.upto for amount in known if amount.upto), default=None),
        runs=_runs(amounts),
    )


def _runs(amounts: Sequence[Amount]) -> frozenset[str]:
    kinds = {amount.runs for amount in amounts}
    return next(iter(kinds)) if len(kinds) == 1 else NO_RUNS.union(*kinds)


def _parts_over_time(amounts: Sequence[Amount], how: Adds) -> tuple[tuple[str, Amount], ...]:
    """The same parts, each joined over the periods in which it was a part."""
    by_unit: dict[str, list[Amount]] = {}
    for amount in amounts:
        for unit, part in amount.parts:
            by_unit.setdefault(unit, []).append(part)
    return tuple((unit, over_time(found, how)) for unit, found in by_unit.items())
