"""Bytes to and from a provider of a channel: only into the allowed networks, only over TLS (this machine apart).

Whether a request surely did not go out (`Unavailable`) or may have (`Unsure`) is told apart here, for messages that
must not be sent twice. Never: follows a redirect, logs what is sent, knows a provider.
"""

from __future__ import annotations

import ipaddress
import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpcore

from haidang.cases.channels import Unsure
from haidang.network import calling, guard
from haidang.words.errors import HaiDangError, IntakeStopped, Unavailable

SECONDS = 15.0
MOST = 512 * 1024
"""Bytes of an answer; files have their own bound."""
_NOT_SENT = (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout)


@dataclass(frozen=True)
class Reply:
    """Status and body of an answer."""

    status: int
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as an object; {} for anything else."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def check(url: str) -> None:
    """Prove that an address may be called at all.

    Raises IntakeStopped('address-not-allowed' | 'address-unreadable' | 'channel-not-https'), Unavailable.
    """
    guard.check(url, guard.allowed())
    if urlsplit(url).scheme != "https" and not _this_machine(urlsplit(url).hostname or ""):
        raise IntakeStopped("channel-not-https", found=guard.shown(url))


def call(
    method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes = b"", most: int = MOST
) -> Reply:
    """One request. Raises as `check`, Unavailable('channel-unreachable'), Unsure('channel-unsure')."""
    check(url)
    until = time.monotonic() + SECONDS
    waits = dict.fromkeys(("connect", "read", "write", "pool"), SECONDS)
    sent = [(name, value) for name, value in (headers or {}).items()]
    try:
        with (
            httpcore.ConnectionPool(ssl.create_default_context(), network_backend=calling.Proved()) as pool,
            pool.stream(method, url, headers=sent, content=body or None, extensions={"timeout": waits}) as reply,
        ):
            return Reply(reply.status, _read(reply, until, most))
    except HaiDangError:
        raise
    except _NOT_SENT as error:
        raise Unavailable("channel-unreachable", found=_place(url), why=type(error).__name__, retry=60) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
        raise Unsure("channel-unsure", found=_place(url), why=type(error).__name__, retry=60) from error


def post_json(url: str, said: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Reply:
    """POST of a JSON object; raises as `call`."""
    body = json.dumps(said, ensure_ascii=False).encode()
    return call("POST", url, headers={"Content-Type": "application/json", **(headers or {})}, body=body)


def post_form(url: str, said: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Reply:
    """POST of a form; raises as `call`."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return call("POST", url, headers={**kind, **(headers or {})}, body=urlencode(said).encode())


def busy(reply: Reply, url: str) -> None:
    """Raises Unavailable('channel-busy') for an answer that says to come again, Unsure for a fault over there."""
    if reply.status in (429, 503):
        raise Unavailable("channel-busy", found=_place(url), retry=300)
    if reply.status >= 500:
        raise Unsure("channel-unsure", found=_place(url), why=str(reply.status), retry=300)


def _read(reply: httpcore.Response, until: float, most: int) -> bytes:
    found = bytearray()
    for piece in reply.iter_stream():
        found += piece
        if len(found) > most:
            raise IntakeStopped("channel-too-large", found=str(most))
        if time.monotonic() > until + SECONDS:
            raise Unsure("channel-unsure", found="", why="slow", retry=60)
    return bytes(found)


def _place(url: str) -> str:
    """Scheme and host alone: a path or a query may bear a token."""
    parts = urlsplit(url)
    return guard.shown(f"{parts.scheme}://{parts.netloc}")


def _this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
