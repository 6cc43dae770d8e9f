"""`python -m haidang.site.serve --host H --port N [--admin-port M]`: the web server. Never: reloads itself.

One process listens at both ports, so that counters and caches are one; with HAIDANG_WEB_PROCESSES above 1 so many
share the ports, each with counters and caches of its own (a caller's pace is then counted by each). A connection that
does not get its request's heading across in time is closed, and so is what one peer opens beyond its share.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any, ClassVar

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.supervisors import Multiprocess

from haidang.site import environment

KEEP_ALIVE = 20
HEAD_BYTES = 32 * 1024
MOST_CONNECTIONS = 4000
LET_GO = 3
"""Pages hold their stream open for hours: a server told to stop lets go of them."""


class Protocol(H11Protocol):
    """h11 with an end to waiting, and a share for every peer."""

    here: ClassVar[Counter[str]] = Counter()
    _deadline: asyncio.TimerHandle | None = None
    _counted = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in the class below
        super().connection_made(transport)
        from haidang.network import remote
        from haidang.site import limits

        who = self.client[0] if self.client else ""
        self._counted = "" if remote.trusted(who) else remote.group(who)
        self.here[self._counted] += 1
        if self._counted and self.here[self._counted] > limits.most(limits.CONNECTIONS):
            transport.abort()
        else:
            self._watch()

    def data_received(self, data: bytes) -> None:
        waiting = self._deadline is not None
        super().data_received(data)
        if self._within():
            self._stop()
        elif not waiting and not self.transport.is_closing():
            self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        self.here[self._counted] -= 1
        if self.here[self._counted] <= 0:
            del self.here[self._counted]
        super().connection_lost(exc)

    def _within(self) -> bool:
        """Whether a request's heading has come and its answer is under way."""
        return self.cycle is not None and not self.cycle.response_complete

    def _watch(self) -> None:
        """From the connection's beginning, or the first byte of a further request."""
        from haidang.site import limits

        self._deadline = self.loop.call_later(limits.most(limits.HEAD), self._late)

    def _stop(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None

    def _late(self) -> None:
        self._deadline = None
        if not self._within() and not self.transport.is_closing():
            self.transport.abort()


def config(processes: int = 1) -> uvicorn.Config:
    """How the server serves; needs the settings."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "haidang.site.settings"
    return uvicorn.Config(
        "haidang.site.asgi:application",
        http=Protocol,
        workers=processes,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=LET_GO,
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=HEAD_BYTES,
        backlog=1024,
    )


def listening(host: str, port: int) -> socket.socket:
    """A socket bound there; raises OSError."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    # By its protocol asyncio knows that it may send small pieces at once: without it every answer waits 40 ms.
    made = socket.socket(kind, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((host, port))
    return made


def main(words: list[str] | None = None) -> int:
    parser = ArgumentParser(prog="haidang.site.serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--admin-port", type=int, default=0)
    said: Any = parser.parse_args(words)
    if said.admin_port:
        os.environ["HAIDANG_ADMIN_PORT"] = str(said.admin_port)
    ports = dict.fromkeys([said.port, *([said.admin_port] if said.admin_port else [])])
    sockets, processes = [listening(said.host, port) for port in ports], environment.number("HAIDANG_WEB_PROCESSES", 1)
    if processes > 1:
        for made in sockets:
            made.listen(1024)
        Multiprocess(config(processes), sockets=sockets).run()
    else:
        uvicorn.Server(config()).run(sockets=sockets)
    return 0


if __name__ == "__main__":
    sys.exit(main())
