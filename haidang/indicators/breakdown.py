"""The cells of an answer: by place, by a finer period, by the items of a slice, and the series over time.

Never: makes a value (the lens gives it), fetches, sorts by value (the reader of a chart chooses).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from haidang.catalog.declared import Catalog
from haidang.indicators.amounts import NO_DATA, Amount
from haidang.indicators.asked import GRAINS, PLACE, PLACE_TODAY, Asked
from haidang.indicators.lens import Lens
from haidang.indicators.spans import Span
from haidang.words.nouns import Cell
from haidang.words.periods import Grain
from haidang.words.places import Register, Unit

_NO_ITEM = "(không ghi)"
_OWN = "{} (cấp này)"
"""What a place has itself, beside what its parts have."""


def cell(key: str, label: str, amount: Amount) -> Cell:
    return Cell(key, label, amount.value, amount.num, amount.den, amount.n, amount.reason)


def parts(amount: Amount, register: Register) -> tuple[Cell, ...]:
    """What the amount was joined from; key = unit id."""
    return tuple(cell(unit, register.unit(unit).name, part) for unit, part in amount.parts)


def cells(asked: Asked, lens: Lens, span: Span, catalog: Catalog) -> tuple[Cell, ...]:
    """The `by` breakdown; raises BadQuestion for a coarser grain than the period's."""
    by = asked.question.by
    if not by:
        return ()
    if by in (PLACE, PLACE_TODAY):
        return _by_place(asked, lens, span, today=by == PLACE_TODAY)
    return _by_grain(asked, lens, span) if by in GRAINS else _by_slice(asked, lens, span, catalog)


def _by_place(asked: Asked, lens: Lens, span: Span, *, today: bool) -> tuple[Cell, ...]:
    """Children as they stood on the span's last day (across a merger: the predecessors), or as they stand today."""
    register = lens.reckoner.world.register
    day = lens.today if today else span.last.end
    units = [unit for unit, _ in register.parts(asked.unit.id, day)]
    amounts = [(unit, lens.over(asked.what, unit.id, span)) for unit in units]
    # Facts at every level: what is the place's own and of none of its parts stands beside them.
    amounts += [
        (asked.unit, own) for key, own in lens.over(asked.what, asked.unit.id, span).parts if key == asked.unit.id
    ]
    found = lens.each((unit.id, amount) for unit, amount in amounts)
    return tuple(_of_place(unit, amount, asked.unit) for (unit, _), (_, amount) in zip(amounts, found, strict=True))


def _of_place(unit: Unit, amount: Amount, whole: Unit) -> Cell:
    own = unit.id == whole.id
    return cell(unit.id, _OWN.format(unit.name) if own else unit.name, amount)


def _by_grain(asked: Asked, lens: Lens, span: Span) -> tuple[Cell, ...]:
    grain = Grain(asked.question.by)
    periods = [part for period in span.asked for part in period.split(grain)]
    found = lens.each((p.text, lens.over(asked.what, asked.unit.id, Span((p,)))) for p in periods)
    return tuple(cell(text, text, amount) for text, amount in found)


def _by_slice(asked: Asked, lens: Lens, span: Span, catalog: Catalog) -> tuple[Cell, ...]:
    slice_ = asked.by_slice
    items = {item for leaf in asked.leaves for item in lens.reckoner.book.page(leaf.key, slice_).items}
    whats = {item: asked.what._replace(slice=slice_, item=item) for item in _ordered(items)}
    amounts = ((item, lens.over(what, asked.unit.id, span)) for item, what in whats.items())
    there = lens.each((item, amount) for item, amount in amounts if amount.reason != NO_DATA)
    labels = _labels(asked, slice_, catalog)
    return tuple(cell(item, labels.get(item, item or _NO_ITEM), amount) for item, amount in there)


def _ordered(items: Iterable[str]) -> list[str]:
    """Numbers by size, texts by the alphabet, what is not said last."""

    def place(item: str) -> tuple[int, float, str]:
        try:
            return (0, float(item), item)
        except ValueError:
            return (1 if item else 2, 0.0, item)

    return sorted(items, key=place)


def _labels(asked: Asked, slice_: str, catalog: Catalog) -> dict[str, str]:
    """What the items are called, from the code list of the sliced column."""
    found: dict[str, str] = {}
    for dataset in asked.datasets.values():
        lists = [column.codes for column in dataset.columns if column.name == slice_ and column.codes]
        for name in lists:
            for row in catalog.code_list(dataset.pack, name).rows:
                said = dict(row)
                found.setdefault(said.get("value") or said["code"], said.get("vi", ""))
    return {item: label for item, label in found.items() if label}


def series(asked: Asked, lens: Lens, span: Span) -> tuple[Cell, ...]:
    """Every period of a range, or the earlier periods and this one; begins where the data begins."""
    if len(span.asked) > 1:
        spans = [span.single(period) for period in span.asked]
    elif asked.question.history:
        spans = [*_earlier(span, asked.question.history), span]
    else:
        return ()
    found = ((s.text, lens.over(asked.what, asked.unit.id, s)) for s in spans)
    return tuple(cell(text, text, amount) for text, amount in _from_first(found))


def _earlier(span: Span, steps: int) -> list[Span]:
    whole = replace(span, kept=None)
    return [whole.previous(step) for step in range(steps, 0, -1)]


def _from_first(found: Iterable[tuple[str, Amount]]) -> Iterator[tuple[str, Amount]]:
    begun = False
    for text, amount in found:
        begun = begun or amount.reason != NO_DATA
        if begun:
            yield text, amount
