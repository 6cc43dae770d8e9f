"""The names of every draft together, and the one way to look a reference up.

Never: reads a file, decides what a reference must be like beyond that it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from haidang.catalog.nearest import nearest, some
from haidang.catalog.nouns import UNSAID, Column
from haidang.catalog.reading import Draft
from haidang.catalog.schema import Entry


@dataclass
class World:
    """Entries by full key, and which packs lean on which."""

    packs: dict[str, str] = field(default_factory=dict)
    datasets: dict[str, Entry] = field(default_factory=dict)
    indicators: dict[str, Entry] = field(default_factory=dict)
    boards: dict[str, Entry] = field(default_factory=dict)
    sources: dict[str, Entry] = field(default_factory=dict)
    desks: dict[str, Entry] = field(default_factory=dict)
    leans: dict[str, set[str]] = field(default_factory=dict)

    def dataset(self, draft: Draft, entry: Entry, key: str = "dataset") -> Entry | None:
        """The dataset an entry names; None when it names none or there is none (reported)."""
        name = entry.get(key)
        return self._refer(draft, entry.where(key), name, self.datasets) if name else None

    def refer_dataset(self, draft: Draft, where: str, name: str) -> Entry | None:
        """The dataset of that name; None when there is none (reported)."""
        return self._refer(draft, where, name, self.datasets)

    def indicator(self, draft: Draft, where: str, name: str | None) -> Entry | None:
        """The indicator of that name; None when there is none (reported)."""
        return self._refer(draft, where, name, self.indicators) if name else None

    def _refer(self, draft: Draft, where: str, name: str, table: Mapping[str, Entry]) -> Entry | None:
        full = draft.full(name)
        self.leans.setdefault(draft.key, set()).add(full.split(".")[0])
        if full not in table:
            code = "unknown-dataset" if table is self.datasets else "unknown-indicator"
            own = [key.removeprefix(f"{draft.key}.") for key in table]
            draft.add(code, where, found=name, expected=some(own), nearest=_nearest(draft, name, own))
        return table.get(full)


def _nearest(draft: Draft, name: str, own: list[str]) -> str:
    return nearest(name.removeprefix(f"{draft.key}."), own)


def columns(dataset: Entry | None) -> tuple[Column, ...] | None:
    """The columns of a dataset as far as they can be told (type "" when it is broken); None when they cannot."""
    found = dataset.get("columns") if dataset else None
    if found is None:
        return None
    return tuple(Column(name, e.get("type", "") if isinstance(e, Entry) else "", UNSAID) for name, e in found.items())


def prove_columns(draft: Draft, where: str, names: Iterable[str], known: Iterable[Column] | None) -> None:
    """Every name is one of the columns; nothing can be said when those are not known."""
    if known is None:
        return
    table = [column.name for column in known]
    for name in names:
        if name not in table:
            draft.add("unknown-column", where, found=name, expected=some(table), nearest=nearest(name, table))


def type_of(name: str, known: Iterable[Column] | None) -> str:
    """The type of a column, "" when it cannot be told."""
    return next((column.type for column in known or () if column.name == name), "")


def prove_kind(draft: Draft, where: str, name: str | None, known: frozenset[str]) -> None:
    """A kind the program has; nothing can be said while it has none."""
    if name and known and name not in known:
        draft.add("no-such-kind", where, found=name, expected=some(sorted(known)), nearest=nearest(name, known))
