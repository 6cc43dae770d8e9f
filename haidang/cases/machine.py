"""The one state machine of every Case: which act leads from which states to which, who may, what it wants said.

Never: writes, asks the gate, knows a pack.
"""

from __future__ import annotations

from dataclasses import dataclass

NEW, RECEIVED, ASSIGNED, IN_PROGRESS = "new", "received", "assigned", "in-progress"
APPROVING, RESOLVED, PUBLISHED = "approving", "resolved", "published"
REFUSED, ASKED, MERGED = "refused", "asked", "merged"
STATES = (NEW, RECEIVED, ASSIGNED, IN_PROGRESS, ASKED, APPROVING, RESOLVED, PUBLISHED, REFUSED, MERGED)
OPEN = frozenset({NEW, RECEIVED, ASSIGNED, IN_PROGRESS, ASKED, APPROVING})
"""States in which somebody still has to do something."""
HANDLED = frozenset({RESOLVED, PUBLISHED})
ENDED = frozenset({RESOLVED, PUBLISHED, REFUSED, MERGED})
PAUSED = frozenset({ASKED})
"""States in which the clock stands still: the sender is waited for."""

ROUTE, HANDLE, APPROVE, SENDER, SYSTEM = "route", "handle", "approve", "sender", "system"
"""Who acts: the desk (an action of the gate), the unit it was assigned to, its head, whoever sent it, the centre."""


@dataclass(frozen=True)
class Act:
    """`becomes` "": the state stays; `RESUME`: the one before the sender was asked. `wants`: what it cannot lack."""

    name: str
    before: frozenset[str]
    becomes: str
    by: tuple[str, ...]
    wants: tuple[str, ...] = ()


RESUME = "resume"
_AT_WORK = frozenset({ASSIGNED, IN_PROGRESS})
_BEFORE_WORK = frozenset({NEW, RECEIVED})
_ANY = frozenset(STATES)

ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act("receive", frozenset({NEW}), RECEIVED, (ROUTE,)),
        Act("refuse", _BEFORE_WORK, REFUSED, (ROUTE,), ("words",)),
        Act("assign", _BEFORE_WORK | _AT_WORK, ASSIGNED, (ROUTE,), ("office",)),
        Act("start", frozenset({ASSIGNED}), IN_PROGRESS, (HANDLE,)),
        Act("progress", _AT_WORK, IN_PROGRESS, (HANDLE,), ("words",)),
        Act("send-back", _AT_WORK, RECEIVED, (HANDLE,), ("words",)),
        Act("ask", _BEFORE_WORK | _AT_WORK, ASKED, (ROUTE, HANDLE), ("words",)),
        Act("supply", frozenset({ASKED}), RESUME, (SENDER, ROUTE), ("words",)),
        Act("extend", _AT_WORK, "", (HANDLE,), ("words", "due")),
        Act("finish", _AT_WORK, APPROVING, (HANDLE,), ("words",)),
        Act("approve", frozenset({APPROVING}), RESOLVED, (APPROVE,)),
        Act("return", frozenset({APPROVING}), IN_PROGRESS, (APPROVE,), ("words",)),
        Act("publish", frozenset({RESOLVED}), PUBLISHED, (ROUTE,)),
        Act("withdraw", frozenset({PUBLISHED}), RESOLVED, (ROUTE,), ("words",)),
        Act("reopen", HANDLED, ASSIGNED, (SENDER, ROUTE), ("words",)),
        Act("merge", _BEFORE_WORK | _AT_WORK, MERGED, (ROUTE,), ("into",)),
        Act("unmerge", frozenset({MERGED}), RECEIVED, (ROUTE,), ("words",)),
        Act("add", OPEN, "", (SENDER, ROUTE), ("words",)),
        Act("note", _ANY, "", (ROUTE, HANDLE, APPROVE), ("words",)),
        Act("correct", _ANY - {MERGED}, "", (ROUTE,)),
        Act("rate", HANDLED, "", (SENDER, ROUTE), ("rating",)),
    )
}
"""Act → what it does. `finish` becomes RESOLVED at once where the desk asks no approval."""

INNER = frozenset({"note", "correct", "return", "send-back", "receive", "merge", "unmerge", "withdraw", "publish"})
"""Acts the sender never hears of; of the others the sender reads the words, but for QUIET."""
FOR_SENDER = frozenset({"supply", "add", "rate"})
"""What the desk does in the sender's name: its words are the sender's."""
QUIET = frozenset({"assign", "start"})
"""Acts the sender is shown without their words: those tell the unit what to do."""


def allowed(state: str, roles: frozenset[str]) -> tuple[str, ...]:
    """The acts that are open in a state to somebody with these roles, in the order of the table."""
    return tuple(name for name, act in ACTS.items() if state in act.before and roles & set(act.by))


def after(act: str, *, resume: str, approval: bool) -> str:
    """The state after an act, "" when it stays. `resume`: the state before the sender was asked."""
    becomes = ACTS[act].becomes
    if becomes == RESUME:
        return resume or RECEIVED
    return RESOLVED if becomes == APPROVING and not approval else becomes
