"""What an arrival looks like and how that differs from the last one of its source. Never: writes, reads a clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from haidang.catalog.declared import Column, Dataset
from haidang.intake.headings import names, nearest, plain
from haidang.intake.staging import Staged
from haidang.store.landing import Writer, quoted

NEW, MISSING, RENAMED, CHANGED = "new-column", "missing-column", "renamed-column", "type-changed"
KINDS = (NEW, MISSING, RENAMED, CHANGED)
CODES = (
    "not-a-number", "not-an-integer", "not-a-date", "not-a-datetime", "not-a-boolean", "not-a-period", "not-in-list",
    "bad-pattern", "unknown-place", "unit",
)  # fmt: skip
WHOLESALE, FEWEST = 0.9, 5
"""A column changed wholesale when this share of its rows is at fault for it, and at least so many."""


@dataclass(frozen=True)
class Shape:
    """`columns`: declared ones that stood in it; `unknown`: headings nobody asked for; `faulty`: columns whose values
    are all at fault.
    """

    columns: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    faulty: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise: `column` is the heading (of what is new or renamed) or the declared column's name;
    `nearest` the closest known name or heading, "" when there is none.
    """

    kind: str
    column: str
    nearest: str = field(default="")


def of(writer: Writer, dataset: Dataset, staged: Staged) -> Shape:
    """The shape of what is staged and judged."""
    return Shape(frozenset(staged.present), frozenset(staged.unknown), frozenset(_faulty(writer, staged)))


def _faulty(writer: Writer, staged: Staged) -> Iterable[str]:
    codes = ", ".join(map(quoted, CODES))
    found = writer.sql(
        f'SELECT "column", count(DISTINCT _n), (SELECT count(DISTINCT _n) FROM aside) FROM aside '
        f"WHERE code IN ({codes}) GROUP BY 1"
    )
    for column, many, aside in found:
        if many >= FEWEST and many >= WHOLESALE * (staged.rows - (aside - many)):
            yield str(column)


def changes(dataset: Dataset, before: Shape, now: Shape) -> tuple[Change, ...]:
    """What is otherwise than before, each thing once."""
    lost = [column for column in dataset.columns if column.name in before.columns - now.columns]
    found = [_new(heading, lost) for heading in sorted(now.unknown - before.unknown)]
    renamed = {change.nearest for change in found if change.kind == RENAMED}
    found += [
        Change(MISSING, column.name, nearest(column, sorted(now.unknown)))
        for column in lost
        if column.name not in renamed
    ]
    return (*found, *(Change(CHANGED, column) for column in sorted(now.faulty - before.faulty)))


def _new(heading: str, lost: list[Column]) -> Change:
    """A heading that came: near a column that went, it is that one renamed."""
    by_name = {plain(name): column.name for column in lost for name in names(column)}
    close = get_close_matches(plain(heading), by_name, n=1, cutoff=0.6)
    return Change(RENAMED, heading, by_name[close[0]]) if close else Change(NEW, heading)
