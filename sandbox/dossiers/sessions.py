"""Who may call the API: one account, sessions that end after some minutes. Never: a real secret."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

USER, PASSWORD = "ioc", "mo-phong"
SECONDS = 900.0


class Sessions:
    """Sessions of one sandbox, kept in memory: after a restart everybody signs in again."""

    def __init__(self, seconds: float = SECONDS, now: Callable[[], float] = time.monotonic) -> None:
        self._ends: dict[str, float] = {}
        self._seconds = seconds
        self._now = now

    def open(self, username: str, password: str) -> str:
        """A new session; empty for a wrong name or password."""
        if (username, password) != (USER, PASSWORD):
            return ""
        self._ends = {s: ends for s, ends in self._ends.items() if ends > self._now()}
        made = secrets.token_hex(16)
        self._ends[made] = self._now() + self._seconds
        return made

    def holds(self, session: str) -> bool:
        return self._ends.get(session, 0.0) > self._now()
