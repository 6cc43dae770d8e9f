"""Which datasets stand behind an indicator, and whose landings a person may be told of.

Never: decides a right (the gate does); looks at data.
"""

from __future__ import annotations

from functools import lru_cache

from haidang.access import gate
from haidang.catalog import formulas
from haidang.catalog.declared import Catalog, Dataset, Indicator, declared, formula_of
from haidang.words.errors import Absent
from haidang.words.nouns import Actor, Answer, Grant, Subject


def subject(dataset: Dataset) -> Subject:
    return Subject(dataset.pack, dataset.key, dataset.level)


def datasets_of(catalog: Catalog, indicator: Indicator) -> frozenset[str]:
    """Keys of the datasets it is made from, through formulas too; none for one that nothing feeds yet."""
    parts = formula_of(indicator)
    if parts is None:
        return frozenset({indicator.dataset} - {""})
    names = formulas.references(parts)
    return frozenset[str]().union(*(datasets_of(catalog, catalog.indicator(name)) for name in names))


def of_answer(catalog: Catalog, answer: Answer) -> frozenset[str]:
    """What an Answer rests on, or would rest on once there is data."""
    told = frozenset(origin.dataset for origin in answer.sources)
    try:
        return told | datasets_of(catalog, catalog.indicator(answer.indicator))
    except Absent:
        return told


def told_to(who: Actor) -> frozenset[str]:
    """Datasets one may read, feed or mend, and those an indicator one may see is made from."""
    return _told(declared(), who, gate.grants(who))


@lru_cache(maxsize=256)
def _told(catalog: Catalog, who: Actor, given: tuple[Grant, ...]) -> frozenset[str]:
    """Kept by the very grants that run now: withdrawn or ended ones make another key."""
    del given
    may = {action: gate.sees(who, action) for action in ("read", "import", "mend")}
    own = {
        dataset.key
        for pack in catalog.packs
        for dataset in pack.datasets
        if any(allowed(subject(dataset)) for allowed in may.values())
    }
    # Not through formulas: of their parts only those one may see can change what one is shown.
    shown = {
        one.dataset
        for pack in catalog.packs
        for one in pack.indicators
        if one.dataset and may["read"](Subject(one.pack, one.key, catalog.level_of(one)))
    }
    return frozenset(own | shown)
