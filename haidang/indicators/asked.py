"""A question understood: its indicator, place, slice and what must be read for it, with the right to look.

Never: reads an observation, makes a number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from haidang.access import gate
from haidang.catalog.declared import Catalog, Dataset, Indicator
from haidang.catalog.nearest import nearest, some
from haidang.indicators import formula
from haidang.indicators.book import What
from haidang.words.errors import Absent, BadQuestion, Denied
from haidang.words.nouns import Actor, Label, Level, Question, Scope, Subject
from haidang.words.periods import Grain
from haidang.words.places import Register, Unit

PLACE, PLACE_TODAY = "place", "place-today"
GRAINS = frozenset(Grain)


@dataclass(frozen=True)
class Asked:
    """One question, ready to be answered. `scope` is None when the actor may not."""

    question: Question
    indicator: Indicator
    leaves: tuple[Indicator, ...]  # the indicators with observations beneath (itself, or a formula's)
    datasets: dict[str, Dataset] = field(hash=False)
    unit: Unit
    what: What
    scope: Scope | None

    @property
    def by_slice(self) -> str:
        """The slice it is broken down by, "" when none."""
        by = self.question.by
        return "" if by in (PLACE, PLACE_TODAY, *GRAINS) else by

    @property
    def pages(self) -> frozenset[tuple[str, str]]:
        """(indicator, slice) of every page of observations needed."""
        slices = {self.what.slice, self.by_slice}
        return frozenset((leaf.key, slice_) for leaf in self.leaves for slice_ in slices)

    @property
    def floor(self) -> int:
        """Below how many persons a group is masked."""
        person = any(dataset.person for dataset in self.datasets.values())
        return self.scope.floor if self.scope and person else 0


class Reader:
    """Understands questions of one actor; asks the gate once for what is alike."""

    def __init__(self, catalog: Catalog, register: Register, home: str, today: date, *, offered: bool = False) -> None:
        self.catalog, self.register, self.home, self.today = catalog, register, home, today
        self._offered = offered
        self._scopes: dict[tuple[str, Level, str], Scope | None] = {}

    def read(self, question: Question, who: Actor, *, lenient: bool = False) -> Asked:
        """Raises Absent (unknown place or indicator) and BadQuestion.

        Whoever may not see it is told nothing of it, not even what is wrong with the question: `scope` is None then.
        `lenient`: an indicator that does not exist is one that may not be seen.
        """
        unit = self.register.resolve(question.place or self.home, self.today)
        try:
            indicator = self.catalog.indicator(question.indicator)
        except Absent:
            if not lenient:
                raise
            return hidden(question, unit)
        scope = self._may(indicator, unit, who)
        if scope is None:
            return hidden(question, unit)
        if not self._may_slice(question, indicator, unit, who):
            return hidden(question, unit)
        leaves = tuple(_leaves(indicator, self.catalog.indicator))
        keys = dict.fromkeys(leaf.dataset for leaf in leaves if leaf.dataset)
        datasets = {key: self.catalog.dataset(key) for key in keys}
        asked = Asked(question, indicator, leaves, datasets, unit, _what(question, indicator), scope)
        _check_slices(asked)
        return asked

    def _may_slice(self, question: Question, indicator: Indicator, unit: Unit, who: Actor) -> bool:
        """The items of a slice are cells of its column: they want the column's level, a person's also a purpose."""
        dataset = self.catalog.dataset(indicator.dataset) if indicator.dataset else None
        named = {question.by, *(name for name, _ in question.where)}
        for column in dataset.columns if dataset else ():
            level = max(column.level, dataset.level) if dataset else column.level
            if column.name not in named or column.name not in indicator.slices:
                continue
            if level > self.catalog.level_of(indicator) and self._may(indicator, unit, who, level) is None:
                return False
            if level is Level.PERSONAL and not gate.purposed(who, indicator.pack):
                return False
        return True

    def _may(self, indicator: Indicator, unit: Unit, who: Actor, level: Level | None = None) -> Scope | None:
        level = self.catalog.level_of(indicator) if level is None else level
        key = (indicator.pack, level, unit.id)
        if key not in self._scopes:
            subject = Subject(indicator.pack, indicator.name, level, frozenset({unit.id}))
            try:
                self._scopes[key] = gate.require(who, "read", subject, offered=self._offered)
            except Denied:
                self._scopes[key] = None
        return self._scopes[key]


def hidden(question: Question, unit: Unit) -> Asked:
    """A question whose indicator may not be seen, or does not exist: nothing of it but the key that was asked."""
    key = question.indicator
    stand_in = Indicator(key, key.partition(".")[0], Label(key, key), "reported", "", "year")
    return Asked(question, stand_in, (), {}, unit, What(key, "", ""), None)


def _leaves(indicator: Indicator, find: Callable[[str], Indicator]) -> dict[Indicator, None]:
    if indicator.kind != "formula" or not indicator.formula:
        return {indicator: None}
    found: dict[Indicator, None] = {}
    for key in formula.references(indicator):
        found |= _leaves(find(key), find)
    return found


def _what(question: Question, indicator: Indicator) -> What:
    if len(question.where) > 1:
        raise BadQuestion("slices-not-crossed", found=", ".join(name for name, _ in question.where))
    slice_, item = question.where[0] if question.where else ("", "")
    return What(indicator.key, slice_, item)


def _check_slices(asked: Asked) -> None:
    for slice_ in {asked.what.slice, asked.by_slice} - {""}:
        for leaf in asked.leaves:
            if slice_ not in leaf.slices:
                known = (*leaf.slices, PLACE, *Grain)
                raise BadQuestion(
                    "no-such-slice", found=slice_[:60], expected=some(known), nearest=nearest(slice_, known)
                )
    if asked.what.slice and asked.by_slice:
        raise BadQuestion("slices-not-crossed", found=f"{asked.what.slice}, {asked.by_slice}")
