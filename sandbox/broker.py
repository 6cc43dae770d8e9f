"""The MQTT broker of the sandbox and its one publisher: amqtt in this process, QoS 1, and a logger's memory.

The last minute of published messages is kept in the database and sent again when the broker comes back from the dead
(the sandbox was killed, or `mqtt` was ordered `down`): duplicates are right, the receiver's keys fold them.
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
AT_ONCE = 200
TROUBLE = (OSError, AMQTTError, asyncio.TimeoutError, ConnectionError)
NO_PLUGINS: dict[str, Any] = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}


class Post:
    """Broker and publisher together. `await start()`, `await send(…)`, `await stop()`; not thread-safe."""

    def __init__(self, database: Database, port: int) -> None:
        self.port = port
        self._database = database
        self._broker: Broker | None = None
        self._client: MQTTClient | None = None
        logging.getLogger("amqtt").setLevel(logging.CRITICAL)
        logging.getLogger("transitions").setLevel(logging.CRITICAL)

    @property
    def up(self) -> bool:
        return self._broker is not None and self._client is not None

    async def start(self) -> None:
        """Open the broker and send the memory again."""
        listener = {"type": "tcp", "bind": f"127.0.0.1:{self.port}"}
        broker = Broker({"listeners": {"default": listener}, "plugins": dict(NO_PLUGINS)})
        await broker.start()
        self._broker = broker
        await self._connect()
        await self._again()

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
        while self._client and done < len(items):
            window = items[done : done + AT_ONCE]
            self._remember(window)
            if not await self._window(window):
                break
            done += len(window)
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

    async def _again(self) -> None:
        """The last minute before the broker went away."""
        rows = self._database.rows(
            "select topic, body from sent where at > (select max(at) from sent) - ? order by id", (MEMORY,)
        )
        for first in range(0, len(rows), AT_ONCE):
            if not await self._window([(r["topic"], r["body"]) for r in rows[first : first + AT_ONCE]]):
                return
