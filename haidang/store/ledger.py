"""The ledger tables of the lake and how any table of it is made or widened.

Never: writes a row, opens a connection.
"""

from __future__ import annotations

from collections.abc import Mapping

from haidang.store.engine import LAKE, named

OBSERVATIONS = {
    "pack": "VARCHAR", "dataset": "VARCHAR", "indicator": "VARCHAR", "level": "SMALLINT", "unit": "VARCHAR",
    "grain": "VARCHAR", "period": "VARCHAR", "period_end": "DATE", "kind": "VARCHAR", "slice": "VARCHAR",
    "item": "VARCHAR", "value": "DOUBLE", "num": "DOUBLE", "den": "DOUBLE", "n": "BIGINT", "run": "VARCHAR",
}  # fmt: skip
REJECTS = {
    "id": "VARCHAR", "run": "VARCHAR", "dataset": "VARCHAR", "pack": "VARCHAR", "file": "VARCHAR", "sheet": "VARCHAR",
    "row": "BIGINT", "column": "VARCHAR", "code": "VARCHAR", "found": "VARCHAR", "expected": "VARCHAR",
    "raw": "VARCHAR", "unit": "VARCHAR", "state": "VARCHAR", "by_run": "VARCHAR",
}  # fmt: skip
RUNS = {
    "run": "VARCHAR", "dataset": "VARCHAR", "pack": "VARCHAR", "file": "VARCHAR", "digest": "VARCHAR",
    "landed_at": "TIMESTAMP", "read": "BIGINT", "landed": "BIGINT", "set_aside": "BIGINT", "unchanged": "BIGINT",
    "superseded": "BIGINT", "reasons": "VARCHAR", "actor": "VARCHAR", "snapshot": "BIGINT", "source": "VARCHAR",
    "simulated": "BOOLEAN", "kind": "VARCHAR", "marks": "VARCHAR",
}  # fmt: skip
DECLARED = {"dataset": "VARCHAR", "digest": "VARCHAR"}
"""By which declarations the observations of a dataset were last made."""
ERASED = {
    "dataset": "VARCHAR", "digest": "VARCHAR", "snapshot": "BIGINT", "at": "TIMESTAMP", "run": "VARCHAR",
}  # fmt: skip
"""Whose personal columns were emptied at which snapshot, as keyed digests: older snapshots hide them too."""
TABLES: Mapping[str, Mapping[str, str]] = {
    "observations": OBSERVATIONS,
    "rejects": REJECTS,
    "runs": RUNS,
    "declared": DECLARED,
    "erased": ERASED,
}

SYSTEM_COLUMNS = {
    "_run": "VARCHAR", "_row": "BIGINT", "_unit": "VARCHAR", "_period": "VARCHAR", "_end": "DATE", "_mark": "VARCHAR",
}  # fmt: skip
"""What every dataset table has beside its declared columns."""


def lake_name(table: str) -> str:
    return f"{LAKE}.main.{named(table)}"


def create(table: str, columns: Mapping[str, str]) -> str:
    body = ", ".join(f"{named(name)} {kind}" for name, kind in columns.items())
    return f"CREATE TABLE IF NOT EXISTS {lake_name(table)} ({body})"


def widen(table: str, column: str, kind: str) -> str:
    return f"ALTER TABLE {lake_name(table)} ADD COLUMN {named(column)} {kind}"
