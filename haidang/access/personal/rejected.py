"""What set-aside rows hold above one's level, left out for whoever may not see it: as an expression, and of one row.

`raw` loses the columns one may not see; `found` is kept only where it is known to be of another column (a row
whose cells have slipped may hold a name anywhere, but it is the cell named that is shown). Never: decides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

import ibis
import ibis.expr.types as ir

from haidang.catalog.declared import Dataset

Units = frozenset[str] | None
Reached = Mapping[str, Units]
"""Columns of a dataset above its own level (personal ones always) → where they may be seen."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # ibis ships no types
def json_merge_patch(text: str, patch: str) -> str:  # type: ignore[empty-body]  # the engine's own, only declared here
    """A JSON object with the keys of the patch in it; a null takes a key out (RFC 7396)."""


def covered(table: ir.Table, reached: Mapping[Dataset, Reached]) -> ir.Table:
    """The `rejects` without the cells one may not see.

    One step for all datasets at once: a step per dataset would double the expression each time.
    """
    steps: dict[int, list[tuple[ir.BooleanValue, Dataset, tuple[str, ...]]]] = {}
    for dataset, columns in reached.items():
        for at, (units, names) in enumerate(_alike(columns).items()):
            steps.setdefault(at, []).append((_outside(table, dataset, units), dataset, names))
    raw = table["raw"]
    for step in steps.values():
        patches = [(outside, ibis.literal(_patch(names))) for outside, _, names in step]
        raw = json_merge_patch(raw, ibis.cases(*patches, else_=ibis.literal("{}")))
    hidden = [
        outside & ~table["column"].isin(_open(dataset, names)).fill_null(False)
        for step in steps.values()
        for outside, dataset, names in step
    ]
    return table.mutate(
        raw=ibis.ifelse(table["raw"].isnull(), ibis.null(), raw).cast("string"),
        found=ibis.ifelse(reduce(or_, hidden, ibis.literal(False)), ibis.null(), table["found"]),
    )


def cover(dataset: Dataset, kept: dict[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    """The same for one row, without these columns."""
    if not hidden:
        return kept
    cells = json.loads(kept["raw"]) if kept["raw"] else {}
    left = {name: value for name, value in cells.items() if name not in hidden}
    found = kept["found"] if kept["column"] in _open(dataset, tuple(hidden)) else None
    return {**kept, "raw": json.dumps(left, ensure_ascii=False), "found": found}


def _alike(columns: Reached) -> dict[frozenset[str], tuple[str, ...]]:
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for name, units in columns.items():
        if units is not None:
            found[units] = (*found.get(units, ()), name)
    return found


def _outside(table: ir.Table, dataset: Dataset, units: frozenset[str]) -> ir.BooleanValue:
    own = table["dataset"] == dataset.key
    inside = ibis.literal(sorted(units), type="array<string>")
    return own & ~inside.contains(table["unit"].fill_null("")) if units else own


def _patch(names: tuple[str, ...]) -> str:
    return json.dumps(dict.fromkeys(names))


def _open(dataset: Dataset, hidden: tuple[str, ...]) -> list[str]:
    return [column.name for column in dataset.columns if column.name not in hidden]
