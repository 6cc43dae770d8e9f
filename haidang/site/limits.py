"""How often one caller may do what: rules by name, counted in this process's bounded memory. Never: knows a person.

A rule counts by address (an IPv6 network of 64 bits is one), by session or token, or by the name typed at the sign-in
together with the address, so that a stranger cannot use up an officer's tries. HAIDANG_LIMITS changes a rule's number.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

from django.conf import settings
from limits import RateLimitItem, parse
from limits.storage.base import Storage
from limits.strategies import FixedWindowRateLimiter

MOST_KEYS = 50_000
"""Counters kept; beyond it the oldest is forgotten. About 15 MB, however many addresses call."""

DEFAULTS = {
    "requests": "6000/minute",
    "session": "1800/minute",
    "sign-in": "60/minute",
    "sign-in-name": "10/minute",
    "hooks": "12000/minute",
    "uploads": "60/minute",
    "exports": "120/minute",
    "reports": "20/minute",
    "forms": "30/10minute",
    "forms-all": "600/minute",
    "codes": "60/minute",
}
"""Every rule; `requests`, `sign-in`, `uploads`, `exports`, `reports`, `forms`, `codes` by address, `hooks` by hook and
address, `forms-all` for everybody together: forms of the public, of which the other rules let only so many in.
"""

OPEN, CONNECTIONS, HEAD = "open", "connections", "head"
COUNTS = {OPEN: 256, CONNECTIONS: 512, HEAD: 15}
"""At one time: requests of one address (its open pages' streams too), connections of one peer that is no proxy; and
seconds that the heading of a request may take.
"""

CITIZENS = "/cong/"
PAGES = frozenset(("", "gui", "theo-doi", "ket-qua", "cua-toi", "tro-giup", "cho", "phieu", "sw.js", "app.webmanifest"))
"""What stands there under a name of its own; anything else may be the code of a report."""

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Call:
    """What a limit may know of a request."""

    method: str
    path: str
    remote: str
    session: str = ""
    """The session's cookie or the bearer's token, as it came."""
    name: str = ""
    """The name typed at the sign-in."""


class Bounded(Storage):
    """Counters by key in a bounded, ordered memory; a key's window begins with its first hit."""

    STORAGE_SCHEME = ["bounded"]  # noqa: RUF012  (declared so by the library)

    def __init__(self, most: int = MOST_KEYS) -> None:
        super().__init__()
        self._most = most
        self._kept: OrderedDict[str, tuple[float, int]] = OrderedDict()

    @property
    def base_exceptions(self) -> type[Exception]:
        return KeyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = time.time()
        until, count = self._kept.get(key, (0.0, 0))
        if until <= now:
            self._kept.pop(key, None)
            until, count = now + expiry, 0
        self._kept[key] = (until, count + amount)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return count + amount

    def get(self, key: str) -> int:
        until, count = self._kept.get(key, (0.0, 0))
        return count if until > time.time() else 0

    def get_expiry(self, key: str) -> float:
        return self._kept.get(key, (time.time(), 0))[0]

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        count = len(self._kept)
        self._kept.clear()
        return count

    def clear(self, key: str) -> None:
        self._kept.pop(key, None)

    def __len__(self) -> int:
        return len(self._kept)


class Limits:
    """The rules of this process."""

    def __init__(self, said: dict[str, str] | None = None, most: int = MOST_KEYS) -> None:
        self.storage = Bounded(most)
        self._by = FixedWindowRateLimiter(self.storage)
        self._rules = {name: parse(number) for name, number in {**DEFAULTS, **(said or {})}.items()}

    def refused(self, call: Call) -> tuple[str, int] | None:
        """(rule, seconds to wait) when one is used up; every rule that concerns the call counts it."""
        worst: tuple[str, int] | None = None
        for rule, who in concerning(call):
            if worst and rule.endswith("-all"):
                continue  # whoever is refused already does not use up what all share
            item = self._rules[rule]
            if not self._by.hit(item, rule, who):
                worst = max(worst or (rule, 0), (rule, self._wait(item, rule, who)), key=lambda found: found[1])
        return worst

    def _wait(self, item: RateLimitItem, rule: str, who: str) -> int:
        return max(1, round(self._by.get_window_stats(item, rule, who).reset_time - time.time() + 0.5))


def concerning(call: Call) -> Iterator[tuple[str, str]]:
    """Which rules count a call, and under which key."""
    if call.path.startswith("/hooks/"):
        yield "hooks", f"{call.path[:136]} {call.remote}"
        return
    yield "requests", call.remote
    if call.session:
        yield "session", _short(call.session)
    unsafe = call.method in UNSAFE
    yield from _of_citizens(call, unsafe)
    if unsafe and signs_in(call.path):
        yield "sign-in", call.remote
        if call.name:
            yield "sign-in-name", f"{_short(call.name.casefold())} {call.remote}"
    elif unsafe and call.path.endswith(("/upload", "/files", "/import")):
        yield "uploads", call.remote
    elif unsafe and call.path == "/csp-report":
        yield "reports", call.remote
    elif call.path.endswith((".csv", ".xlsx", ".pdf", "/export")):
        yield "exports", call.remote


def _of_citizens(call: Call, unsafe: bool) -> Iterator[tuple[str, str]]:
    """Forms of the public, and tries of codes: one of a thousand million opens a report, so that tries must be few."""
    if not call.path.startswith(CITIZENS):
        return
    rest = call.path[len(CITIZENS) :]
    if unsafe:
        yield "forms", call.remote
        yield "forms-all", ""
    elif rest.rstrip("/") not in PAGES and "/" not in rest:
        yield "codes", call.remote


def signs_in(path: str) -> bool:
    """Whether a post to that path tries a password, a code or a key."""
    return path.startswith(("/login", "/me/password", "/me/confirm"))


def _short(text: str) -> str:
    """Keys are kept short, and no secret is kept whole."""
    return blake2b(text.encode(), digest_size=9).hexdigest()


@cache
def limits() -> Limits:
    """The process's own, by the settings."""
    return Limits({name: said for name, said in settings.LIMITS.items() if name not in COUNTS})


def most(name: str) -> int:
    """How many: `open`, `connections` or `head`."""
    return int(settings.LIMITS.get(name, COUNTS[name]))
