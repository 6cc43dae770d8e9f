"""The MQTT broker of the sandbox and its one publisher: amqtt in this process, QoS 1, and a logger's memory.

A broker in a process forgets its subscribers when it dies and drops what comes while they are away; a department's
would not. So once somebody has subscribed, nothing is sent while nobody is connected (for `PATIENCE` at most: it waits
in the outbox), and whoever comes back gets the last minute again, kept in the database, before what has come since.
Duplicates are right, the receiver's keys fold them.
Never: decides what is published.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import Any

from amqtt.broker import Broker
from amqtt.client import MQTTClient
from amqtt.errors import AMQTTError

from sandbox.database import Database

MEMORY = 60.0
PATIENCE = 3600.0
AT_ONCE = 200
SUBSCRIBED = "mqtt.subscribed"
TROUBLE = (OSError, AMQTTError, asyncio.TimeoutError, ConnectionError)
NO_PLUGINS: dict[str, Any] = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}


class Post:
    """Broker and publisher together. `await start()`, `await send(…)`, `await stop()`; not thread-safe."""

    def __init__(self, database: Database, port: int) -> None:
        self.port = port
        self._database = database
        self._broker: Broker | None = None
        self._client: MQTTClient | None = None
        self._here = self._forgotten = False
        self._seen = time.monotonic()
        logging.getLogger("amqtt").setLevel(logging.CRITICAL)
        logging.getLogger("transitions").setLevel(logging.CRITICAL)

    @property
    def up(self) -> bool:
        return self._broker is not None and self._client is not None

    async def start(self) -> None:
        """Open the broker."""
        listener = {"type": "tcp", "bind": f"127.0.0.1:{self.port}"}
        broker = Broker({"listeners": {"default": listener}, "plugins": dict(NO_PLUGINS)})
        await broker.start()
        self._broker = broker
        self._here, self._seen = False, time.monotonic()
        await self._connect()

    def _listeners(self) -> list[Any]:
        """The sessions of subscribers that are connected."""
        lists = self._broker.subscriptions.values() if self._broker else ()
        return [session for each in lists for session, _ in each if session.transitions.state == "connected"]

    def watch(self) -> bool:
        """Look whether anybody listens; whether messages may flow."""
        here = bool(self._listeners())
        if here:
            self._seen = time.monotonic()
            self._forgotten = self._forgotten or not self._here
            if not self._here and not self._database.get(SUBSCRIBED):
                self._database.put(SUBSCRIBED, True)
        self._here = here
        away = time.monotonic() - self._seen
        return self.up and (here or away > PATIENCE or not self._database.get(SUBSCRIBED))

    async def _ready(self) -> bool:
        """Whether messages may flow; whoever has come back gets the last minute first."""
        if not self.watch():
            return False
        if self._forgotten:
            self._forgotten = not await self._again()
        return not self._forgotten

    async def _drained(self) -> None:
        """Wait for listeners that are slower than the publisher."""
        for _ in range(300):
            if all(len(session.inflight_out) < AT_ONCE for session in self._listeners()):
                return
            await asyncio.sleep(0.05)

    async def _connect(self) -> None:
        client = MQTTClient("sandbox", {"auto_reconnect": False, "keep_alive": 0, "ping_delay": 0, "plugins": {}})
        await client.connect(f"mqtt://127.0.0.1:{self.port}/")
        self._client = client

    async def stop(self) -> None:
        client, broker, self._client, self._broker = self._client, self._broker, None, None
        for end in (client.disconnect() if client else None, broker.shutdown() if broker else None):
            if end:
                with contextlib.suppress(*TROUBLE):
                    await asyncio.wait_for(end, 10)

    async def send(self, items: list[tuple[str, bytes]]) -> int:
        """QoS 1, a window of messages at once; how many, from the first on, were acknowledged."""
        done = 0
        while done < len(items) and await self._ready():
            window = items[done : done + AT_ONCE]
            self._remember(window)
            if not await self._window(window):
                break
            done += len(window)
            await self._drained()
        return done

    async def _window(self, window: list[tuple[str, bytes]]) -> bool:
        client = self._client
        if client is None:
            return False
        try:
            await asyncio.gather(*(client.publish(topic, body, qos=1, ack_timeout=20) for topic, body in window))
        except TROUBLE:
            await self._reconnect()
            return False
        return True

    async def _reconnect(self) -> None:
        with contextlib.suppress(*TROUBLE):
            await self._connect()

    def _remember(self, items: list[tuple[str, bytes]]) -> None:
        now = time.time()
        with self._database.write() as rows:
            rows.executemany("insert into sent (at, topic, body) values (?, ?, ?)", [(now, t, b) for t, b in items])
            rows.execute("delete from sent where at < ?", (now - MEMORY,))

    async def _again(self) -> bool:
        """The last minute before the listener or the broker went away."""
        rows = self._database.rows(
            "select topic, body from sent where at > (select max(at) from sent) - ? order by id", (MEMORY,)
        )
        for first in range(0, len(rows), AT_ONCE):
            if not await self._window([(r["topic"], r["body"]) for r in rows[first : first + AT_ONCE]]):
                return False
            await self._drained()
        return True
