"""What of a Case's history whoever sent it is told. Pure. Never: reads or writes a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from haidang.cases import machine

OPEN_FACTS = ("due",)
"""Of what else an act changed the sender is told the date alone."""


class _Step(Protocol):
    id: int
    act: str
    after: str
    words: str


def awaiting(steps: Iterable[_Step]) -> frozenset[int]:
    """Ids of reports of work done that no head has approved: not yet, or they were returned."""
    found: set[int] = set()
    last = 0
    for one in steps:
        if one.act == "finish" and one.after == machine.APPROVING:
            found.add(one.id)
            last = one.id
        elif one.act == "approve":
            found.discard(last)
    return frozenset(found)


def withheld(steps: Iterable[_Step]) -> frozenset[int]:
    """Ids of steps of which the sender sees that they were, without their words."""
    every = list(steps)
    hidden = {one.id for one in every if one.act in machine.QUIET} | awaiting(every)
    reworded, last = set(), 0
    for one in every:
        if one.act == "finish":
            last = one.id
        elif one.act == "approve" and one.words:
            reworded.add(last)
    return frozenset(hidden | reworded)


def told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What of a step's facts the sender is told."""
    return {name: facts[name] for name in OPEN_FACTS if name in facts}
