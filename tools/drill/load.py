"""The load of the drill: messages and pushes, each row with a number of its own, and a journal of what was taken.

A logger's memory: after its broker came back a sender sends its last minute again (a broker killed between two savings
of its store may have lost what it acknowledged). Every fiftieth row is bad on purpose. Never: looks into the centre.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections import deque
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

import paho.mqtt.client as mqtt

if TYPE_CHECKING:
    from centre import Centre

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
MEMORY_SECONDS = 60.0
BROKER, WEB, SECRET = 9671, 8651, "dien-tap-hai-dang"


def row(prefix: str, number: int) -> dict[str, str]:
    """A row; every fiftieth has no number for a value."""
    now = f"{datetime.now(HERE):%Y-%m-%dT%H:%M:%S.%f}"
    return {"ma": f"{prefix}-{number:08d}", "luc": now, "gia_tri": "hỏng" if number % 50 == 0 else str(number)}


class Load:
    """A thread that sends until it is told to stop. `acknowledged`: numbers the other side took."""

    prefix = ""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.acknowledged: set[int] = set()
        self.sent = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self):  # type: ignore[no-untyped-def]  # gives its own kind
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(60)

    def run(self) -> None:
        raise NotImplementedError


class Messages(Load):
    """MQTT, QoS 1."""

    prefix = "m"

    def __init__(self, centre: Centre, rate: int) -> None:
        super().__init__(centre)
        self.rate = rate
        self._by_mid: dict[int, int] = {}
        self._memory: deque[tuple[float, int, bytes]] = deque()
        self._early: set[int] = set()
        self._again = threading.Event()
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, "logger", clean_session=False)
        self.client.on_publish = self._taken
        self.client.on_connect = lambda *_: self._again.set()
        self.client.max_inflight_messages_set(1000)
        self.client.max_queued_messages_set(0)

    def _taken(self, _client: object, _data: object, mid: int, *_: object) -> None:
        number = self._by_mid.pop(mid, None)
        if number is None:
            self._early.add(mid)  # acknowledged before publish() had told its number
        else:
            self.acknowledged.add(number)

    def run(self) -> None:
        self.client.reconnect_delay_set(1, 2)
        self.client.connect_async("127.0.0.1", BROKER)
        self.client.loop_start()
        while not self._stop.is_set():
            began = time.monotonic()
            if self._again.is_set():
                self._again.clear()
                self._remember()
            for _ in range(max(1, self.rate // 10)):
                self.sent += 1
                self._send(self.sent, json.dumps(row(self.prefix, self.sent)).encode())
            time.sleep(max(0.0, 0.1 - (time.monotonic() - began)))
        until = time.monotonic() + 60
        while self._by_mid and time.monotonic() < until:
            time.sleep(0.5)
        self._remember()
        time.sleep(15)
        self.client.loop_stop()

    def _send(self, number: int, body: bytes, *, again: bool = False) -> None:
        if not again:
            self._memory.append((time.monotonic(), number, body))
        mid = self.client.publish(f"dientap/{number % 7}", body, qos=1).mid
        self._by_mid[mid] = number
        if mid in self._early:
            self._early.discard(mid)
            self._taken(None, None, mid)

    def _remember(self) -> None:
        now = time.monotonic()
        while self._memory and now - self._memory[0][0] > MEMORY_SECONDS:
            self._memory.popleft()
        for _, number, body in list(self._memory):
            self._send(number, body, again=True)


class Hooks(Load):
    """Signed pushes of twenty rows; what is not answered is sent again until it is."""

    prefix = "h"
    many = 20

    def run(self) -> None:
        while not self._stop.is_set():
            numbers = range(self.sent + 1, self.sent + 1 + self.many)
            self.sent += self.many
            body = "\n".join(json.dumps(row(self.prefix, number)) for number in numbers).encode() + b"\n"
            while not self._push(body):
                time.sleep(0.5)
            self.acknowledged.update(numbers)
            time.sleep(0.3)

    def _push(self, body: bytes) -> bool:
        stamp = str(int(time.time()))
        signed = hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        headers = {"X-Signature": f"t={stamp},v1={signed}", "Content-Type": "application/x-ndjson"}
        try:
            with urlopen(Request(f"http://127.0.0.1:{WEB}/hooks/dien-tap.hook", body, headers), timeout=10) as answer:
                return bool(answer.status == 202)
        except HTTPError as error:
            return error.code == 409  # it came before: the answer was lost, not the push
        except OSError:
            return False
