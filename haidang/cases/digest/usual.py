"""Whether a count is what such days usually bring. Pure: counts in, a verdict with its reason out.

A day is held against the same week-days of the weeks before: by a robust z score where they bring many (median and
median deviation, which one odd week does not move), by the Poisson tail where they bring few. Never: asks for a count.
"""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass

LEAST_WEEKS = 4
"""With fewer weeks before it nobody can say what is usual."""
MANY = 10.0
"""From this median on the z score judges."""
HIGHEST_Z = 3.5
RARE = 1e-3
"""What happens by chance once in so many days is unusual; `looks`: in so many places it was looked for at once."""
LEAST = 4
"""Fewer reports than this are no outbreak."""


@dataclass(frozen=True)
class Verdict:
    """`much` or `little`; `low`–`high`: what is usual; `by`: z | poisson; `score`: how far out (of z, or −log10 p)."""

    kind: str
    low: int
    high: int
    by: str
    score: float


def judge(count: int, before: tuple[int, ...], *, looks: int = 1) -> Verdict | None:
    """None for what is usual, or when too little is known. `before`: the same days of the weeks before."""
    low, high = usual(before)
    if len(before) < LEAST_WEEKS or low <= count <= high:
        return None
    middle = statistics.median(before)
    found = _by_z(count, before, middle) if middle >= MANY else _by_chance(count, before, RARE / looks)
    if found is None:
        return None
    kind, by, score = found
    return Verdict(kind, low, high, by, round(score, 1))


def usual(before: tuple[int, ...]) -> tuple[int, int]:
    """What is usual, as a range: the weeks without the lowest and the highest of them."""
    known = sorted(before)
    inner = known[1:-1] if len(known) > LEAST_WEEKS else known
    return (inner[0], inner[-1]) if inner else (0, 0)


def _by_z(count: int, before: tuple[int, ...], middle: float) -> tuple[str, str, float] | None:
    spread = 1.4826 * statistics.median(abs(one - middle) for one in before)
    # Counts scatter by at least their own root, however alike a few weeks happened to be.
    z = (count - middle) / max(spread, math.sqrt(middle))
    return ("much" if z > 0 else "little", "z", abs(z)) if abs(z) >= HIGHEST_Z else None


def _by_chance(count: int, before: tuple[int, ...], rare: float) -> tuple[str, str, float] | None:
    mean = (sum(before) + 0.5) / len(before)
    if count >= LEAST and count > 2 * mean and (p := tail(count, mean)) < rare:
        return "much", "poisson", -math.log10(max(p, 1e-30))
    if count == 0 and math.exp(-mean) < rare:
        return "little", "poisson", mean / math.log(10)
    return None


def tail(count: int, mean: float) -> float:
    """The chance of `count` or more where `mean` is usual (Poisson)."""
    if count <= mean:
        below = sum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(count))
        return 1 - below
    term, total = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1)), 0.0
    for n in range(count, count + 400):
        total += term
        term *= mean / (n + 1)
    return total
