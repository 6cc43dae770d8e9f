"""One connection to a broker: made to a proven address, subscribed, read in turns, acknowledged by hand.

The one seam to the MQTT library; its failures become Lost (try again) or IntakeStopped (a person must mend it).
Never: remembers anything beyond its connection, writes a message down.
"""

from __future__ import annotations

import hashlib
import ssl
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlsplit

import paho.mqtt.client
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

from haidang.intake.connectors import Order
from haidang.intake.connectors._network import failed
from haidang.intake.sources import guard
from haidang.words.errors import IntakeStopped

mqtt: Any = paho.mqtt.client  # the types at hand are those of version 1
OPEN_SECONDS = 15.0
KEEP_ALIVE = 60
REFUSED = frozenset({"Bad user name or password", "Not authorized", "Banned", "Bad authentication method"})
"""Answers of a broker that do not pass by themselves."""

Take = Callable[[Any], int]


class Lost(Exception):
    """The connection could not be made or is gone; `str` says why in the library's words."""


class Link:
    """A connection. `stood`: the broker had let us in and given us the topic."""

    def __init__(self, order: Order, take: Take) -> None:
        self.order = order
        self.stood = False
        self._take = take
        self._answer: Any = None
        self._granted: list[Any] = []
        self._five = order.value("version", "5") != "3.1.1"
        self._client = self._made()

    def open(self) -> None:
        """Connect and subscribe; raises Lost, Unavailable, IntakeStopped('broker-refused' | 'topic-refused' …)."""
        address = address_of(self.order)
        ip, port = guard.pinned(address, self.order.networks)
        if address.startswith("mqtts:"):
            self._client.tls_set_context(context(self.order, urlsplit(address).hostname or ""))
        try:
            self._connect(ip, port)
        except OSError as error:
            raise failed(error, address) from error
        try:
            self._await(lambda: self._answer is not None)
        except Lost:
            if self._answer is None:
                raise
        self._let_in()
        self._subscribe()
        self.stood = True

    def turn(self, seconds: float) -> None:
        """Wait for a message so long at most, and take what has come; raises Lost."""
        code = self._client.loop(seconds)
        if code != mqtt.MQTT_ERR_SUCCESS:
            raise Lost(mqtt.error_string(code))

    def acknowledge(self, numbers: Iterable[int]) -> None:
        """Tell the broker that these are safe, in the order they came; raises Lost."""
        for number in numbers:
            code = self._client.ack(number, 1)
            if code != mqtt.MQTT_ERR_SUCCESS:
                raise Lost(mqtt.error_string(code))

    def close(self) -> None:
        self._client.disconnect()

    def _made(self) -> Any:
        order = self.order
        version = mqtt.MQTTv5 if self._five else mqtt.MQTTv311
        clean = {} if self._five else {"clean_session": order.trial}
        client = mqtt.Client(
            mqtt.CallbackAPIVersion.VERSION2, client_id(order), protocol=version, manual_ack=True, **clean
        )
        if order.value("user"):
            client.username_pw_set(order.value("user"), order.value("password") or None)
        client.on_connect = self._on_connect
        client.on_subscribe = self._on_subscribe
        client.on_message = self._on_message
        return client

    def _connect(self, ip: str, port: int) -> None:
        if not self._five:
            self._client.connect(ip, port, KEEP_ALIVE)
            return
        asked: Any = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]  # this one paho has not typed
        asked.ReceiveMaximum = min(65_535, max(1, self.order.number("receive_maximum", 20_000)))
        asked.SessionExpiryInterval = 0 if self.order.trial else 3600 * self.order.number("session_hours", 72)
        self._client.connect(ip, port, KEEP_ALIVE, clean_start=self.order.trial, properties=asked)

    def _let_in(self) -> None:
        if not self._answer.is_failure:
            return
        if str(self._answer) in REFUSED:
            raise IntakeStopped("broker-refused", found=str(self._answer), address=self.order.value("address"))
        raise Lost(str(self._answer))

    def _subscribe(self) -> None:
        topics = topics_of(self.order)
        # What the broker keeps as a topic's last value comes with the first subscription only, not after every break.
        wanted: Any = [(t, SubscribeOptions(qos=1, retainHandling=1)) for t in topics] if self._five else None
        try:
            self._client.subscribe(wanted or [(topic, 1) for topic in topics])
        except ValueError as error:
            raise IntakeStopped("topic-refused", found=", ".join(topics)[:200]) from error
        self._await(lambda: bool(self._granted))
        if any(code.is_failure for code in self._granted):
            raise IntakeStopped("topic-refused", found=", ".join(topics)[:200])

    def _await(self, done: Callable[[], bool]) -> None:
        until = time.monotonic() + OPEN_SECONDS
        while not done():
            self.turn(0.1)
            if time.monotonic() > until:
                raise Lost("no answer")

    def _on_connect(self, client: Any, told: Any, flags: Any, reason: Any, properties: Any) -> None:
        self._answer = reason

    def _on_subscribe(self, client: Any, told: Any, number: int, reasons: list[Any], properties: Any) -> None:
        self._granted = reasons

    def _on_message(self, client: Any, told: Any, message: Any) -> None:
        if number := self._take(message):
            client.ack(number, 1)


