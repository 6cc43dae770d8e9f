"""Which open rows a replay takes, a bounded batch at a time, newest run first. Never: writes."""

from __future__ import annotations

from dataclasses import dataclass

from haidang.intake.mending.rules import compared
from haidang.store.landing import Writer, lake_name, named, quoted

BATCH = 10_000
"""Rows of one replay: one Run, one transaction."""

FIRST = ("\U0010ffff", "")
"""Before the newest (run, reject)."""


@dataclass(frozen=True)
class Wanted:
    """Open rows of a dataset: by reason, or by what stands in a column (as rules compare it); of these places only."""

    dataset: str
    code: str = ""
    column: str = ""
    found: str = ""
    units: frozenset[str] | None = None

    def condition(self) -> str:
        """SQL over `rejects`; a row of no known place counts only where every place does."""
        parts = [f"dataset = {quoted(self.dataset)}", "state = 'open'"]
        if self.code:
            parts.append(f"code = {quoted(self.code)}")
        if self.column:
            cell = f"json_extract_string(raw, {quoted('$.' + named(self.column))})"
            parts.append(f"{compared(cell)} = {quoted(self.found)}")
        if self.units is not None:
            parts.append(f"unit IN ({', '.join(map(quoted, sorted(self.units))) or quoted(chr(0))})")
        return " AND ".join(parts)


def batch(wanted: Wanted, after: tuple[str, str]) -> list[tuple[str, str]]:
    """The next (run, reject id) after one, newest run first; empty at the end."""
    with Writer() as writer:
        rows = writer.sql(
            f"SELECT run, id FROM {lake_name('rejects')} WHERE {wanted.condition()} "
            f"AND (run < ? OR (run = ? AND id > ?)) ORDER BY run DESC, id LIMIT {BATCH}",
            [after[0], after[0], after[1]],
        )
    return [(str(run), str(reject)) for run, reject in rows]
