"""Proves drafts against each other: names stand once, references meet something (a module for each part of a pack).

Never: reads a file, raises on bad input, reports a thing twice because something it leans on is broken.
"""

from __future__ import annotations

from collections.abc import Sequence

from haidang.catalog import proofs_desks, proofs_indicators, proofs_screens, proofs_tables
from haidang.catalog.reading import Draft
from haidang.catalog.schema import Entry
from haidang.catalog.world import World


def prove(drafts: Sequence[Draft]) -> World:
    """Adds every problem to the draft it stands in; gives the world of names they were proven in."""
    world = World()
    for draft in drafts:
        _gather(draft, world)
    for draft in drafts:
        proofs_tables.prove(draft, world)
        proofs_indicators.prove(draft, world)
        proofs_screens.prove(draft, world)
        proofs_desks.prove(draft)
    return world


def standing(drafts: Sequence[Draft], world: World) -> list[Draft]:
    """The drafts without a problem that lean on no draft with one."""
    fallen = {draft.key for draft in drafts if draft.problems}
    while more := {key for key, others in world.leans.items() if key not in fallen and others & fallen}:
        fallen |= more
    return [draft for draft in drafts if draft.key not in fallen]


def _gather(draft: Draft, world: World) -> None:
    _own_name(draft, world)
    for name, entries, table in (
        ("dataset", draft.datasets, world.datasets),
        ("indicator", draft.indicators, world.indicators),
        ("board", draft.boards, world.boards),
        ("source", draft.sources, world.sources),
        ("desk", draft.desks, world.desks),
    ):
        for entry in entries:
            _once(draft, entry, name, table)


def _own_name(draft: Draft, world: World) -> None:
    if draft.pack is None or "pack" not in draft.pack.values:
        return
    where, folder = draft.pack.where("pack"), draft.folder.name
    if draft.key != folder:
        draft.add("name-differs", where, found=draft.key, expected=folder)
    if draft.key in world.packs:
        draft.add("duplicate-name", where, found=draft.key, expected=world.packs[draft.key])
    world.packs[draft.key] = str(draft.folder)


def _once(draft: Draft, entry: Entry, name: str, table: dict[str, Entry]) -> None:
    if name not in entry.values:
        return
    key = draft.full(entry.values[name])
    if key in table:
        draft.add("duplicate-name", entry.where(name), found=entry.values[name], expected=table[key].where(name))
    else:
        table[key] = entry
