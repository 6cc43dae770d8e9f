"""How fast reports may come without a key: of one address, and of all together. Never: holds up whoever has a key."""

from __future__ import annotations

import time
from collections import OrderedDict, deque

ONE, ALL = 10, 300
"""Reports of one address, and of all, in a minute."""
WINDOW = 60.0
_MOST_ADDRESSES = 5_000


class Pace:
    """Counts in this process's bounded memory."""

    def __init__(self, one: int = ONE, every: int = ALL) -> None:
        self._one, self._every = one, every
        self._by: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque()

    def wait(self, address: str) -> int:
        """0: it may come, and is counted; else the seconds to wait."""
        now = time.monotonic()
        own = self._by.pop(address, deque())
        self._by[address] = own
        while len(self._by) > _MOST_ADDRESSES:
            self._by.popitem(last=False)
        waits = [_left(times, most, now) for times, most in ((own, self._one), (self._all, self._every))]
        if not any(waits):
            own.append(now)
            self._all.append(now)
        return max(waits)

    def forget(self) -> None:
        self._by.clear()
        self._all.clear()


def _left(times: deque[float], most: int, now: float) -> int:
    while times and now - times[0] >= WINDOW:
        times.popleft()
    return int(WINDOW - (now - times[0])) + 1 if len(times) >= most else 0


pace = Pace()
