"""What was erased stays hidden in older snapshots too: a look into the past does not bring anybody back.

The store keeps whose columns were emptied, as keyed digests with the snapshot from which on they are. Never: erases.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir

from haidang.access.personal import digests
from haidang.catalog.declared import Dataset, declared
from haidang.store.tables import lake

_known: dict[tuple[object, int], dict[str, list[tuple[str, int]]]] = {}


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # ibis ships no types
def json_extract_string(text: str, path: str) -> str:  # type: ignore[empty-body]  # the engine's own, only declared here
    """A cell of a JSON object as text."""


def after(dataset: str, snapshot: int, newest: int) -> list[str]:
    """Digests erased from a dataset later than a snapshot; `newest`: the store's newest, up to which is looked."""
    if snapshot >= newest:
        return []
    store = lake()
    key = (store.token, newest)
    if key not in _known:
        found: dict[str, list[tuple[str, int]]] = {}
        for row in store.rows(store.table("erased", snapshot=key[1]).select("dataset", "digest", "snapshot")):
            found.setdefault(row["dataset"], []).append((row["digest"], row["snapshot"]))
        _known.clear()
        _known[key] = found
    return sorted(digest for digest, at in _known[key].get(dataset, ()) if at > snapshot)


def facts(table: ir.Table, dataset: Dataset, snapshot: int) -> ir.Table:
    """An older table of a dataset without what was erased since."""
    names = [name for name in (dataset.subject.id if dataset.subject else ()) if name in table.columns]
    gone = after(dataset.key, snapshot, lake().snapshot()) if names else []
    if not gone:
        return table
    theirs = reduce(or_, (digests.digested(table[name]).isin(gone).fill_null(False) for name in names))
    people = [column.name for column in dataset.personal if column.name in table.columns]
    return table.mutate(**{name: ibis.ifelse(theirs, ibis.null(table[name].type()), table[name]) for name in people})


def rejects(table: ir.Table, snapshot: int) -> ir.Table:
    """Older set-aside rows without what was erased since."""
    held: list[ir.BooleanValue] = []
    newest = lake().snapshot()
    for dataset in (d for pack in declared().packs for d in pack.datasets if d.subject):
        gone = after(dataset.key, snapshot, newest)
        for name in dataset.subject.id if gone and dataset.subject else ():
            cell = json_extract_string(table["raw"], ibis.literal(f"$.{name}"))
            held.append((table["dataset"] == dataset.key) & digests.digested(cell).isin(gone).fill_null(False))
    if not held:
        return table
    theirs = reduce(or_, held)
    return table.mutate(**{name: ibis.ifelse(theirs, ibis.null("string"), table[name]) for name in ("raw", "found")})
