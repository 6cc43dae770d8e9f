"""Connections that lead only where the guard proved, and what a failed one means. Never: speaks a protocol.

Every network connector takes its sockets or its numbers from here, and its library's exceptions go through `failed`.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpcore

from haidang.intake.connectors import Order
from haidang.intake.sources import guard
from haidang.network import calling
from haidang.words.errors import HaiDangError, IntakeStopped, Unavailable

SECONDS = 30
"""How long the other side may be silent."""


def connect(address: str, order: Order, seconds: float = SECONDS) -> socket.socket:
    """A connected socket to the proved number of an address; raises as `guard.pinned`, and OSError."""
    return socket.create_connection(guard.pinned(address, order.networks), timeout=seconds)


def tls(order: Order) -> ssl.SSLContext:
    """TLS that proves the other side, by the machine's authorities or those of setting `ca` (a file, or PEM itself).

    Raises IntakeStopped('ca-unreadable').
    """
    told = order.value("ca").strip()
    try:
        if told.startswith("-----BEGIN"):
            return ssl.create_default_context(cadata=told)
        return ssl.create_default_context(cafile=told or None)
    except (OSError, ssl.SSLError, ValueError) as error:
        raise IntakeStopped("ca-unreadable", found=Path(told[:120]).name) from error


def failed(error: BaseException, address: str) -> HaiDangError:
    """What a network library's exception means; the cause beneath it is told before what wraps it."""
    place = guard.shown(address)
    for cause in _causes(error):
        if isinstance(cause, HaiDangError):
            return cause
        if isinstance(cause, ssl.SSLCertVerificationError):
            return IntakeStopped("certificate-wrong", found=place, why=cause.verify_message)
        if isinstance(cause, ConnectionRefusedError):
            return Unavailable("source-refuses", found=place, retry=60)
    if any(isinstance(cause, TimeoutError | httpcore.TimeoutException) for cause in _causes(error)):
        return Unavailable("source-silent", found=place, retry=60)
    if any(isinstance(cause, ssl.SSLError) for cause in _causes(error)):
        return IntakeStopped("tls-failed", found=place)
    if any(isinstance(cause, httpcore.ConnectError | socket.gaierror) for cause in _causes(error)):
        return Unavailable("source-unreachable", found=place, retry=60)
    return Unavailable("source-broke-off", found=place, why=type(error).__name__, retry=60)


def _causes(error: BaseException) -> list[BaseException]:
    """From the deepest cause to the error itself."""
    chain: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in chain:
        chain.insert(0, at)
        at = at.__cause__ or at.__context__
    return chain


class Proved(httpcore.NetworkBackend):
    """Opens connections only to proved numbers, and ends every wait by `until` (of time.monotonic)."""

    def __init__(self, networks: tuple[str, ...]) -> None:
        self.networks = networks
        self.until = time.monotonic() + SECONDS
        self._below = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        number, port = calling.pinned(host, port, self.networks)
        stream = self._below.connect_tcp(number, port, self.left(timeout), local_address, socket_options)
        return _Bounded(stream, self)

    def left(self, timeout: float | None) -> float:
        """Seconds that may still be waited; raises Unavailable('source-slow') when none."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise Unavailable("source-slow", retry=300)
        return min(left, timeout or SECONDS)


class _Bounded(httpcore.NetworkStream):
    """A stream none of whose waits goes beyond its backend's end: a byte a minute is no answer."""

    def __init__(self, stream: httpcore.NetworkStream, backend: Proved) -> None:
        self._stream, self._backend = stream, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._backend.left(timeout))
        return _Bounded(stream, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
