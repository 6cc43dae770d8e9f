"""Proofs of what a pack says of people: masks, whose a row is, how long it is kept. Never: judges the law named."""

from __future__ import annotations

from haidang.catalog import known
from haidang.catalog.nouns import Column
from haidang.catalog.reading import Draft
from haidang.catalog.schema import Entry
from haidang.catalog.world import prove_columns, prove_kind

SECRET = ("restricted", "personal")
DATES = ("text", "date", "datetime", "integer")


def mask(draft: Draft, dataset: Entry, column: Entry) -> None:
    """A mask is of a kind that stands, over a column that has something to hide and a type it can read."""
    if not column.says("mask"):
        return
    kind, where = column.get("mask", ""), column.where("mask")
    prove_kind(draft, where, kind, known.masks())
    if not {_level(column), _level(dataset)} & set(SECRET):
        draft.add("mask-not-secret", where, found=_level(column), expected=", ".join(SECRET))
    types = DATES if kind == "date" else ("text",)
    if column.get("type", "text") not in types:
        draft.add("key-not-for-type", where, found=f"mask: {column.get('type')}", expected=", ".join(types))


def prove(draft: Draft, dataset: Entry, table: tuple[Column, ...] | None) -> None:
    """Who a row is about is told by personal columns; there are some to empty where it says how long they are kept."""
    people = _personal(dataset)
    person, retain = dataset.get("person"), dataset.get("retain")
    if isinstance(person, Entry):
        prove_columns(draft, person.where("id"), person.get("id", ()), table)
        known_names = {column.name for column in table or ()}
        for name in (name for name in person.get("id", ()) if name in known_names and name not in people):
            draft.add("id-not-personal", person.where("id"), found=name, expected=", ".join(people))
    if retain and retain.says("personal") and not people:
        draft.add("nothing-personal", retain.where("personal"), found="personal")


def _personal(dataset: Entry) -> tuple[str, ...]:
    columns = {name: entry for name, entry in (dataset.get("columns") or {}).items() if isinstance(entry, Entry)}
    return tuple(name for name, entry in columns.items() if "personal" in (_level(entry), _level(dataset)))


def _level(entry: Entry) -> str:
    return str(entry.get("level", "public"))
