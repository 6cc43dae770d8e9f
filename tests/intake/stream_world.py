"""What tests of streams share: a real broker on a port of its own, a publisher, and a listener that can be killed."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import paho.mqtt.client
import pytest

ROOT = Path(__file__).resolve().parents[2]
MOSQUITTO = shutil.which("mosquitto", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
mqtt: Any = paho.mqtt.client

LISTENER = """
import json, sys, threading
from pathlib import Path
from haidang.intake.connectors import Order, mqtt
told = json.loads(sys.argv[1])
kept = Path(told.pop("_kept")); folder = Path(told.pop("_scratch")); die = told.pop("_die", "")
def deliver(parcel):
    number = len(list(kept.glob("*.jsonl")))
    (kept / parcel.name).write_bytes(parcel.path.read_bytes())
    print(number, flush=True)
    if die and number >= int(die):
        import os, signal
        os.kill(os.getpid(), signal.SIGKILL)  # safe on disk, not yet acknowledged
    return parcel.name
mqtt.listen(Order("thu.nguon", told, folder), deliver, threading.Event())
"""


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def until(ready: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Broker:
    """mosquitto with persistence in a folder; may be stopped and started again. `more`: further lines of settings."""

    folder: Path
    port: int = field(default_factory=free_port)
    more: str = "allow_anonymous true\n"
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> Broker:
        if MOSQUITTO is None:
            pytest.skip("no mosquitto on this machine: streams are tested against the real broker only")
        self.folder.mkdir(parents=True, exist_ok=True)
        config = self.folder / "broker.conf"
        config.write_text(
            f"listener {self.port} 127.0.0.1\n{self.more}max_queued_messages 0\nmax_inflight_messages 0\n"
            f"persistence true\npersistence_location {self.folder}/\nuser {getpass.getuser()}\n"
        )
        with (self.folder / "broker.log").open("ab") as log:
            self.process = subprocess.Popen([MOSQUITTO, "-c", str(config)], stdout=log, stderr=log)
        until(lambda: listens(self.port))
        return self

    def stop(self) -> None:
        """An orderly end: what it holds is on its disk."""
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=20)
            self.process = None

    def publish(self, messages: list[tuple[str, bytes]], configure: Callable[[Any], None] | None = None) -> None:
        """Publish with QoS 1 and wait until the broker has taken all of them."""
        client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, f"thu-{time.time_ns()}", protocol=mqtt.MQTTv5)
        client.max_inflight_messages_set(1000)
        if configure:
            configure(client)
        client.connect("localhost", self.port)
        client.loop_start()
        infos = [client.publish(topic, payload, qos=1) for topic, payload in messages]
        for info in infos:
            info.wait_for_publish(20)
        client.disconnect()
        client.loop_stop()


def measurements(first: int, count: int) -> list[tuple[str, bytes]]:
    return [
        (f"qt/t{n % 7}/pm25", json.dumps({"so": n, "gia_tri": n / 10}).encode()) for n in range(first, first + count)
    ]


@dataclass
class Listening:
    """A listener in a process of its own that keeps batches in a folder; `values` are the settings of the source."""

    kept: Path
    values: dict[str, str]
    process: subprocess.Popen[str] | None = None

    def start(self, **more: str) -> Listening:
        self.kept.mkdir(parents=True, exist_ok=True)
        told = {**self.values, **more, "_kept": str(self.kept), "_scratch": str(self.kept.parent / "scratch")}
        command = [sys.executable, "-c", LISTENER, json.dumps(told)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        log = (self.kept / "listener.log").open("a")
        self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, text=True)
        return self

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill()
        if self.process:
            self.process.wait(timeout=20)

    def rows(self) -> list[dict[str, Any]]:
        files = sorted(self.kept.glob("*.jsonl"))
        return [json.loads(line) for file in files for line in file.read_text().splitlines()]

    def numbers(self) -> list[int]:
        return [row["so"] for row in self.rows() if "so" in row]
