"""Web hook: the other side pushes to /hooks/<source>, signed. HMAC over `timestamp.body`, compared in constant time.

`X-Signature: t=1763784000,v1=<hex>`; several `v1` may stand (a secret being changed). Never: reads what the body means,
remembers what it has seen (sources do).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from haidang.intake.connectors import Order, Setting
from haidang.words.errors import Denied

MODE = "push"
SETTINGS = (
    Setting("secret", required=True, secret=True),
    Setting("old_secret", secret=True),
    Setting("header", home="either", default="X-Signature"),
    Setting("algorithm", home="either", default="sha256", choices=("sha256", "sha512")),
    Setting("tolerance", home="either", default="300", kind="integer"),
    Setting("rate", home="either", default="600", kind="integer"),
    Setting("name", home="pack", default="push"),
)
LONGEST_TOLERANCE = 900
_CHUNK = 1 << 20


def check(order: Order, headers: Mapping[str, str], body: Path, now: datetime) -> str:
    """Prove who sent it and when; gives the mark by which the same message is known again.

    Raises Denied('hook-unsigned' | 'hook-stale' | 'hook-signature').
    """
    given = {name.lower(): value for name, value in headers.items()}
    stamp, signatures = _parts(given.get(order.value("header", "X-Signature").lower(), ""))
    if not stamp.isdecimal() or len(stamp) > 12 or not signatures:
        raise Denied("hook-unsigned")
    if abs(now.timestamp() - int(stamp)) > min(order.number("tolerance", 300), LONGEST_TOLERANCE):
        raise Denied("hook-stale")
    for secret in filter(None, (order.value("secret"), order.value("old_secret"))):
        right = signature(secret, stamp, body, order.value("algorithm", "sha256"))
        if any([hmac.compare_digest(right, one) for one in signatures]):
            return right[:64]
    raise Denied("hook-signature")


def signature(secret: str, stamp: str, body: Path, algorithm: str) -> str:
    """The HMAC in hex over `stamp.body`, the body read piece by piece."""
    made = hmac.new(secret.encode(), f"{stamp}.".encode(), getattr(hashlib, algorithm))
    with body.open("rb") as source:
        while chunk := source.read(_CHUNK):
            made.update(chunk)
    return made.hexdigest()


def _parts(header: str) -> tuple[str, list[str]]:
    """The moment and the signatures of `t=…,v1=…`; of at most ten parts, none that is not plain ASCII."""
    pairs = [part.strip().partition("=") for part in header.split(",")[:10] if part.isascii()]
    stamp = next((value for name, _, value in pairs if name == "t"), "")
    return stamp, [value.lower() for name, _, value in pairs if name == "v1"]
