"""What an exchange pushes about a call: proving who sent it, and reading it. Pure.

`X-Signature: t=1763784000,v1=<hex>`: HMAC-SHA256 of `t.body` with the secret both sides keep, as at the other hooks.
Never: writes, remembers what it has seen (a call's row does).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from haidang.words.errors import BadQuestion, Denied

RINGING, ANSWERED, ENDED, MISSED, RECORDED = KINDS = ("ringing", "answered", "ended", "missed", "recorded")
TOLERANCE = 300
"""Seconds a signature is good for, both ways."""
LONGEST_ID = 120


@dataclass(frozen=True)
class Event:
    """One event of one call. `call`: the exchange's id of it; `agent`: the extension or account that answered;
    `line`: the number or queue that was called; `record`: the bytes of its recording."""

    call: str
    kind: str
    at: datetime
    phone: str = field(default="", repr=False)
    agent: str = ""
    line: str = ""
    record: bytes = field(default=b"", repr=False)


def prove(secrets: Iterable[str], header: str, body: bytes, now: datetime) -> None:
    """Raises Denied('hook-unsigned' | 'hook-stale' | 'hook-signature')."""
    pairs = [part.strip().partition("=") for part in header.split(",")[:10] if part.isascii()]
    stamp = next((value for name, _, value in pairs if name == "t"), "")
    signed = [value.lower() for name, _, value in pairs if name == "v1"]
    if not stamp.isdecimal() or len(stamp) > 12 or not signed:
        raise Denied("hook-unsigned")
    if abs(now.timestamp() - int(stamp)) > TOLERANCE:
        raise Denied("hook-stale")
    made = [signature(secret, stamp, body) for secret in secrets if secret]
    # Every pair is compared, so that the time it takes says nothing of which was near.
    if not any([hmac.compare_digest(right, one) for right in made for one in signed]):
        raise Denied("hook-signature")


def signature(secret: str, stamp: str, body: bytes) -> str:
    """The HMAC in hex over `stamp.body`."""
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()


def read(body: bytes, now: datetime) -> Event:
    """The event of a proved push; raises BadQuestion('call-unreadable')."""
    try:
        said = json.loads(body)
        record = base64.b64decode(said["record"], validate=True) if said.get("record") else b""
        at = datetime.fromisoformat(said["at"]) if said.get("at") else now
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, binascii.Error) as broken:
        raise BadQuestion("call-unreadable", found=type(broken).__name__) from broken
    call, kind = _text(said, "call", LONGEST_ID), _text(said, "event", 16)
    if not call or kind not in KINDS or (kind == RECORDED and not record):
        raise BadQuestion("call-unreadable", found=kind or "?")
    at = at if at.tzinfo else timezone.make_aware(at)
    # A clock of the exchange that runs ahead makes no call of the future.
    told = {name: _text(said, name, most) for name, most in (("phone", 40), ("agent", 64), ("line", 32))}
    return Event(call, kind, min(at, now), **told, record=record)


def _text(said: dict[str, Any], name: str, most: int) -> str:
    value = said.get(name, "")
    return str(value).strip()[:most] if isinstance(value, str | int) else ""
