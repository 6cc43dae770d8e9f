"""What set-aside rows hold of people, left out for whoever may not see it: as an expression, and for one row in hand.

`raw` loses the personal columns; `found` is kept only where it is known to be of a column that is not personal (a row
whose cells have slipped may hold a name anywhere, but it is the cell named that is shown). Never: decides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import ibis
import ibis.expr.types as ir

from haidang.catalog.declared import Dataset

Units = frozenset[str] | None


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # ibis ships no types
def json_merge_patch(text: str, patch: str) -> str:  # type: ignore[empty-body]  # the engine's own, only declared here
    """A JSON object with the keys of the patch in it; a null takes a key out (RFC 7396)."""


def covered(table: ir.Table, reached: Mapping[Dataset, Units]) -> ir.Table:
    """The `rejects` without what is personal, but in the places reached for a dataset."""
    raw, found = table["raw"], table["found"]
    for dataset, units in reached.items():
        if units is None:
            continue
        hidden = table["dataset"] == dataset.key
        hidden &= ~table["unit"].isin(sorted(units)) if units else ibis.literal(True)
        raw = ibis.ifelse(hidden, json_merge_patch(raw, ibis.literal(_patch(dataset))), raw)
        told = table["column"].isin(_open(dataset))
        found = ibis.ifelse(hidden & ~told.fill_null(False), ibis.null(), found)
    return table.mutate(raw=raw.cast("string"), found=found)


def cover(dataset: Dataset, kept: dict[str, Any]) -> dict[str, Any]:
    """The same for one row."""
    hidden = {column.name for column in dataset.personal}
    cells = json.loads(kept["raw"]) if kept["raw"] else {}
    left = {name: value for name, value in cells.items() if name not in hidden}
    found = kept["found"] if kept["column"] in _open(dataset) else None
    return {**kept, "raw": json.dumps(left, ensure_ascii=False), "found": found}


def _patch(dataset: Dataset) -> str:
    return json.dumps({column.name: None for column in dataset.personal})


def _open(dataset: Dataset) -> list[str]:
    people = {column.name for column in dataset.personal}
    return [column.name for column in dataset.columns if column.name not in people]
