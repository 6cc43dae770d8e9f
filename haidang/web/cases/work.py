"""A handling unit's own work, for a telephone in the street: by deadline, what is done next one press away.

Never: decides what one may do (`machine` and the gate do).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from haidang.cases import machine, reads
from haidang.cases.reads import Sought
from haidang.web.cases import offered
from haidang.web.cases.lines import Row, row
from haidang.web.cases.names import Names
from haidang.web.page import Visit

SHOWN = 60
PARTS: dict[str, tuple[str, ...]] = {
    "todo": (machine.ASSIGNED, machine.IN_PROGRESS),
    "approving": (machine.APPROVING,),
    "asked": (machine.ASKED,),
    "done": (machine.RESOLVED, machine.PUBLISHED),
}
"""Part of the page → the states it holds."""


@dataclass(frozen=True)
class Card:
    """One Case on a telephone. `next`: the act one press away, "" for none; `once`: its key."""

    row: Row
    next: str
    name: str
    opens: bool
    once: str


def part(wanted: str, parts: frozenset[str], counts: dict[str, int]) -> str:
    """The part that was asked for; else what waits for a head to approve, where there is some, else the work."""
    if wanted in PARTS:
        return wanted
    return "approving" if machine.HANDLE not in parts and counts.get(machine.APPROVING) else "todo"


def context(seen: Visit, wanted: str, parts: frozenset[str]) -> dict[str, Any]:
    """Everything the page needs."""
    names = Names(seen.catalog, seen.language)
    counts = reads.by_state(seen.who, Sought(mine=True))
    now = part(wanted, parts, counts)
    done = {"since": seen.today - timedelta(days=60), "sort": "changed"} if now == "done" else {"sort": "due"}
    found = reads.cases(seen.who, Sought(mine=True, states=PARTS[now], **done), size=SHOWN)
    return {
        "part": now,
        "parts": [(one, sum(counts.get(state, 0) for state in states), one == now) for one, states in PARTS.items()],
        "late": counts.get("late", 0),
        "cards": [_card(row(line, names, seen.now), parts, names) for line in found],
        "shown": SHOWN,
    }


def _card(found: Row, parts: frozenset[str], names: Names) -> Card:
    first = offered.FIRST.get(found.line.state, "")
    mine = first if first and parts & set(machine.ACTS[first].by) else ""
    return Card(found, mine, names.act(mine) if mine else "", mine not in offered.AT_ONCE, secrets.token_hex(8))
