"""Against what: the previous period, the same period, the plan, any other period.

Never: makes a value (the lens does); colours anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from haidang.catalog.declared import Indicator
from haidang.indicators import spans
from haidang.indicators.amounts import NO_DATA, Amount, adds
from haidang.indicators.book import PLAN, What
from haidang.indicators.lens import Lens
from haidang.indicators.spans import Span
from haidang.words.nouns import Comparison
from haidang.words.periods import Grain

NO_PLAN = "no-plan"


@dataclass(frozen=True)
class View:
    """What is looked at: an indicator (or an item of it) of one place over one span, and its amount."""

    indicator: Indicator
    what: What
    unit: str
    span: Span
    amount: Amount


@dataclass(frozen=True)
class Target:
    """A plan and what is set against it: `so_far` of `plan`; a linear pace would be at `pace` (0..1) of it by now."""

    plan: float
    period: str
    so_far: float
    pace: float

    @property
    def reached(self) -> float | None:
        """% of the plan."""
        return self.so_far / self.plan * 100 if self.plan else None


def compared(against: str, view: View, lens: Lens) -> Comparison:
    """One comparison by its word, or by a period's text (raises BadQuestion)."""
    if against == "plan":
        return _with_plan(view, lens)
    span = _other(against, view.span)
    other = lens.over(view.what, view.unit, span)
    comparison = Comparison(against, span.text, other.value, reason=other.reason)
    return _set(comparison, view, view.amount.value)


def _other(against: str, span: Span) -> Span:
    if against == "previous":
        return span.previous()
    if against == "same-period":
        return span.same_period()
    return spans.read(against, cumulative=span.cumulative)


def _set(comparison: Comparison, view: View, value: float | None) -> Comparison:
    if value is None or comparison.value is None:
        return comparison
    difference = value - comparison.value
    return replace(
        comparison,
        difference=difference,
        percent=difference / abs(comparison.value) * 100 if comparison.value else None,
        good=better(view.indicator, difference),
    )


def better(indicator: Indicator, difference: float) -> bool | None:
    """Whether a change is good; None without a direction or a change."""
    if indicator.direction == "neutral" or difference == 0:
        return None
    return (difference > 0) == (indicator.direction == "up")


def _with_plan(view: View, lens: Lens) -> Comparison:
    found = target(view, lens)
    if found is None:
        return Comparison("plan", "", None, reason=NO_PLAN if view.amount.value is not None else NO_DATA)
    comparison = _set(Comparison("plan", found.period, found.plan), view, found.so_far)
    behind = found.so_far - found.plan * found.pace
    return replace(
        comparison,
        reached=found.reached,
        pace=found.pace * 100,
        good=None if view.indicator.direction == "neutral" else behind == 0 or better(view.indicator, behind),
    )


def target(view: View, lens: Lens) -> Target | None:
    """The plan of the very span; else of its year, against what has come of the year so far."""
    if view.amount.value is None or len(view.span.asked) > 1:
        return None
    plan = view.what._replace(family=PLAN)
    own = lens.over(plan, view.unit, replace(view.span, kept=None))
    if own.value is not None:
        return Target(own.value, view.span.text, view.amount.value, _share_gone(view))
    year = spans.year_of(view.span.last)
    yearly = lens.over(plan, view.unit, Span((year,)))
    if yearly.value is None:
        return None
    flow = adds(view.indicator).time == "sum"
    so_far = lens.over(view.what, view.unit, replace(view.span, cumulative=True)) if flow else view.amount
    if so_far.value is None:
        return None
    return Target(yearly.value, year.text, so_far.value, spans.pace(view.span.last) if flow else 1.0)


def _share_gone(view: View) -> float:
    """How much of the span the amount speaks for: 1, but for a flow whose period is still running."""
    last, upto = view.span.last, view.amount.upto
    if upto is None or upto >= last.end or adds(view.indicator).time != "sum" or view.span.kept is None:
        return 1.0
    if last.grain is Grain.YEAR:
        return upto.month / 12
    return ((upto - last.start).days + 1) / ((last.end - last.start).days + 1)