def client_id(order: Order) -> str:
    """The name the broker knows this listener by: the same after a restart, so that its session is found again.

    Brokers of 3.1.1 may take 23 letters only. A trial has another name: it must not disturb who listens already.
    """
    given = order.value("client_id") or "haidang-" + hashlib.blake2b(order.source.encode(), digest_size=6).hexdigest()
    return f"{given[:16]}-thu" if order.trial else given


def topics_of(order: Order) -> list[str]:
    """The topics asked for (separated by commas). A trial listens beside: sharing, it would take messages away."""
    share = order.value("share") if not order.trial else ""
    topics = [topic.strip() for topic in order.value("topic").split(",") if topic.strip()]
    return [f"$share/{share}/{topic}" for topic in topics] if share else topics


def address_of(order: Order) -> str:
    """The address with its scheme; a certificate asked for means TLS. Raises IntakeStopped('stream-setting-wrong')."""
    text = order.value("address").strip()
    secure = bool(order.value("ca") or order.value("certificate"))
    address = text if "://" in text else f"{'mqtts' if secure else 'mqtt'}://{text}"
    if not address.startswith(("mqtt://", "mqtts://")):
        raise IntakeStopped("stream-setting-wrong", found=text[:100], expected="mqtt://… mqtts://…")
    return address


class _Named(ssl.SSLContext):
    """A context that proves the certificate of the host's name though the connection goes to a proven number."""

    host = ""

    def wrap_socket(self, *given: Any, **named: Any) -> ssl.SSLSocket:
        named["server_hostname"] = self.host
        return super().wrap_socket(*given, **named)


def context(order: Order, host: str) -> ssl.SSLContext:
    """TLS with the broker's name proven, by the province's own authority (a file, or PEM itself) when one is given.

    Raises IntakeStopped('ca-unreadable' | 'key-unreadable').
    """
    made = _Named(ssl.PROTOCOL_TLS_CLIENT)
    made.host = host
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    ca = order.value("ca").strip()
    try:
        if ca.startswith("-----BEGIN"):
            made.load_verify_locations(cadata=ca)
        elif ca:
            made.load_verify_locations(cafile=ca)
        else:
            made.load_default_certs()
    except (OSError, ValueError) as error:
        raise IntakeStopped("ca-unreadable", found=Path(ca[:120]).name) from error
    if order.value("certificate"):
        _show_own(made, order)
    return made


def _show_own(made: ssl.SSLContext, order: Order) -> None:
    """Our own certificate. The language takes it from a file only, which is gone as soon as it is read."""
    order.scratch.mkdir(parents=True, exist_ok=True)
    try:
        with NamedTemporaryFile("w", dir=order.scratch, suffix=".pem") as file:
            file.write(order.value("certificate") + "\n" + order.value("key") + "\n")
            file.flush()
            made.load_cert_chain(file.name)
    except (OSError, ValueError) as error:
        raise IntakeStopped("key-unreadable", found=str(error)[:120]) from error
