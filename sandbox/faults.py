"""Faults on order: what is wrong with a stream at the moment, and the book of what was spoilt.

One mechanism for files, messages and REST. A fault has an end in real seconds (`seconds`) or in simulated time (`for`).
Never: invents data: it holds back, repeats, cuts or alters what a stream has made.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox import spoil
from sandbox.clock import Clock
from sandbox.database import Database

KINDS = ("late", "down", "duplicate", "out-of-order", "half-file", "new-column", "wrong-unit", "clock-wrong")
HOLDING = {"late", "down"}
EVERY_STREAM = "*"
WRONG_HOURS = 7.0
"""A logger that writes Việt Nam time as if it were UTC: the commonest wrong clock."""
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class Fault:
    """`ends` in real seconds since 1970, `ends_simulated` in simulated ones; None: the other one rules."""

    id: int
    stream: str
    kind: str
    begun: float
    ends: float | None
    begun_simulated: float
    ends_simulated: float | None
    settings: Mapping[str, Any] = field(default_factory=dict)


def span(text: str) -> float:
    """Seconds of '2d', '30m', '45s'. Raises ValueError."""
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([smhd])", text.strip())
    if not found:
        raise ValueError(f"not a span: {text!r} (45s, 30m, 6h, 2d)")
    return float(found[1]) * UNITS[found[2]]


class Faults:
    """The faults of one sandbox. Kept in its database, so that a restart does not mend anything."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._open = [
            _fault(row) for row in database.rows("select * from fault where ends is null or ends > ?", [time.time()])
        ]

    def order(
        self,
        stream: str,
        kind: str,
        *,
        seconds: float | None = None,
        lasting: str = "",
        settings: Mapping[str, Any] | None = None,
    ) -> Fault:
        """From now, for real `seconds` or a simulated span. Raises ValueError for an unknown kind or neither length."""
        if kind not in KINDS:
            raise ValueError(f"unknown fault {kind!r}: {', '.join(KINDS)}")
        if (seconds is None) == (not lasting):
            raise ValueError("say either seconds (real) or for (simulated: 45s, 30m, 6h, 2d)")
        real, simulated = time.time(), self._clock.seconds()
        ends = None if seconds is None else real + seconds
        ends_simulated = simulated + span(lasting) if lasting else None
        text = json.dumps(dict(settings or {}))
        with self._database.write() as rows:
            made = rows.execute(
                "insert into fault (stream, kind, begun, ends, begun_simulated, ends_simulated, settings)"
                " values (?, ?, ?, ?, ?, ?, ?)",
                (stream, kind, real, ends, simulated, ends_simulated, text),
            ).lastrowid
        fault = Fault(int(made or 0), stream, kind, real, ends, simulated, ends_simulated, json.loads(text))
        with self._lock:
            self._open.append(fault)
        return fault

    def lift(self, stream: str = EVERY_STREAM) -> int:
        """End the faults of a stream (or all) now; how many there were."""
        with self._lock:
            mine = [f for f in self._open if stream in (EVERY_STREAM, f.stream) and not self._over(f)]
            self._open = [f for f in self._open if f not in mine]
        with self._database.write() as rows:
            rows.executemany(
                "update fault set ends = ?, ends_simulated = null where id = ?", [(time.time(), f.id) for f in mine]
            )
        return len(mine)

    def _over(self, fault: Fault) -> bool:
        if fault.ends is not None:
            return time.time() >= fault.ends
        return self._clock.seconds() >= (fault.ends_simulated or 0)

    def all(self) -> tuple[Fault, ...]:
        """Those in force."""
        with self._lock:
            self._open = [f for f in self._open if not self._over(f)]
            return tuple(self._open)

    def active(self, stream: str, kind: str = "") -> dict[str, Fault]:
        """Those in force on a stream, by kind; of one kind only, when it is given."""
        return {f.kind: f for f in self.all() if f.stream in (stream, EVERY_STREAM) and kind in ("", f.kind)}

    def held(self, stream: str) -> bool:
        """Whether nothing may leave the stream now."""
        return bool(HOLDING & self.active(stream).keys())

    def log(self, fault: Fault, what: str) -> None:
        """Write in the book what a fault has just done."""
        with self._database.write() as rows:
            rows.execute(
                "insert into injected (fault, stream, kind, at_simulated, what) values (?,?,?,?,?)",
                (fault.id, fault.stream, fault.kind, self._clock.seconds(), what),
            )

    def altered(self, stream: str, body: bytes, what: str, *, own: frozenset[str] = frozenset()) -> bytes:
        """The body as the faults of the moment leave it. `own`: kinds the stream has already seen to by itself."""
        for kind, fault in self.active(stream).items():
            if kind in own:
                continue
            changed = _alter(fault, body)
            if changed != body:
                self.log(fault, what)
                body = changed
        return body


def _alter(fault: Fault, body: bytes) -> bytes:
    if fault.kind == "clock-wrong":
        return spoil.clock_wrong(body, float(fault.settings.get("hours", WRONG_HOURS)))
    changes = {"half-file": spoil.half, "new-column": spoil.new_column, "wrong-unit": spoil.wrong_unit}
    return changes[fault.kind](body) if fault.kind in changes else body


def _fault(row: Any) -> Fault:
    return Fault(
        row["id"],
        row["stream"],
        row["kind"],
        row["begun"],
        row["ends"],
        row["begun_simulated"],
        row["ends_simulated"],
        json.loads(row["settings"]),
    )
