"""The simulated clock: Việt Nam time that may run up to a day in a minute, jump or drift.

Within one run it follows the machine's steady counter, so that moving the machine's clock does not move the province.
Never: knows what happens at a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

VN = timezone(timedelta(hours=7))
FASTEST = 1440.0
LONGEST_SLEEP = 400 * 86400.0
"""A province at speed 1 that was off for longer than this goes on from that much later, not from today."""


def moment(text: str) -> datetime:
    """A moment from ISO text; without a zone it is Việt Nam time. Raises ValueError."""
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return found.replace(tzinfo=VN) if found.tzinfo is None else found.astimezone(VN)


def at(seconds: float) -> datetime:
    """The Việt Nam moment of seconds since 1970 (UTC)."""
    return datetime.fromtimestamp(seconds, VN)


def midnight(day: date) -> int:
    """Seconds since 1970 (UTC) of the day's beginning in Việt Nam."""
    return int(datetime(day.year, day.month, day.day, tzinfo=VN).timestamp())


class Clock:
    """simulated = begun + (steady counter − its beginning) × speed × (1 + drift / 86,400). Moments are aware, UTC+7."""

    def __init__(
        self, start: datetime, *, speed: float = 1.0, drift: float = 0.0, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._steady = steady
        self._from = steady()
        self._begun = start.timestamp()
        self.speed = _fair(speed)
        self.drift = drift  # simulated seconds gained per day

    def seconds(self) -> float:
        """Now, as seconds since 1970 (UTC)."""
        return self._begun + (self._steady() - self._from) * self.speed * (1 + self.drift / 86400)

    def now(self) -> datetime:
        return at(self.seconds())

    def set(
        self, *, to: datetime | None = None, jump: float = 0.0, speed: float | None = None, drift: float | None = None
    ) -> None:
        """From this instant on. `jump` in simulated seconds, back or forth. Raises ValueError (speed)."""
        begun = to.timestamp() if to else self.seconds() + jump
        new_speed = self.speed if speed is None else _fair(speed)
        self._begun, self._from, self.speed = begun, self._steady(), new_speed
        self.drift = self.drift if drift is None else drift

    def kept(self) -> dict[str, float]:
        """What `again` needs after a restart."""
        return {"simulated": self.seconds(), "wall": time.time(), "speed": self.speed, "drift": self.drift}


def again(kept: dict[str, float], *, speed: float | None = None, wall: float | None = None) -> Clock:
    """The clock after a restart: at speed 1 time has passed meanwhile, a faster clock stood still."""
    now = time.time() if wall is None else wall
    chosen = kept["speed"] if speed is None else speed
    slept = min(max(now - kept["wall"], 0.0), LONGEST_SLEEP) if kept["speed"] == 1 else 0.0
    return Clock(at(kept["simulated"] + slept), speed=chosen, drift=kept["drift"])


def _fair(speed: float) -> float:
    if not 0 <= speed <= FASTEST:
        raise ValueError(f"speed {speed}: from 0 (standing) to {FASTEST:g} (a day in a minute)")
    return float(speed)
