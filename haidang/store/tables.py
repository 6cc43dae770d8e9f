"""The reading face of the store: whole snapshots as Ibis tables.

Layout of the lake (schema `main`): one table per dataset named `Dataset.table`, plus the ledger tables
`observations`, `rejects`, `runs` (columns in docs/store.md). Every dataset table has, beside its declared columns,
`_run` text, `_row` bigint (1-based data row in its file), `_unit` text (unit id, "" when none),
`_period` text (canonical period of the dataset's grain), `_end` date (the period's last day), `_mark` text ("" or reason code).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import ibis.expr.types as ir


class Lake:
    """One home's lake, open for reading. Thread-safe: every thread gets a cursor of its own."""

    def __init__(self, home: Path) -> None:
        raise NotImplementedError

    def snapshot(self) -> int:
        """The newest snapshot's number."""
        raise NotImplementedError

    def snapshot_at(self, moment: datetime) -> int | None:
        """The newest snapshot whose runs had landed by `moment` (by runs.landed_at, not the wall clock of the commit)."""
        raise NotImplementedError

    def has(self, table: str) -> bool:
        raise NotImplementedError

    def table(self, name: str, *, snapshot: int | None = None) -> ir.Table:
        """A table at a snapshot (None = newest); raises Absent('no-such-table')."""
        raise NotImplementedError

    def rows(self, expression: ir.Expr) -> list[dict[str, Any]]:
        """Run an expression; plain Python rows."""
        raise NotImplementedError

    @property
    def queries(self) -> int:
        """How many queries this process has sent (for the bench and tests)."""
        raise NotImplementedError


def lake() -> Lake:
    """The lake of this process's HAIDANG_HOME; cached per home."""
    raise NotImplementedError
