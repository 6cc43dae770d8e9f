"""How a row of the trace is sealed, and how a chain is proved. Pure: no database, no clock.

The digest of a row is HMAC-SHA256 over the digest before it and the row in one canonical form; the head of the chain is
sealed too, so that cutting the end off and setting the head back shows. Never: mends what is broken.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FIELDS = (
    *("at", "who", "real", "action", "subject", "outcome", "because", "purpose"),
    *("address", "door", "privilege", "times", "plain"),
)
"""What is sealed of a row besides its number, in this order."""

FIRST = ""
"""The digest before the first row of all."""


@dataclass(frozen=True)
class Link:
    """One row of the chain: its number, the values of FIELDS, its digest."""

    number: int
    values: tuple[object, ...]
    digest: str


@dataclass(frozen=True)
class Head:
    """Where a chain stands: what of the head's row is sealed."""

    number: int
    digest: str
    kept_from: int
    anchor: str


Broken = tuple[int, str]
"""(number, what): changed | missing | inserted | reordered | truncated | head | key | rewritten | noted."""


@dataclass(frozen=True)
class Verified:
    """What was proved: how many rows, from which number to which; the first fault, or None."""

    rows: int
    first: int
    last: int
    broken: Broken | None = None


@lru_cache(maxsize=8)
def made_key(secret: str) -> bytes:
    """The key of the chain, made from the machine's secret by HKDF: the secret itself never touches a row."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"haidang trace chain 1").derive(secret.encode())
    return bytes(made)


def canonical(number: int, values: Sequence[object]) -> bytes:
    """One form only: a JSON list, times in UTC to the microsecond."""
    told = [_plain(value) for value in values]
    return json.dumps([number, *told], ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def seal(key: bytes, before: str, number: int, values: Sequence[object]) -> str:
    """The digest of a row after the digest `before`: 64 hexadecimal digits."""
    return _mac(key, b"row", before.encode() + b"\n" + canonical(number, values))


def seal_waiting(key: bytes, values: Sequence[object]) -> str:
    """Of a row that has no number yet: nobody without the key can have one numbered."""
    return _mac(key, b"waiting", canonical(0, values))


def seal_head(key: bytes, head: Head) -> str:
    return _mac(key, b"head", json.dumps([head.number, head.digest, head.kept_from, head.anchor]).encode())


def name_of(key: bytes) -> str:
    """By what a key is known again without being told: 16 hexadecimal digits."""
    return _mac(key, b"name", b"")[:16]


def _mac(key: bytes, kind: bytes, told: bytes) -> str:
    return hmac.new(key, kind + b"\0" + told, hashlib.sha256).hexdigest()


def prove(key: bytes, links: Iterable[Link], start: int, before: str) -> Iterator[tuple[Link, str]]:
    """Each link with what is wrong with it ("" nothing); ends at the first fault. Holds one link at a time."""
    expected = start
    for link in links:
        wrong = _wrong(key, link, expected, before)
        yield link, wrong
        if wrong:
            return
        expected, before = link.number + 1, link.digest


def _wrong(key: bytes, link: Link, expected: int, before: str) -> str:
    if link.number != expected:
        return "missing"
    return "" if belongs(key, link, expected, before) else "changed"


def belongs(key: bytes, link: Link, number: int, before: str) -> bool:
    """Whether a row is the one that was written as `number` after `before`, wherever it stands now."""
    return hmac.compare_digest(seal(key, before, number, link.values), link.digest)
