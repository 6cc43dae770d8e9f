"""One Answer with its small groups hidden, and as much more as keeps them from being told by subtraction.

Every figure of the Answer is a group of persons: the place's own over its span, its parts, its cells, other spans of
its series and comparisons. Which sums hold between them is told here; which to hide, by `small`. What other Answers
show is not known here (docs/personal.md says what remains). Never: makes a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from haidang.indicators import small, spans
from haidang.indicators.amounts import MASKED, adds
from haidang.indicators.asked import GRAINS, PLACE, PLACE_TODAY, Asked
from haidang.indicators.lens import Lens
from haidang.indicators.small import Sum
from haidang.indicators.spans import Span
from haidang.words.nouns import Answer, Cell, Comparison, Status


class Group(NamedTuple):
    """Whom a figure is about: of a unit, an item of the slice asked by, from one day to another."""

    unit: str
    item: str
    start: date
    end: date
    rest: bool = False  # what a longer stretch has beside the shorter ones shown: in no Answer


@dataclass(frozen=True)
class _Table:
    """The figures of one Answer."""

    asked: Asked
    lens: Lens
    span: Span

    @property
    def whole(self) -> Group:
        return self.group(self.span)

    def group(self, span: Span, unit: str = "", item: str = "") -> Group:
        first = spans.year_of(span.last).start if span.cumulative else span.asked[0].start
        return Group(unit or self.asked.unit.id, item, first, span.last.end)

    def size(self, span: Span, unit: str = "", item: str = "") -> int:
        """How many persons, before anything is hidden."""
        what = self.asked.what._replace(slice=self.asked.by_slice, item=item) if item else self.asked.what
        return self.lens.reckoner.over(what, unit or self.asked.unit.id, span).n or 0


def guarded(answer: Answer, asked: Asked, lens: Lens, span: Span) -> Answer:
    """The Answer as the asker may see it; the same one when nothing must be hidden."""
    if not lens.floor:
        return answer
    table = _Table(asked, lens, span)
    sizes = _sizes(answer, table)
    sums, rests = _sums(answer, table, sizes)
    chosen = small.hidden(sizes | rests, sums, lens.floor, unseen=rests)
    return _without(answer, table, {group for group in chosen if isinstance(group, Group)}) if chosen else answer


# --- which groups there are


def _sizes(answer: Answer, table: _Table) -> dict[Group, int]:
    """Persons of every group a figure of the Answer is about."""
    span = table.span
    sizes = {table.whole: table.size(span)}
    sizes |= {table.group(span, cell.key): table.size(span, cell.key) for cell in answer.parts}
    for cell in answer.cells:
        sizes[_of_cell(cell, table)] = _of_size(cell, table)
    for other in _other_spans(answer, table):
        sizes[table.group(other)] = table.size(other)
    return sizes


def _of_cell(cell: Cell, table: _Table) -> Group:
    by = table.asked.question.by
    if by in (PLACE, PLACE_TODAY):
        # What is a place's own beside its parts is no place: it stands as an item of its own.
        return table.group(table.span, cell.key, "" if cell.key != table.asked.unit.id else "(own)")
    return table.group(spans.read(cell.key)) if by in GRAINS else table.group(table.span, item=_item(cell.key))


def _of_size(cell: Cell, table: _Table) -> int:
    by = table.asked.question.by
    if by in (PLACE, PLACE_TODAY):
        return _own_size(table) if cell.key == table.asked.unit.id else table.size(table.span, cell.key)
    return table.size(spans.read(cell.key)) if by in GRAINS else table.size(table.span, item=cell.key)


def _own_size(table: _Table) -> int:
    amount = table.lens.reckoner.over(table.asked.what, table.asked.unit.id, table.span)
    return next((part.n or 0 for key, part in amount.parts if key == table.asked.unit.id), 0)


def _item(key: str) -> str:
    return f"item {key}"


def _other_spans(answer: Answer, table: _Table) -> Iterable[Span]:
    """Of the series and of what it is compared with (also the same period its status may be judged by)."""
    for cell in answer.series:
        yield _read(cell.key, table.span)
    for comparison in answer.compare:
        if comparison.period and comparison.against != "plan":
            yield _read(comparison.period, table.span)
    yield table.span.same_period()


def _read(text: str, span: Span) -> Span:
    found = spans.read(text, cumulative=span.cumulative)
    return replace(found, kept=span.kept) if len(found.asked) == 1 else found


# --- which sums hold


def _sums(answer: Answer, table: _Table, sizes: Mapping[Group, int]) -> tuple[list[Sum], dict[Group, int]]:
    whole, by = table.whole, table.asked.question.by
    sums = [Sum(whole, tuple(table.group(table.span, cell.key) for cell in answer.parts))] if answer.parts else []
    if answer.cells and by not in GRAINS:
        sums.append(Sum(whole, tuple(_of_cell(cell, table) for cell in answer.cells)))
    more, rests = _in_time(table, sizes)
    return [*sums, *more], rests


def _in_time(table: _Table, sizes: Mapping[Group, int]) -> tuple[list[Sum], dict[Group, int]]:
    """A stretch of time is the shorter ones shown inside it and the rest; of stocks it is its last one alone."""
    own = [group for group in sizes if group.unit == table.asked.unit.id and not group.item]
    stock = adds(table.asked.indicator).time == "last"
    sums, rests = [], {}
    for outer in own:
        inner = _inside(outer, own)
        if stock:
            sums += [Sum(outer, (one,)) for one in inner if one.end == outer.end]
        elif inner:
            left = sizes[outer] - sum(sizes[one] for one in inner)
            rest = outer._replace(rest=True)
            rests[rest] = max(0, left)
            sums.append(Sum(outer, (*inner, rest)))
    return sums, rests


def _inside(outer: Group, own: Iterable[Group]) -> list[Group]:
    """The longest stretches within another that do not overlap, the longest first."""
    found: list[Group] = []
    within = [one for one in own if outer.start <= one.start and one.end <= outer.end and one != outer]
    for one in sorted(within, key=lambda group: (group.start - group.end, group.start)):
        if all(one.end < other.start or other.end < one.start for other in found):
            found.append(one)
    return found


# --- without them


def _without(answer: Answer, table: _Table, hidden: set[Group]) -> Answer:
    gone = table.whole in hidden
    judged = gone or table.group(table.span.same_period()) in hidden
    changes: dict[str, object] = {
        "parts": tuple(_cell(cell, table.group(table.span, cell.key) in hidden) for cell in answer.parts),
        "cells": tuple(_cell(cell, _of_cell(cell, table) in hidden) for cell in answer.cells),
        "series": tuple(_cell(cell, table.group(_read(cell.key, table.span)) in hidden) for cell in answer.series),
        "compare": tuple(_comparison(one, table, hidden, gone=gone) for one in answer.compare),
    }
    if gone:
        changes |= {"value": None, "num": None, "den": None, "n": None, "reason": MASKED}
        changes["facts"] = {name: said for name, said in answer.facts.items() if name not in ("so_far", "upto")}
    if judged:
        changes["status"] = Status(reason=MASKED)
    return Answer(**{**vars(answer), **changes})


def _cell(cell: Cell, hidden: bool) -> Cell:
    return Cell(cell.key, cell.label, None, reason=MASKED) if hidden else cell


def _comparison(one: Comparison, table: _Table, hidden: set[Group], *, gone: bool) -> Comparison:
    if one.against == "plan":
        return Comparison(one.against, one.period, None, reason=MASKED) if gone else one
    if one.period and table.group(_read(one.period, table.span)) in hidden:
        return Comparison(one.against, one.period, None, reason=MASKED)
    return replace(one, difference=None, percent=None, good=None) if gone else one
