"""How fast a stream lands: a real broker, a publisher, the whole centre (web, worker, collector), each a process of its
own, in a throw-away home; measured from publishing to what a reader of the store and an open page see.

Beside it, in the same run: a subscriber that only counts, and the engine reading the same batches raw.
Never: touches the centre's own home.
"""

from __future__ import annotations

import getpass
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from haidang.intake import bench_pack
from haidang.store.landing import Writer, quoted
from haidang.store.tables import Lake
from haidang.words.errors import Unavailable

RATE = 5_000
MINUTES = 1.0
DATASET, SOURCE, TABLE = "do-toc.quan-trac", "do-toc.tram", "do_toc__quan_trac"
LOOK_SECONDS = 0.1
DRAIN_SECONDS = 120.0
RAW_SECONDS = 10.0
BROKER = """listener {port} 127.0.0.1
allow_anonymous true
max_inflight_messages 0
max_queued_messages 0
persistence true
persistence_location {folder}/
autosave_interval 60
user {user}
"""
AMQTT = """
import asyncio, sys
from amqtt.broker import Broker
async def main():
    listen = {"default": {"type": "tcp", "bind": "127.0.0.1:" + sys.argv[1], "max-connections": 50}}
    anyone = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
    broker = Broker({"listeners": listen, "plugins": anyone})
    await broker.start()
    await asyncio.Event().wait()
asyncio.run(main())
"""


def run(minutes: float = MINUTES, rate: float = RATE) -> dict[str, Any]:
    """The figures; raises Unavailable('bench-not-ready') when a process does not come up."""
    with tempfile.TemporaryDirectory(prefix="haidang-bench-") as name:
        stage = Stage(Path(name))
        with stage.broker(), stage.centre():
            watch = Watch(stage)
            watch.start()
            sent = stage.publish(minutes * 60, rate)
            watch.drain(sent["sent"])
            watch.stop()
            figures = {"rate_asked": rate, "minutes": minutes, **_figures(stage, watch, sent)}
        with stage.broker():
            figures["raw"] = _raw(stage, rate)
    return figures


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def mosquitto() -> str:
    """The broker of the field, where it is installed; "" where not."""
    return shutil.which("mosquitto", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin") or ""


@dataclass
class Stage:
    """A folder with everything the bench needs, and the processes it runs, by name."""

    folder: Path
    port: int = field(default_factory=free_port)
    web: int = field(default_factory=free_port)
    running: dict[str, int] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def environment(self) -> dict[str, str]:
        packs = str(self.folder / "packs")
        return {**os.environ, "HAIDANG_HOME": str(self.home), "HAIDANG_PACKS": packs, "PYTHONUNBUFFERED": "1"}

    @contextmanager
    def broker(self) -> Iterator[None]:
        """mosquitto where there is one, else amqtt."""
        place = self.folder / "broker"
        place.mkdir(exist_ok=True)
        (place / "broker.conf").write_text(BROKER.format(port=self.port, folder=place, user=getpass.getuser()))
        own = [sys.executable, "-c", AMQTT, str(self.port)]
        program = mosquitto()
        with self._process("broker", [program, "-c", str(place / "broker.conf")] if program else own):
            _until(lambda: _listens(self.port), "broker")
            yield

    @contextmanager
    def centre(self) -> Iterator[None]:
        """A home with the pack, the source connected, the public allowed to read it; then `haidang up`."""
        bench_pack.write(self.folder / "packs")
        self._say("users", "add", "cong-chung", "--kind", "public", "--no-password")
        self._say("grants", "add", "cong-chung", "--pack", "do-toc", "--place", "*", "--level", "public")
        self._say("sources", "set", SOURCE, f"address=mqtt://127.0.0.1:{self.port}", "--simulated")
        with self._process("centre", [*_haidang(), "up", "--port", str(self.web)]) as pid:
            _until(lambda: _answers(self.web), "web")
            self.running |= {_role(child): child for child in _children(pid)}
            time.sleep(3)  # the collector begins to listen
            yield

    def publish(self, seconds: float, rate: float) -> dict[str, Any]:
        command = [sys.executable, "-m", "haidang.intake.bench_publisher", str(self.port), str(seconds), str(rate)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=self.environment) as process:
            self.running["publisher"] = process.pid
            said = process.communicate()[0]
        del self.running["publisher"]
        found: dict[str, Any] = json.loads(said)
        return found

    def _say(self, *words: str) -> None:
        done = subprocess.run(
            [*_haidang(), *words], env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )
        if done.returncode:
            raise Unavailable("bench-not-ready", retry=0, found=" ".join(words[:2]), why=done.stderr[-200:])

    @contextmanager
    def _process(self, name: str, command: list[str]) -> Iterator[int]:
        with (self.folder / f"{name}.log").open("w") as log:
            process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        self.running[name] = process.pid
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait(timeout=60)
            self.running = {one: pid for one, pid in self.running.items() if pid != process.pid}


@dataclass
class Watch:
    """What a reader of the store and an open page saw, and when; how large the processes were.

    `seen`, `told`: (moment, snapshot); `looks`: seconds of each reading; `sizes`: by minute, MB by process.
    """

    stage: Stage
    seen: list[tuple[float, int]] = field(default_factory=list)
    told: list[tuple[float, int]] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)
    sizes: dict[int, dict[str, float]] = field(default_factory=dict)
    failures: int = 0
    landed: int = 0
    _over: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        for job in (self._read, self._listen, self._weigh):
            threading.Thread(target=job, daemon=True).start()

    def stop(self) -> None:
        self._over.set()
        time.sleep(1)
        self.sizes[-1] = sizes(self.stage.running)

    def drain(self, sent: int) -> None:
        """Wait until everything has arrived in the ledger, or no longer."""
        until = time.monotonic() + DRAIN_SECONDS
        while self.landed < sent and time.monotonic() < until:
            time.sleep(0.2)

    def _read(self) -> None:
        """As a board does: is there something new; then the newest facts and the number kept of them."""
        lake, last = Lake(self.stage.home), 0
        number = "SELECT sum(num) FROM lake.main.observations {at} WHERE indicator = 'do-toc.so-lan-do' AND slice = ''"
        while not self._over.wait(LOOK_SECONDS):
            try:
                snapshot = lake.snapshot()
                if snapshot == last:
                    continue
                began, at = time.perf_counter(), f"AT (VERSION => {snapshot})"
                found = lake.query(f"SELECT sum(read) FROM lake.main.runs {at}")
                lake.query(number.format(at=at))
                self.looks.append(time.perf_counter() - began)
                self.seen.append((time.time(), snapshot))
                self.landed, last = int(found[0][0] or 0), snapshot
            except Unavailable:
                self.failures += 1

    def _listen(self) -> None:
        """As an open page: what `/events` tells."""
        address = f"http://127.0.0.1:{self.stage.web}/events"
        with urllib.request.urlopen(address, timeout=120) as stream:
            for line in stream:
                if line.startswith(b"id: "):
                    self.told.append((time.time(), int(line[4:])))
                if self._over.is_set():
                    return

    def _weigh(self) -> None:
        minute = 0
        while not self._over.wait(60):
            minute += 1
            self.sizes[minute] = sizes(self.stage.running)


