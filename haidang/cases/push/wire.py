"""One message to one push service: encrypted for that browser alone, only to services that are known.

A subscription's address comes from a stranger's browser: only the services of the browsers there are, and what the
province named besides, are ever called, over TLS, without redirects. Never: keeps an address, logs one.
"""

from __future__ import annotations

import base64
import ipaddress
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import http_ece
import httpcore
from cryptography.hazmat.primitives.asymmetric import ec

from haidang.cases.push import keys
from haidang.network import calling, guard
from haidang.words.errors import BadQuestion, Unavailable

SERVICES = ("fcm.googleapis.com", "updates.push.services.mozilla.com", "push.apple.com", "notify.windows.com")
"""Of Chrome, Edge, Samsung; Firefox; Safari; Windows. A host beneath one of them is one of them."""
EVERYWHERE = ("0.0.0.0/0", "::/0")
SECONDS = 8.0
KEPT = 24 * 3600
"""Seconds a service keeps a message for a telephone that is off."""
MOST = 3000


@dataclass(frozen=True)
class Place:
    """A browser's subscription: `endpoint` (address), `p256dh` (its public key), `auth` (its secret)."""

    endpoint: str
    p256dh: str
    auth: str


def known(place: Place, more: Iterable[str] = ()) -> Place:
    """The same, when it is a subscription to a service that may be called; raises BadQuestion('bad-subscription')."""
    try:
        parts = urlsplit(place.endpoint)
        host, sound = parts.hostname or "", len(_raw(place.p256dh)) == 65 and len(_raw(place.auth)) == 16
    except ValueError:
        raise BadQuestion("bad-subscription") from None
    of_service = any(host == one or host.endswith(f".{one}") for one in SERVICES) and parts.scheme == "https"
    named = parts.netloc in tuple(more) and (parts.scheme == "https" or _loopback(host))
    if not (sound and len(place.endpoint) <= 1000 and (of_service or named)):
        raise BadQuestion("bad-subscription")
    return place


def send(place: Place, payload: bytes, more: Iterable[str] = ()) -> int:
    """The status the service answered (201 taken, 404 and 410 gone); raises Unavailable('push-silent')."""
    known(place, more)
    sealed = encrypted(place, payload)
    headers = {
        "Authorization": keys.authorization(place.endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT),
        "Urgency": "normal",
    }
    waits = dict.fromkeys(("connect", "read", "write", "pool"), SECONDS)
    networks = guard.allowed() if urlsplit(place.endpoint).netloc in tuple(more) else EVERYWHERE
    try:
        with httpcore.ConnectionPool(ssl.create_default_context(), network_backend=calling.Proved(networks)) as pool:
            answer = pool.request(
                "POST", place.endpoint, headers=list(headers.items()), content=sealed, extensions={"timeout": waits}
            )
            return answer.status
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
        raise Unavailable("push-silent", found=urlsplit(place.endpoint).hostname, retry=60) from error


def encrypted(place: Place, payload: bytes) -> bytes:
    """Readable by that browser alone (RFC 8291, aes128gcm)."""
    own = ec.generate_private_key(ec.SECP256R1())
    sealed: bytes = http_ece.encrypt(
        payload[:MOST],
        private_key=own,
        dh=_raw(place.p256dh),
        auth_secret=_raw(place.auth),
        version="aes128gcm",
    )
    return sealed


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
