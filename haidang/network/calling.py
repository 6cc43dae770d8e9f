"""Calls over HTTP that lead only to the number that was proved: one request, no redirect, bounded in time and size.

Never: knows a protocol above HTTP, follows a redirect, looks a name up a second time.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpcore

from haidang.network import guard
from haidang.words.errors import HaiDangError, Unavailable

SECONDS = 8.0
"""How long a whole answer may take."""
MOST = 512 * 1024


@dataclass(frozen=True)
class Reply:
    """Status, content type, body and headings (names in small letters) of an answer."""

    status: int
    kind: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)


class Proved(httpcore.SyncBackend):
    """Connects to the proved number of a host; certificates are still proved by its name."""

    def __init__(self, networks: tuple[str, ...] | None = None) -> None:
        self.networks = networks

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        number, port = pinned(host, port, self.networks)
        return super().connect_tcp(number, port, timeout, local_address, socket_options)


def pinned(host: str, port: int, networks: tuple[str, ...] | None = None) -> tuple[str, int]:
    """Where to connect for a host; raises as network.guard. `networks`: None for those of the settings."""
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return guard.pinned(place, guard.allowed() if networks is None else networks)


def fetch(
    method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"", *, seconds: float = SECONDS
) -> Reply:
    """One request; raises IntakeStopped('address-not-allowed' | 'address-unreadable'), Unavailable('call-failed').

    An answer of any status is an answer; more than MOST bytes or more than `seconds` is none.
    """
    guard.check(url, guard.allowed())
    waits = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
    try:
        with (
            httpcore.ConnectionPool(ssl.create_default_context(), network_backend=Proved()) as pool,
            pool.stream(
                method, url, headers=list((headers or {}).items()), content=body or None, extensions={"timeout": waits}
            ) as reply,
        ):
            told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in reply.headers}
            return Reply(reply.status, told.get("content-type", ""), _read(reply, seconds), told)
    except HaiDangError:
        raise
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
        raise Unavailable("call-failed", found=guard.shown(url), why=type(error).__name__, retry=60) from error


def _read(reply: httpcore.Response, seconds: float) -> bytes:
    until, found = time.monotonic() + seconds, bytearray()
    for piece in reply.iter_stream():
        found += piece
        if len(found) > MOST or time.monotonic() > until:
            raise Unavailable("call-failed", found="", why="too much or too slow", retry=60)
    return bytes(found)
