"""Red, amber, green, with the reason and the numbers that explain it.

Declared thresholds first; else % of plan against a linear pace; else the same period a year before; old data is told.
Never: fetches anything, knows a colour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from haidang.catalog.declared import Indicator
from haidang.indicators.compare import Target
from haidang.words.nouns import Comparison, Status

GOOD, WATCH, WARN, BAD, NONE = "good", "watch", "warn", "bad", "none"
NEARLY = 0.9
"""From this share of the expected pace (or of the same period) on it is amber, below red."""


@dataclass(frozen=True)
class Signs:
    """What a status is judged by. `age` and `promise` in days; promise 0: none was made."""

    value: float | None
    reason: str = ""
    target: Target | None = None
    same: Comparison | None = None
    age: int | None = None
    promise: int = 0

    @property
    def stale(self) -> bool:
        return bool(self.promise and self.age is not None and self.age > self.promise)


def judge(indicator: Indicator, signs: Signs) -> Status:
    """The status of one value."""
    if signs.value is None:
        return Status(NONE, signs.reason or "no-data")
    found = _of_value(indicator, signs)
    if not signs.stale:
        return found
    old = (("age", str(signs.age)), ("promise", str(signs.promise)))
    if found.state in (NONE, GOOD):
        return Status(WATCH, "stale", (*old, *found.facts))
    return replace(found, facts=(*found.facts, *old))


def _of_value(indicator: Indicator, signs: Signs) -> Status:
    if indicator.direction == "neutral":
        return Status(NONE, "neutral")
    if indicator.amber is not None or indicator.red is not None:
        return _by_threshold(indicator, signs.value or 0.0)
    if signs.target and signs.target.plan > 0:
        return _by_plan(indicator, signs.target)
    if signs.same and signs.same.value is not None and signs.same.difference is not None:
        return _by_same_period(signs.same)
    return Status(NONE, "nothing-to-judge-by")


def _by_threshold(indicator: Indicator, value: float) -> Status:
    sign = 1 if indicator.direction == "up" else -1
    for state, name, limit in ((BAD, "red", indicator.red), (WARN, "amber", indicator.amber)):
        if limit is not None and (limit - value) * sign > 0:
            return Status(state, f"past-{name}", (("value", _text(value)), ("limit", _text(limit))))
    limits = {"amber": indicator.amber, "red": indicator.red}
    shown = tuple((name, _text(limit)) for name, limit in limits.items() if limit is not None)
    return Status(GOOD, "within-limits", (("value", _text(value)), *shown))


def _by_plan(indicator: Indicator, target: Target) -> Status:
    """Where more is good: at the pace or above is green; where less is good: at the pace or below."""
    reached, pace = target.so_far / target.plan, target.pace
    ahead, behind = (reached, pace) if indicator.direction == "up" else (pace, reached)
    share = ahead / behind if behind > 0 else 1.0
    facts = (
        ("reached", _text(reached * 100)),
        ("pace", _text(pace * 100)),
        ("plan", _text(target.plan)),
        ("so_far", _text(target.so_far)),
        ("period", target.period),
    )
    if share >= 1:
        return Status(GOOD, "on-plan", facts)
    return Status(WARN, "behind-plan", facts) if share >= NEARLY else Status(BAD, "far-behind-plan", facts)


def _by_same_period(same: Comparison) -> Status:
    facts = (
        ("same", _text(same.value or 0.0)),
        ("difference", _text(same.difference or 0.0)),
        ("percent", "" if same.percent is None else _text(same.percent)),
        ("period", same.period),
    )
    if same.good is None:
        return Status(GOOD, "as-same-period", facts)
    if same.good:
        return Status(GOOD, "better-than-same-period", facts)
    slight = same.percent is not None and abs(same.percent) < (1 - NEARLY) * 100
    return Status(WARN if slight else BAD, "worse-than-same-period", facts)


def _text(number: float) -> str:
    """Short and exact enough to be said; the door gives it the language's comma."""
    return f"{number:.6g}"
