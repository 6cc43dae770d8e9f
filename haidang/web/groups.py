"""Rows set aside over all the runs of a source: by reason and column, with what was found most often.

Only rows one may mend: the gate cuts the table. Never: writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis

from haidang.access import gate
from haidang.intake.mending import reads
from haidang.web import aside, feeds
from haidang.web.page import Visit
from haidang.web.standing import Line
from haidang.words.errors import Absent, Denied


@dataclass(frozen=True)
class Reason:
    """Open rows of one reason and column in words. `single`: they can be judged row by row, so they may be replayed."""

    code: str
    column: str
    reason: str
    title: str
    rows: int
    runs: int
    expected: str
    values: tuple[reads.Value, ...]
    first_at: str
    last_at: str

    @property
    def single(self) -> bool:
        return not self.code.startswith("duplicate-")


def table(seen: Visit, found: Line, *, clear: bool = False) -> Any:
    """The rejects of its dataset one may mend; None when there are none to see. `clear`: as gate.ledger."""
    try:
        rows = gate.ledger(seen.who, "rejects", clear=clear).table
    except (Denied, Absent):
        return None
    return rows.filter(rows["dataset"] == found.dataset.key)


def reasons(seen: Visit, found: Line) -> list[Reason]:
    """Largest first."""
    rows = table(seen, found)
    if rows is None:
        return []
    titles = {column.name: column.title.in_(seen.language) for column in found.dataset.columns}
    return [_reason(group, titles, seen) for group in reads.groups(dataset=found.dataset.key, table=rows)]


def _reason(group: reads.Group, titles: dict[str, str], seen: Visit) -> Reason:
    return Reason(
        group.code,
        group.column,
        feeds.reason(group.code, seen.language),
        titles.get(group.column, group.column),
        group.rows,
        group.runs,
        group.expected,
        tuple(value for value in group.values if value.found),
        group.first_at.isoformat() if group.first_at else "",
        group.last_at.isoformat() if group.last_at else "",
    )


@dataclass(frozen=True)
class Narrow:
    """Which rows of the source: of a reason, a column, a found value, a state ("" for any)."""

    code: str = ""
    column: str = ""
    found: str = ""
    state: str = "open"


def page(
    seen: Visit, found: Line, narrow: Narrow, *, number: int = 1, limit: int = aside.PAGE
) -> tuple[list[aside.Row], int]:
    """One page (from 1), newest run first, and how many rows there are."""
    rows = table(seen, found, clear=True)
    if rows is None:
        return [], 0
    for name in ("code", "column", "found", "state"):
        if wanted := getattr(narrow, name):
            rows = rows.filter(rows[name] == wanted)
    total = int(gate.fetch(rows.aggregate(total=rows.count()))[0]["total"])
    ordered = rows.order_by([ibis.desc("run"), "file", "sheet", "row"])
    shown = gate.fetch(ordered.limit(limit, offset=(number - 1) * limit))
    return aside.lines(seen, found.dataset.key, shown), total


def all_mine(seen: Visit, found: Line, code: str) -> bool:
    """Whether every open row of a reason is one's own to decide on: a rule and a replay are about all of them."""
    mine = sum(reason.rows for reason in reasons(seen, found) if not code or reason.code == code)
    every = reads.groups(dataset=found.dataset.key)
    return mine == sum(group.rows for group in every if not code or group.code == code)


def runs(seen: Visit, found: Line, code: str) -> list[str]:
    """Runs with open rows of a reason, oldest first."""
    rows = table(seen, found)
    if rows is None:
        return []
    rows = rows.filter((rows["code"] == code) & (rows["state"] == "open")).select("run").distinct()
    return sorted(row["run"] for row in gate.fetch(rows))


def handled(seen: Visit, found: Line) -> dict[str, int]:
    """How many rows stand in each state, and `share` (percent) that no longer wait."""
    rows = table(seen, found)
    counts = {} if rows is None else _by_state(rows)
    every = sum(counts.values())
    done = every - counts.get("open", 0)
    return {**counts, "every": every, "done": done, "share": 100 * done // every if every else 100}


def _by_state(rows: Any) -> dict[str, int]:
    found = gate.fetch(rows.group_by("state").aggregate(count=rows.count()))
    return {row["state"]: int(row["count"]) for row in found}
