"""Where a Case was forwarded and how far it is there. Never: calls the other server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from haidang.cases import rights
from haidang.cases.forwarding.actions import CODE, KIND, ident
from haidang.cases.models import Message
from haidang.words.nouns import Actor


@dataclass(frozen=True)
class Journey:
    """One forwarding. `id`: the report's there, "" before it was sent; `state`: forward | sent | ended."""

    id: str
    state: str
    at: datetime
    sent_at: datetime | None
    next_at: datetime | None
    problem: str


def journeys(who: Actor, number: int) -> tuple[Journey, ...]:
    """Newest first; raises Absent('unknown-case')."""
    case = rights.seen(who, number)
    rows = Message.objects.filter(case=case, channel=KIND, code=CODE).order_by("-id")
    same = ("state", "at", "sent_at", "next_at", "problem")
    return tuple(Journey(ident(row), **{name: getattr(row, name) for name in same}) for row in rows)
