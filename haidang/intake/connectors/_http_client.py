"""One HTTP request and its answer, on disk. Never: knows what a page, a session or a cursor is.

Redirects are followed here, not by a library: at most three, each address proved anew, never to another scheme; what
bears a credential or a body goes to no other host.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import httpcore
import httpx

from haidang.intake.connectors import Order
from haidang.intake.connectors._keeping import CHUNK, keep, megabytes
from haidang.intake.connectors._network import SECONDS, Proved, failed, tls
from haidang.intake.sources import guard
from haidang.words.errors import IntakeStopped, Unavailable

HOPS = 3
SAID = 65_536
"""Bytes of a refusal that are read, to tell what the other side says."""
MOVED = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Ask:
    method: str
    url: httpx.URL
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    private: frozenset[str] = frozenset()  # headers (lower case) that bear a credential


@dataclass(frozen=True)
class Reply:
    """`path`, `size`: the body in scratch, when the status is 200…299; `said`: the beginning of a refusal's."""

    status: int
    headers: httpx.Headers
    url: httpx.URL
    path: Path | None = None
    size: int = 0
    said: bytes = b""


class Client:
    """Connections of one fetch. A context manager."""

    def __init__(self, order: Order) -> None:
        self._order, self._wire = order, Proved(order.networks)
        self._seconds = min(order.number("timeout", SECONDS), 600)
        self._whole = min(order.number("whole_timeout", 600), 7200)
        self._pool = httpcore.ConnectionPool(tls(order), max_connections=2, network_backend=self._wire)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def send(self, ask: Ask) -> Reply:
        """Raises Unavailable, IntakeStopped; a status that refuses is a Reply like any other."""
        for _ in range(HOPS + 1):
            guard.check(str(ask.url), self._order.networks)
            try:
                reply = self._once(ask)
            except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
                raise failed(error, str(ask.url.copy_with(query=None))) from error
            if reply.status not in MOVED:
                return reply
            ask = _onward(ask, reply)
        raise IntakeStopped("too-many-redirects", found=_place(ask.url))

    def _once(self, ask: Ask) -> Reply:
        self._wire.until = time.monotonic() + self._whole
        headers = [(name.encode("ascii"), value.encode()) for name, value in ask.headers]
        waits = dict.fromkeys(("connect", "read", "write", "pool"), self._seconds)
        url = httpcore.URL(scheme=ask.url.raw_scheme, host=ask.url.raw_host, port=ask.url.port, target=ask.url.raw_path)
        with self._pool.stream(
            ask.method, url, headers=headers, content=ask.body or None, extensions={"timeout": waits}
        ) as response:
            return self._read(ask, response)

    def _read(self, ask: Ask, response: httpcore.Response) -> Reply:
        reply = Reply(response.status, httpx.Headers(response.headers), ask.url)
        body = unpacked(response.iter_stream(), reply.headers.get("content-encoding", ""))
        if reply.status >= 400:
            return replace(reply, said=_first(body, SAID))
        if not 200 <= reply.status < 300 or reply.status == 204:
            return reply
        told = reply.headers.get("content-length", "")
        if told.isdecimal() and int(told) > self._order.largest:
            raise IntakeStopped("too-large", found=_place(ask.url), expected=megabytes(self._order.largest))
        path, size = keep(self._order, _place(ask.url), body)
        return replace(reply, path=path, size=size)


def unpacked(raw: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The body as it was before it was packed for the way, in pieces of at most CHUNK however well it packed.

    Raises IntakeStopped('encoding-unknown') and, when it is cut or damaged, Unavailable('source-broke-off').
    """
    if encoding.strip().lower() in {"", "identity"}:
        return iter(raw)
    if encoding.strip().lower() not in {"gzip", "x-gzip"}:
        raise IntakeStopped("encoding-unknown", found=encoding[:40], expected="gzip")
    return _gunzip(raw)


def _gunzip(raw: Iterable[bytes]) -> Iterator[bytes]:
    inflate = zlib.decompressobj(31)
    try:
        for piece in raw:
            rest = piece
            while rest:
                inflate = zlib.decompressobj(31) if inflate.eof else inflate
                yield inflate.decompress(rest, CHUNK)
                rest = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
        yield inflate.flush()
    except zlib.error as error:
        raise Unavailable("source-broke-off", found="gzip", why=str(error)[:80], retry=60) from error
    if not inflate.eof:
        raise Unavailable("source-broke-off", found="gzip", why="cut", retry=60)


def _first(body: Iterator[bytes], most: int) -> bytes:
    found = b""
    for piece in body:
        found += piece
        if len(found) >= most:
            break
    return found[:most]


def _onward(ask: Ask, reply: Reply) -> Ask:
    """The request a redirect leads to. Raises IntakeStopped('redirect-refused')."""
    try:
        url = ask.url.join(reply.headers.get("location", ""))
    except httpx.InvalidURL as error:
        raise IntakeStopped("redirect-refused", found=reply.headers["location"][:120]) from error
    stays = origin(url) == origin(ask.url)
    turns = reply.status == 303 or (reply.status in {301, 302} and ask.method == "POST")
    if not url.host or url.scheme != ask.url.scheme or (ask.body and not stays and not turns):
        raise IntakeStopped("redirect-refused", found=guard.shown(str(url)))
    if turns:
        ask = replace(ask, method="GET", body=b"")
    kept = ask.headers if stays else tuple(pair for pair in ask.headers if pair[0].lower() not in ask.private)
    return replace(ask, url=url, headers=kept)


def origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or guard.PORTS.get(url.scheme, 0)


def _place(url: httpx.URL) -> str:
    """The address for a message: a query may bear a session."""
    return guard.shown(str(url.copy_with(query=None, fragment=None)))
