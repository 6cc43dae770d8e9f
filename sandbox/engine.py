"""The heart: every half second each stream is asked for the span that has passed, then the outbox is emptied.

Catching up is bounded: a stream gets at most `AT_ONCE` pieces (each within one day) a round,
so that the doors stay open. A stream that fails is named in its progress and asked again; the others go on.
Never: knows a stream.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime

from sandbox.broker import Post
from sandbox.clock import at
from sandbox.out import Deliverer, Out, advance
from sandbox.plugs import Plug
from sandbox.world import World, pieces

log = logging.getLogger("sandbox")
EVERY = 0.5
AT_ONCE = 4
WAITING = 20_000
"""Items waiting to leave above which a stream makes no more until some are gone: a fast clock outruns a broker."""
MQTT = "mqtt"


class Engine:
    """`await run()` until cancelled."""

    def __init__(self, world: World, plugs: tuple[Plug, ...], post: Post) -> None:
        self.world = world
        self.plugs = plugs
        self.post = post
        self.deliverer = Deliverer(world.database, world.faults, world.home / "drop", {p.name: p.own for p in plugs})
        self._retry: dict[str, float] = {}

    def reached(self, stream: str) -> datetime:
        """How far a stream is; a new one begins now."""
        rows = self.world.database.rows("select until from progress where stream = ?", [stream])
        if rows:
            return at(rows[0][0])
        now = self.world.now()
        advance(self.world.database, stream, now)
        return now

    async def run(self) -> None:
        """Making and sending beat apart: a slow receiver does not stop the province's clock."""
        await asyncio.gather(self._beat(self._make), self._beat(self._send))

    async def _beat(self, turn: Callable[[], Awaitable[None]]) -> None:
        while True:
            begun = time.monotonic()
            try:
                await turn()
            except Exception:  # the heart must go on beating: a full disk passes, a stopped loop does not
                log.exception("a round failed")
            await asyncio.sleep(max(0.02, EVERY - (time.monotonic() - begun)))

    async def _make(self) -> None:
        await asyncio.to_thread(self.tick)

    async def _send(self) -> None:
        await self._broker()
        self.post.watch()
        await self.deliverer.deliver(self.post.send)

    def tick(self) -> None:
        """Ask every stream, keep the clock."""
        now = self.world.now()
        waiting = {r[0]: r[1] for r in self.world.database.rows("select stream, count(*) from outbox group by stream")}
        for plug in self.plugs:
            if self._retry.get(plug.name, 0) <= time.monotonic() and waiting.get(plug.name, 0) < WAITING:
                self._ask(plug, now)
        self.world.database.put("clock", self.world.clock.kept())

    def _ask(self, plug: Plug, now: datetime) -> None:
        for n, (since, until) in enumerate(pieces(self.reached(plug.name), now)):
            if n == AT_ONCE:
                return
            out = Out(plug.name)
            try:
                plug.tick(self.world, since, until, out)
                out.close(self.world.database, until)
            except Exception as trouble:  # whatever a stream does, the others go on
                log.exception("the stream %s failed", plug.name)
                self._failed(plug.name, repr(trouble))
                return

    def _failed(self, stream: str, error: str) -> None:
        self._retry[stream] = time.monotonic() + 5
        with self.world.database.write() as rows:
            rows.execute("update progress set error = ? where stream = ?", (error, stream))

    async def _broker(self) -> None:
        """The broker is up unless `mqtt` was ordered down."""
        down = bool(self.world.faults.active(MQTT, "down"))
        if down and self.post.up:
            await self.post.stop()
        elif not down and not self.post.up:
            try:
                await self.post.start()
            except Exception:  # a port still taken, a half-open client: tried again next round
                log.exception("the broker does not start")
                await self.post.stop()
