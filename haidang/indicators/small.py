"""Small groups: which figures of one Answer are hidden so that no group below the floor can be told by subtraction.

Primary suppression hides groups of fewer than `floor` persons. Complementary (secondary) suppression hides more until
(a) no sum of shown figures leaves a hidden one alone, (b) what is hidden of one shown sum is together no small group
itself, (c) no combination of sums fixes a hidden figure: neither by the reduced system of sums over the hidden ones,
nor by bounds (a hidden group has one person at least) carried from sum to sum. The smallest figure is taken each time,
ties by name, so the same question hides the same. After Hundepool et al., Statistical Disclosure Control (2012),
chapter 4, and the ESSnet Handbook on Statistical Disclosure Control; quick, not the least possible loss.

Never: knows a place or a period, makes a number.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Name = Hashable


@dataclass(frozen=True)
class Sum:
    """A group is its parts together. Names that stand for nothing (no facts) may be left out."""

    whole: Name
    parts: tuple[Name, ...]


def hidden(sizes: Mapping[Any, int], sums: Iterable[Sum], floor: int, *, unseen: Iterable[Name] = ()) -> set[Any]:
    """Names to hide. `sizes`: persons of each group; `unseen`: groups that are in no Answer and only follow from it.

    A group without persons is no secret and counts for nothing.
    """
    known = {name: size for name, size in sizes.items() if size > 0}
    system = [Sum(s.whole, tuple(p for p in dict.fromkeys(s.parts) if p in known)) for s in sums if s.whole in known]
    chosen = {name for name, size in known.items() if size < floor}
    fixed = set(unseen)
    while chosen:
        taken = Taken(chosen, fixed)
        more = _lone(system, known, taken, floor) or _told(system, known, taken)
        if more is None:
            break
        chosen.add(more)
    return chosen - fixed


@dataclass(frozen=True)
class Taken:
    """What must not be told so far, and what is in no Answer: it is not known, nor can it be hidden."""

    secret: set[Name]
    unseen: set[Name]

    @property
    def unknown(self) -> set[Name]:
        return self.secret | self.unseen


def _lone(system: Sequence[Sum], sizes: Mapping[Name, int], taken: Taken, floor: int) -> Name | None:
    """The next to hide in a sum that would tell of what it hides."""
    unknown = taken.unknown
    for one in system:
        if taken.secret.isdisjoint((one.whole, *one.parts)):
            continue
        whole = one.whole in unknown
        parts = [part for part in one.parts if part in unknown]
        enough = whole or sum(sizes[part] for part in parts) >= floor
        if len(parts) + whole >= 2 and enough:
            continue
        if (more := _smallest(one.parts, sizes, taken)) or (more := _smallest((one.whole,), sizes, taken)):
            return more
    return None


def _told(system: Sequence[Sum], sizes: Mapping[Name, int], taken: Taken) -> Name | None:
    """The next to hide since several sums together fix one that is hidden."""
    for name in (*determined(system, taken.unknown), *pinned(system, sizes, taken.unknown)):
        if name not in taken.secret:
            continue
        around = [one for one in system if name == one.whole or name in one.parts]
        near = [other for one in around for other in (*one.parts, one.whole)]
        if (more := _smallest(near, sizes, taken)) is not None:
            return more
    return None


def _smallest(names: Iterable[Name], sizes: Mapping[Name, int], taken: Taken) -> Name | None:
    free = [name for name in names if name not in taken.unknown]
    return min(free, key=lambda name: (sizes[name], str(name)), default=None)


def determined(system: Sequence[Sum], secret: set[Name]) -> list[Name]:
    """Hidden names whose size follows exactly from the sums and the shown sizes."""
    order = sorted(secret, key=str)
    at = {name: index for index, name in enumerate(order)}
    rows = [row for one in system if (row := _row(one, at))]
    return [order[next(iter(row))] for row in _reduced(rows) if len(row) == 1]


_MOST_ROUNDS = 50


def pinned(system: Sequence[Sum], sizes: Mapping[Name, int], unknown: set[Name]) -> list[Name]:
    """Unknown names whose size is fixed by bounds: at least one person each, carried from sum to sum."""
    low, high = dict.fromkeys(unknown, 1), dict.fromkeys(unknown, sum(sizes.values()))
    for _ in range(_MOST_ROUNDS):
        before = (dict(low), dict(high))
        for one in system:
            _narrow(one, sizes, (low, high))
        if before == (low, high):
            break
    return sorted((name for name in unknown if low[name] == high[name]), key=str)


Bounds = tuple[dict[Name, int], dict[Name, int]]


def _narrow(one: Sum, sizes: Mapping[Name, int], bounds: Bounds) -> None:
    low, high = bounds
    least = {name: low.get(name, sizes[name]) for name in (one.whole, *one.parts)}
    most = {name: high.get(name, sizes[name]) for name in (one.whole, *one.parts)}
    all_least, all_most = (sum(side[part] for part in one.parts) for side in (least, most))
    for part in one.parts:
        if part in low:
            low[part] = max(low[part], least[one.whole] - (all_most - most[part]))
            high[part] = min(high[part], most[one.whole] - (all_least - least[part]))
    if one.whole in low:
        low[one.whole] = max(low[one.whole], all_least)
        high[one.whole] = min(high[one.whole], all_most)


def _row(one: Sum, at: Mapping[Name, int]) -> dict[int, Fraction]:
    row = {at[part]: Fraction(1) for part in one.parts if part in at}
    if one.whole in at:
        row[at[one.whole]] = Fraction(-1)
    return row


def _reduced(rows: Sequence[dict[int, Fraction]]) -> list[dict[int, Fraction]]:
    """Reduced row echelon form of sparse rows."""
    done: dict[int, dict[int, Fraction]] = {}
    for row in rows:
        rest = dict(row)
        for pivot in [column for column in row if column in done]:
            rest = _less(rest, done[pivot], rest.get(pivot, Fraction(0)))
        if not rest:
            continue
        pivot = min(rest)
        rest = {column: value / rest[pivot] for column, value in rest.items()}
        for other, known in list(done.items()):
            if pivot in known:
                done[other] = _less(known, rest, known[pivot])
        done[pivot] = rest
    return list(done.values())


def _less(row: dict[int, Fraction], other: Mapping[int, Fraction], times: Fraction) -> dict[int, Fraction]:
    left = {column: row.get(column, Fraction(0)) - times * other.get(column, Fraction(0)) for column in {*row, *other}}
    return {column: value for column, value in left.items() if value}
