"""Bytes to and from a provider: only into the allowed networks, only over TLS (this machine apart), no redirect.

Never: knows the protocol. The number connected to is the one that was proved, not looked up once more.
"""

from __future__ import annotations

import ipaddress
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore

from haidang.network import guard
from haidang.words.errors import HaiDangError, IntakeStopped, Unavailable

SECONDS = 8.0
"""How long a whole answer may take; somebody waits before the screen."""
MOST = 512 * 1024


@dataclass(frozen=True)
class Reply:
    """Status, content type and body of an answer."""

    status: int
    kind: str
    body: bytes


class _Proved(httpcore.SyncBackend):
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        number, port = guard.pinned(place, guard.allowed())
        return super().connect_tcp(number, port, timeout, local_address, socket_options)


def check(url: str) -> None:
    """Prove that an address of a provider may be called at all.

    Raises IntakeStopped('address-not-allowed' | 'address-unreadable' | 'provider-not-https'), Unavailable.
    """
    guard.check(url, guard.allowed())
    if urlsplit(url).scheme != "https" and not _this_machine(urlsplit(url).hostname or ""):
        raise IntakeStopped("provider-not-https", found=guard.shown(url))


def fetch(method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Reply:
    """One request. Raises as `check`, and Unavailable('provider-silent')."""
    check(url)
    sent = [(name, value) for name, value in {"Accept": "application/json", **(headers or {})}.items()]
    waits = dict.fromkeys(("connect", "read", "write", "pool"), SECONDS)
    try:
        with (
            httpcore.ConnectionPool(ssl.create_default_context(), network_backend=_Proved()) as pool,
            pool.stream(method, url, headers=sent, content=body or None, extensions={"timeout": waits}) as reply,
        ):
            told = dict((name.lower(), value) for name, value in reply.headers)
            return Reply(reply.status, told.get(b"content-type", b"").decode("latin-1"), _read(reply))
    except HaiDangError:
        raise
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
        raise Unavailable("provider-silent", found=guard.shown(url), why=type(error).__name__, retry=60) from error


def _read(reply: httpcore.Response) -> bytes:
    until, found = time.monotonic() + SECONDS, bytearray()
    for piece in reply.iter_stream():
        found += piece
        if len(found) > MOST or time.monotonic() > until:
            raise Unavailable("provider-silent", found="", why="too much or too slow", retry=60)
    return bytes(found)


def _this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
