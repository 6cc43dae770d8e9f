"""What the mending page asks: open rows grouped by reason over all runs, and the rules that were made.

Plain values; doors ask the gate first and hand over the table it cut (`gate.ledger(who, "rejects").table`), so that
everybody sees the groups of the rows they may mend. Never: writes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import ibis
import ibis.expr.types as ir

from haidang.intake.mending.rules import LONGEST, plain
from haidang.intake.models import MendRule
from haidang.store.tables import lake

MOST_VALUES = 5
ABOUT = ("dataset", "code", "column")


@dataclass(frozen=True)
class Value:
    """A cell as it was found, and in how many open rows."""

    found: str
    rows: int


@dataclass(frozen=True)
class Group:
    """Open rows of one reason and column. `values`: most common first; `first_…`: the oldest that waits."""

    dataset: str
    code: str
    column: str
    rows: int
    runs: int
    values: tuple[Value, ...]
    expected: str
    sources: tuple[str, ...]
    first_run: str
    last_run: str
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True)
class RuleFace:
    """A mend rule; `later`: it holds for what arrives now."""

    id: int
    dataset: str
    column: str
    found: str
    becomes: str
    actor: str
    why: str
    made_at: datetime
    ended_at: datetime | None
    later: bool


_nfc = ibis.udf.scalar.builtin(lambda text: None, name="nfc_normalize", signature=((str,), str))
"""The engine's own."""


def groups(*, dataset: str = "", source: str = "", table: ir.Table | None = None) -> tuple[Group, ...]:
    """Open rows of a dataset or of one declared source (both "": every one), largest group first.

    `table`: the rejects the gate has cut for whoever asks (None: all of them).
    """
    rows = _open(lake().table("rejects") if table is None else table, dataset, source)
    values = _values(rows)
    return tuple(_group(row, values[_about(row)]) for row in lake().rows(_grouped(rows)))


def rows(dataset: str, column: str, found: str, *, table: ir.Table | None = None) -> int:
    """How many open rows of a dataset have `found` in a column, as a rule would take them."""
    table = lake().table("rejects") if table is None else table
    cell = table["raw"].cast("json")[column].str.fill_null("")
    same = _nfc(cell.strip()).left(LONGEST) == plain(found)
    wanted = table.filter((table["dataset"] == dataset) & (table["state"] == "open") & same)
    return int(lake().rows(wanted.count().name("total").as_table())[0]["total"])


def rules(dataset: str, *, ended: bool = False) -> tuple[RuleFace, ...]:
    """The rules of a dataset that hold, newest first; `ended`: those that hold no more too."""
    rows = MendRule.objects.filter(dataset=dataset).order_by("-pk")
    found = rows if ended else rows.filter(ended_at=None)
    names = ("id", "dataset", "column", "found", "becomes", "actor", "why", "made_at", "ended_at")
    return tuple(RuleFace(**{n: getattr(row, n) for n in names}, later=row.ended_at is None) for row in found)


def _open(rejects: ir.Table, dataset: str, source: str) -> ir.Table:
    runs = lake().table("runs").select("run", "landed_at", "source")
    rows = rejects.filter(rejects["state"] == "open").left_join(runs, "run")
    if dataset:
        rows = rows.filter(rows["dataset"] == dataset)
    if source:
        rows = rows.filter(rows["source"] == source)
    return rows


def _grouped(rows: ir.Table) -> ir.Table:
    found = rows.group_by(list(ABOUT)).aggregate(
        rows=rows.count(),
        runs=rows["run"].nunique(),
        expected=rows["expected"].max(),
        sources=rows["source"].fill_null("").collect(distinct=True),
        first_run=rows["run"].min(),
        last_run=rows["run"].max(),
        first_at=rows["landed_at"].min(),
        last_at=rows["landed_at"].max(),
    )
    return found.order_by([ibis.desc("rows"), *ABOUT])


def _values(rows: ir.Table) -> dict[tuple[str, ...], list[Value]]:
    """Per group its most common found values."""
    counted = rows.group_by([*ABOUT, "found"]).aggregate(rows=rows.count())
    order = ibis.window(group_by=list(ABOUT), order_by=[ibis.desc("rows"), "found"])
    ranked = counted.mutate(rank=ibis.row_number().over(order))
    best = ranked.filter(ranked["rank"] < MOST_VALUES).order_by([*ABOUT, "rank"])
    found: dict[tuple[str, ...], list[Value]] = defaultdict(list)
    for row in lake().rows(best):
        found[_about(row)].append(Value(row["found"] or "", int(row["rows"])))
    return found


def _about(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in ABOUT)


def _group(row: dict[str, Any], values: list[Value]) -> Group:
    names = ("dataset", "first_run", "last_run")
    return Group(
        **{name: row[name] for name in names},
        code=row["code"],
        column=row["column"] or "",
        rows=int(row["rows"]),
        runs=int(row["runs"]),
        values=tuple(values),
        expected=row["expected"] or "",
        sources=tuple(sorted(filter(None, row["sources"]))),
        first_at=_utc(row["first_at"]),
        last_at=_utc(row["last_at"]),
    )


def _utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None