def sizes(running: dict[str, int]) -> dict[str, float]:
    """MB in memory of each process."""
    found = {}
    for name, pid in running.items():
        try:
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except OSError:
            continue
        found[name] = round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)
    return found


def _cpu(running: dict[str, int]) -> dict[str, float]:
    """Seconds of processor each process has used."""
    found = {}
    for name, pid in running.items():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        found[name] = round((int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), 1)
    return found


def _figures(stage: Stage, watch: Watch, sent: dict[str, Any]) -> dict[str, Any]:
    lake = Lake(stage.home)
    totals = "count(*), sum(read), sum(landed), sum(set_aside), sum(unchanged), sum(superseded)"
    runs, *counts = lake.query(f"SELECT {totals} FROM lake.main.runs WHERE dataset = '{DATASET}'")[0]
    rows = lake.query(f"SELECT count(*) FROM lake.main.{TABLE}")[0][0]
    kept = lake.query("SELECT sum(num) FROM lake.main.observations WHERE indicator = 'do-toc.so-lan-do' AND slice = ''")
    sample = (
        f"SELECT r.snapshot, f.gui_luc FROM lake.main.{TABLE} f JOIN lake.main.runs r ON f._run = r.run "
        "WHERE f._row % 10 = 0"
    )
    published = lake.query(sample)
    lake.close()
    names = ("read", "landed", "set_aside", "unchanged", "superseded")
    return {
        "broker": Path(mosquitto() or "amqtt").name,
        "sent": sent["sent"],
        "faulty": sent["faulty"],
        "messages_a_second": round(sent["sent"] / sent["seconds"], 1),
        "runs": runs,
        **dict(zip(names, (int(count or 0) for count in counts), strict=True)),
        "rows": rows,
        "observed": int(kept[0][0] or 0),
        "seconds_to_reader": _delays(published, watch.seen),
        "seconds_to_event": _delays(published, watch.told),
        "seconds_of_a_look": _spread(watch.looks),
        "looks_failed": watch.failures,
        "memory_mb": {f"minute_{at}" if at > 0 else "end": size for at, size in _some(watch.sizes).items()},
        "cpu_seconds": {**_cpu(stage.running), "publisher": sent["cpu"]},
        "load": round(os.getloadavg()[1], 1),
    }


