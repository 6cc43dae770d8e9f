"""The one pure decision: (grants, actor, action, subject, now) → Scope or Denied. No I/O."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from haidang.words.nouns import Actor, Grant, Scope, Subject


def decide(grants: Iterable[Grant], actor: Actor, action: str, subject: Subject, now: datetime) -> Scope:
    """Raises Denied('no-grant') when nothing allows it."""
    raise NotImplementedError
