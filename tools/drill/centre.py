"""The processes of the drill and the blows they take: centre, broker, sandbox. Never: touches another process."""

from __future__ import annotations

import json
import logging
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PYTHON = [sys.executable, "-m"]
HAIDANG = str(Path(sys.executable).parent / "haidang")
WEB, BOX, BROKER = 8651, 9661, 9671
SECRET = "dien-tap-hai-dang"
log = logging.getLogger("drill")


class Centre:
    """Everything under `work`: home of the centre, the sandbox's own, the broker's store."""

    def __init__(self, work: Path) -> None:
        self.work, self.home = work.resolve(), work.resolve() / "home"
        self.rng = random.Random(7)
        self.alive: dict[str, subprocess.Popen[bytes]] = {}
        self.box = self.work.parent / f"{self.work.name}-sandbox"
        self.broker = self.work.parent / f"{self.work.name}-broker"
        self.env = {
            **os.environ,
            "HAIDANG_HOME": str(self.home),
            "HAIDANG_PACKS": f"{ROOT / 'tools/drill/packs'}{os.pathsep}{ROOT / 'packs'}",
            "DJANGO_SETTINGS_MODULE": "haidang.site.settings",
        }
        self.commands: dict[str, list[str]] = {
            "broker": [shutil.which("mosquitto") or "/usr/sbin/mosquitto", "-c", str(self.broker / "mosquitto.conf")],
            "sandbox": [
                *PYTHON,
                "sandbox",
                "serve",
                "--home",
                str(self.box),
                "--port",
                str(BOX),
                "--speed",
                "300",
                "--only",
                "dossiers",
            ],
            "web": [*PYTHON, "haidang.site.serve", "--port", str(WEB)],
            "worker": [*PYTHON, "haidang.jobs.worker"],
            "collector": [*PYTHON, "haidang.jobs.collector"],
        }

    # --- from nothing to running

    def __enter__(self) -> Centre:
        for folder in (self.home, self.broker):
            folder.mkdir(parents=True)
        lines = (
            f"listener {BROKER} 127.0.0.1", "allow_anonymous true", "persistence true", "autosave_interval 1",
            f"persistence_location {self.broker}/", "max_queued_messages 0", "max_inflight_messages 0",
        )  # fmt: skip
        (self.broker / "mosquitto.conf").write_text("\n".join(lines) + "\n")
        if os.geteuid() == 0:
            (self.broker / "mosquitto.conf").open("a").write("user root\n")
        self._past()
        self._configure()
        self.raise_the_dead()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self.alive.values():
            process.terminate()
        for process in self.alive.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()

    def _past(self) -> None:
        until = (datetime.now(UTC) - timedelta(days=25)).isoformat()
        words = [
            "history",
            "--home",
            str(self.box),
            "--years",
            "0.3",
            "--scale",
            "0.05",
            "--until",
            until,
            "--only",
            "dossiers",
        ]
        subprocess.run([*PYTHON, "sandbox", *words], cwd=ROOT, check=True)

    def _configure(self) -> None:
        rest = [f"address=http://127.0.0.1:{BOX}", "username=ioc", "unit=H37", "first_days=400"]
        told = [
            ["dien-tap.hook", "rate=100000", "--secret", f"secret={SECRET}"],
            ["dien-tap.mqtt", f"address=mqtt://127.0.0.1:{BROKER}", "client_id=dien-tap"],
            ["dich-vu-cong.ho-so", *rest, "--secret", "password=mo-phong"],
        ]
        for words in told:
            subprocess.run([HAIDANG, "sources", "set", *words], env=self.env, check=True)

    def start(self, name: str) -> None:
        out = (self.work.parent / f"{self.work.name}-{name}.log").open("ab")
        self.alive[name] = subprocess.Popen(self.commands[name], env=self.env, cwd=ROOT, stdout=out, stderr=out)

    def raise_the_dead(self) -> None:
        """What a service manager does: whatever ended is started again."""
        for name in self.commands:
            if name not in self.alive or self.alive[name].poll() is not None:
                self.start(name)

    # --- blows

    def blows(self) -> tuple[Callable[[], None], ...]:
        return (
            self.kill_worker, self.kill_collector, self.kill_web, self.kill_broker, self.kill_sandbox, self.fill_disk,
            self.move_clock,
        )  # fmt: skip

    def _kill(self, name: str) -> None:
        self.alive[name].send_signal(signal.SIGKILL)
        self.alive[name].wait()
        time.sleep(self.rng.uniform(0.2, 2))
        self.start(name)

    def kill_worker(self) -> None:
        self._kill("worker")

    def kill_collector(self) -> None:
        self._kill("collector")

    def kill_web(self) -> None:
        self._kill("web")

    def kill_broker(self) -> None:
        self._kill("broker")

    def kill_sandbox(self) -> None:
        self._kill("sandbox")

    def fill_disk(self) -> None:
        """Not a byte is left for some seconds."""
        junk = self.work / "junk"
        free = shutil.disk_usage(self.work).free
        if free > 8 << 30:
            raise SystemExit(f"{self.work} is no small file system of its own: --no-disk leaves the disk alone")
        try:
            with junk.open("wb") as file:
                while True:
                    file.write(bytes(1 << 20))
        except OSError:
            log.info("the disk is full: %s bytes free", shutil.disk_usage(self.work).free)
        time.sleep(self.rng.uniform(3, 6))
        junk.unlink()

    def move_clock(self) -> None:
        """The departments' clock jumps an hour, forwards or back."""
        self.post("/sandbox/clock", {"jump": self.rng.choice([-3600, -600, 600, 3600])})

    # --- talking

    def post(self, path: str, body: dict[str, Any]) -> None:
        request = urllib.request.Request(f"http://127.0.0.1:{BOX}{path}", json.dumps(body).encode(), method="POST")
        for _ in range(40):
            try:
                urllib.request.urlopen(request, timeout=5).read()
                return
            except OSError:
                time.sleep(0.5)
        log.warning("the sandbox did not answer %s", path)

    def ask(self, path: str) -> Any:
        return json.loads(urllib.request.urlopen(f"http://127.0.0.1:{BOX}{path}", timeout=120).read())

    def terminal(self, *words: str) -> str:
        done = subprocess.run([HAIDANG, *words], env=self.env, capture_output=True, text=True, check=False)
        return done.stdout

    def settle(self) -> None:
        """Everything up, the sandbox's clock standing; wait until nothing waits to be landed any more."""
        self.raise_the_dead()
        time.sleep(20)
        self.post("/sandbox/clock", {"speed": 0})
        time.sleep(5)
        self.terminal("sources", "set", "dich-vu-cong.ho-so", "overlap=90000")
        self.terminal("pull", "dich-vu-cong.ho-so")
        until, quiet = time.monotonic() + 600, 0
        while quiet < 5 and time.monotonic() < until:
            self.raise_the_dead()
            waiting = json.loads(self.terminal("doctor", "--json") or "{}").get("unfinished", 1)
            quiet = quiet + 1 if not waiting else 0
            time.sleep(3)
