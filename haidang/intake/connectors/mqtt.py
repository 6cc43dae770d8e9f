"""MQTT: listens to topics of a broker (5.0 or 3.1.1), QoS 1, over TLS, alone or sharing the topics with others.

A message is acknowledged only when the batch it stands in is safe on disk with its Run opened; killed before, it comes
again. The session outlives this process, so the broker keeps what comes meanwhile. Never: lands, judges a value,
publishes.
"""

from __future__ import annotations

import random
import threading
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from haidang.intake.connectors import Deliver, Order, Parcel, Setting
from haidang.intake.connectors._mqtt_link import Link, Lost
from haidang.intake.connectors._spool import Batch, Bounds, Spool
from haidang.intake.sources import guard
from haidang.words.errors import IntakeStopped, NotNow, Unavailable

MODE = "stream"
SETTINGS = (
    Setting("address", required=True, kind="address"),
    Setting("topic", home="either", required=True),
    Setting("share", home="either"),
    Setting("topic_columns", home="pack"),
    Setting("user"),
    Setting("password", secret=True),
    Setting("ca", kind="long"),
    Setting("certificate", kind="long"),
    Setting("key", secret=True, kind="long"),
    Setting("client_id"),
    Setting("version", home="either", default="5", choices=("5", "3.1.1")),
    Setting("session_hours", home="either", default="72", kind="integer"),
    Setting("receive_maximum", home="either", default="20000", kind="integer"),
    Setting("batch_seconds", home="either", default="1"),
    Setting("batch_messages", home="either", default="5000", kind="integer"),
    Setting("batch_bytes", home="either", default="8388608", kind="integer"),
    Setting("largest_message", home="either", default="65536", kind="integer"),
)
TRIES = 6
"""Connections tried in a row before whoever runs this is told."""
LONGEST_PAUSE = 30.0
TRIAL_SECONDS = 10.0
TRIAL_MESSAGES = 10
TURN_SECONDS = 0.05
KEEP_TRYING_SECONDS = 60.0
"""How long a batch that cannot be kept (a busy database) is held before the messages are left to the broker."""


def listen(order: Order, deliver: Deliver, stop: threading.Event) -> None:
    """Until `stop` is set: batches to `deliver`, then their acknowledgements. What is lost is made anew, ever slower.

    Raises Unavailable after some tries, IntakeStopped for what a person must mend (`broker-refused`, `topic-refused`,
    `certificate-wrong`, `stream-setting-wrong` …). A trial ends by itself after ten messages or seconds.
    """
    listener = Listener(order, deliver, stop)
    failures = 0
    while not stop.is_set():
        try:
            failures = 0 if listener.once() else failures
            if order.trial:
                return
        except Unavailable:
            failures += 1
            if order.trial or failures >= TRIES:
                raise
            stop.wait(pause(failures))


def pause(failures: int) -> float:
    """Seconds before the next try: twice as long each time, and never two listeners at the same moment."""
    return float(min(LONGEST_PAUSE, 0.5 * 2**failures) * random.uniform(0.5, 1.0))


@dataclass
class Listener:
    """What one listening remembers from connection to connection.

    `_safe`: messages that are on disk and whose acknowledgement may not have reached the broker, by number.
    """

    order: Order
    deliver: Deliver
    stop: threading.Event
    _safe: dict[int, int] = field(default_factory=dict)
    _marks: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        bounds = bounds_of(self.order)
        columns = columns_of(self.order.value("topic_columns"))
        name = self.order.source.replace("/", "-") or "mqtt"
        self.spool = Spool(self.order.scratch, name, bounds, columns)

    def once(self) -> bool:
        """One connection from its making to its end; True when it had stood (so that failures are counted anew)."""
        link = Link(self.order, self._take)
        try:
            link.open()
            self._work(link)
        except Lost as lost:
            self._rescue()
            if not link.stood:
                address = guard.shown(self.order.value("address"))
                raise Unavailable("broker-silent", retry=30, address=address, why=str(lost)) from lost
            self.stop.wait(pause(1))
        finally:
            link.close()
        return link.stood

    def _work(self, link: Link) -> None:
        until = time.monotonic() + TRIAL_SECONDS if self.order.trial else None
        while not self.stop.is_set():
            link.turn(TURN_SECONDS)
            if self.spool.full():
                self._hand_over(link)
                if until:
                    return
            if until and time.monotonic() > until:
                break
        if not self.spool.empty:
            self._hand_over(link)

    def _take(self, message: Any) -> int:
        """A message from the link; gives its number when it is to be acknowledged at once (it is on disk already)."""
        number = message.mid if message.qos else 0
        mark = zlib.crc32(message.payload, zlib.crc32(message.topic.encode("utf-8", "replace")))
        if message.dup and self._safe.get(number) == mark:
            return number
        self._safe.pop(number, None)
        if number and number in self._marks:
            return 0  # it stands in the open batch: sent again on a connection made anew
        if number:
            self._marks[number] = mark
        self.spool.add(message.topic, message.payload, number)
        return 0

    def _hand_over(self, link: Link) -> None:
        batch = self._kept()
        if not self.order.trial:
            link.acknowledge(batch.numbers)

    def _rescue(self) -> None:
        """The connection is gone: what is in hand goes to disk all the same, the broker may have lost it too."""
        if not self.spool.empty and not self.order.trial:
            self._kept()

    def _kept(self) -> Batch:
        batch = self.spool.close()
        try:
            self._insist(Parcel(batch.path, batch.name))
        finally:
            batch.path.unlink(missing_ok=True)
            marks, self._marks = self._marks, {}
        # Only the newest can still come again: a broker keeps at most its window unacknowledged.
        self._safe = {number: marks[number] for number in batch.numbers if number in marks}
        return batch

    def _insist(self, parcel: Parcel) -> None:
        until, tries = time.monotonic() + KEEP_TRYING_SECONDS, 0
        while True:
            try:
                self.deliver(parcel)
                return
            except (Unavailable, NotNow):
                tries += 1
                if self.order.trial or time.monotonic() > until or self.stop.wait(pause(tries)):
                    raise


def bounds_of(order: Order) -> Bounds:
    """When batches are closed; raises IntakeStopped('stream-setting-wrong')."""
    if order.trial:
        return Bounds(seconds=TRIAL_SECONDS, messages=TRIAL_MESSAGES, largest=order.number("largest_message", 65_536))
    try:
        seconds = float(order.value("batch_seconds", "1"))
    except ValueError:
        raise IntakeStopped(
            "stream-setting-wrong", found=order.value("batch_seconds"), expected="batch_seconds"
        ) from None
    return Bounds(
        seconds=min(max(seconds, 0.05), 3600.0),
        messages=max(1, order.number("batch_messages", 5_000)),
        bytes=max(1, order.number("batch_bytes", 8 << 20)),
        largest=max(1, order.number("largest_message", 64 << 10)),
    )


def columns_of(text: str) -> Mapping[str, int]:
    """`tram=2, chi_so=3` → column and level of the topic, counted from 1.

    Raises IntakeStopped('stream-setting-wrong').
    """
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    wrong = [name for name, _, level in pairs if not name.strip() or not level.strip().isdecimal() or int(level) < 1]
    if wrong:
        raise IntakeStopped("stream-setting-wrong", found=text[:100], expected="topic_columns")
    return {name.strip(): int(level) for name, _, level in pairs}
