"""Messages of a stream gathered into batch files of JSON Lines, in the form the format `messages` reads.

Each line is the message's own object with `_topic`, `_at` (when it came, UTC) and the columns told from its topic. What
is no JSON object stands as `_payload` (text, or `_base64` when it is not UTF-8), what is too large as `_refused` with
its size and its beginning. Never: knows a broker, acknowledges, judges a value.
"""

from __future__ import annotations

import base64
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NoReturn

MOST_SHOWN = 1_000
"""Bytes of a refused message that are kept: enough to know it again."""
MOST_TOPICS = 20_000
"""Topics remembered with the columns they tell."""
TOO_LARGE = "message-too-large"


@dataclass(frozen=True)
class Bounds:
    """When a batch is closed (seconds since its first message, messages, bytes; or silence once there are a few).

    `largest`: bytes of the largest message taken whole.
    """

    seconds: float = 1.0
    messages: int = 5_000
    bytes: int = 8 << 20
    largest: int = 64 << 10

    @property
    def silence(self) -> float:
        """A broker whose window is full stays silent until it is answered: waiting longer brings nothing."""
        return self.seconds / 5


A_FEW = 10


@dataclass
class Batch:
    """A closed batch: its file, and the message numbers to acknowledge once it is safe, in the order they came."""

    path: Path
    name: str
    numbers: list[int]
    messages: int


@dataclass
class Spool:
    """The batch that is open. `columns`: column → level of the topic (counted from 1) that tells it."""

    folder: Path
    source: str
    bounds: Bounds
    columns: Mapping[str, int] = field(default_factory=dict)
    _file: IO[bytes] | None = None
    _path: Path = Path()
    _numbers: list[int] = field(default_factory=list)
    _messages: int = 0
    _bytes: int = 0
    _first: float = 0.0
    _last: float = 0.0
    _tails: dict[str, bytes] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not self._messages

    def add(self, topic: str, payload: bytes, number: int) -> None:
        """One message; `number` 0: it asks for no acknowledgement."""
        self._last = time.monotonic()
        if self._file is None:
            self._open()
        line = self._line(topic, payload)
        self._bytes += len(line)
        self._messages += 1
        if number:
            self._numbers.append(number)
        if self._file:
            self._file.write(line)

    def full(self) -> bool:
        """Whether the batch is to be closed now."""
        if not self._messages:
            return False
        now, bounds = time.monotonic(), self.bounds
        if self._messages >= bounds.messages or self._bytes >= bounds.bytes or now - self._first >= bounds.seconds:
            return True
        return self._messages >= A_FEW and now - self._last >= bounds.silence

    def close(self) -> Batch:
        """The batch as a file; the next message opens another."""
        if self._file:
            self._file.close()
        batch = Batch(self._path, self._path.name, self._numbers, self._messages)
        self._file, self._numbers, self._messages, self._bytes = None, [], 0, 0
        return batch

    def _open(self) -> None:
        self._first = self._last
        moment = datetime.now(UTC)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._path = self.folder / f"{self.source}-{moment:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}.jsonl"
        self._file = self._path.open("wb")

    def _line(self, topic: str, payload: bytes) -> bytes:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        tail = b'"_at": "%s", %s}\n' % (at.encode(), self._tail(topic))
        if len(payload) > self.bounds.largest:
            shown = {"_refused": TOO_LARGE, "_size": len(payload), **_as_text(payload[:MOST_SHOWN])}
            return _joined(_compact(shown), tail)
        if is_object(payload):
            # Its own text, not what we read of it: numbers stay as they were written. A line end can only stand between
            # the parts of a JSON text, never inside one.
            return _joined(payload.strip().replace(b"\n", b" ").replace(b"\r", b" "), tail)
        return _joined(_compact(_as_text(payload)), tail)

    def _tail(self, topic: str) -> bytes:
        """What the topic says of its messages; it stands last, so that no message speaks for another's topic."""
        found = self._tails.get(topic)
        if found is None:
            levels = topic.split("/")
            told = {name: levels[at - 1] for name, at in self.columns.items() if at <= len(levels)}
            found = _compact({**told, "_topic": topic})[1:-1]
            if len(self._tails) >= MOST_TOPICS:
                self._tails.clear()
            self._tails[topic] = found
        return found


def is_object(payload: bytes) -> bool:
    """Whether the bytes are one JSON object in UTF-8."""
    try:
        return isinstance(_STRICT.decode(payload.decode()), dict)
    except (ValueError, RecursionError):
        return False


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


_STRICT = json.JSONDecoder(parse_constant=_no_number)


def _as_text(payload: bytes) -> dict[str, str]:
    try:
        return {"_payload": payload.decode()}
    except UnicodeDecodeError:
        return {"_base64": base64.b64encode(payload).decode()}


def _compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _joined(head: bytes, tail: bytes) -> bytes:
    inside = head[1:-1].strip()
    return b"{" + inside + (b", " if inside else b"") + tail