def _some(sizes: dict[int, dict[str, float]]) -> dict[int, dict[str, float]]:
    """The first minute, the middle one and the end."""
    minutes = [minute for minute in sizes if minute > 0]
    wanted = {minutes[0], minutes[len(minutes) // 2]} if minutes else set()
    return {minute: size for minute, size in sizes.items() if minute in wanted or minute < 0}


def _delays(published: list[tuple[Any, ...]], seen: list[tuple[float, int]]) -> dict[str, float]:
    """From publishing to the first moment a snapshot with the row was seen."""
    seen = sorted(seen, key=lambda pair: pair[1])
    numbers = [snapshot for _, snapshot in seen]
    found = []
    for snapshot, at in published:
        place = bisect_left(numbers, snapshot)
        if place < len(seen):
            found.append(min(moment for moment, _ in seen[place : place + 3]) - at)
    return _spread(found)


def _spread(values: list[float]) -> dict[str, float]:
    if len(values) < 2:
        return {}
    cuts = statistics.quantiles(values, n=100)
    return {name: round(value, 3) for name, value in (("p50", cuts[49]), ("p95", cuts[94]), ("max", max(values)))}


def _raw(stage: Stage, rate: float) -> dict[str, Any]:
    """What the parts do alone: a subscriber that only counts, and the engine reading the kept batches."""
    code = (
        "import sys, time, paho.mqtt.client as m\n"
        "count = [0, 0.0]\n"
        "def took(c, u, message):\n    count[0] += 1; count[1] = time.monotonic()\n"
        "client = m.Client(m.CallbackAPIVersion.VERSION2, 'raw', protocol=m.MQTTv5)\n"
        "client.on_message = took\n"
        "client.on_connect = lambda c, *rest: c.subscribe('qt/#', qos=1)\n"
        "client.connect('127.0.0.1', int(sys.argv[1])); began = None\n"
        "end = time.monotonic() + float(sys.argv[2])\n"
        "while time.monotonic() < end:\n    client.loop(0.1)\n"
        "    began = began or (time.monotonic() if count[0] else None)\n"
        "print(count[0] / max(count[1] - (began or 0), 0.001), time.process_time())\n"
    )
    command = [sys.executable, "-c", code, str(stage.port), str(RAW_SECONDS + 6)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as counting:
        time.sleep(1)
        stage.publish(RAW_SECONDS, 0)
        counted, cpu = counting.communicate()[0].split()
    return {"counted_a_second": round(float(counted)), "counting_cpu": round(float(cpu), 2), **_engine(stage)}


def _engine(stage: Stage) -> dict[str, Any]:
    """Median seconds of the engine to read one kept batch of JSON Lines into a table, nothing checked."""
    files = sorted((stage.home / "raw").glob("*.jsonl"), key=lambda file: file.stat().st_size)[-20:]
    seconds = []
    with Writer(stage.folder / "raw-home") as writer:
        for file in files:
            began = time.perf_counter()
            writer.sql(f"CREATE OR REPLACE TEMP TABLE raw AS FROM read_json({quoted(str(file))}, format = 'nd')")
            seconds.append(time.perf_counter() - began)
    return {"engine_seconds_a_batch": round(statistics.median(seconds), 4) if seconds else None}


def _haidang() -> list[str]:
    return [str(Path(sys.executable).with_name("haidang"))]


def _until(ready: Any, what: str, seconds: float = 90.0) -> None:
    until = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > until:
            raise Unavailable("bench-not-ready", retry=0, found=what, why="")
        time.sleep(0.1)


def _listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
            return True
    except OSError:
        return False


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _role(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return next((name for name in ("worker", "collector") if any(name in word for word in words)), "web")
