"""A small simulated province, and one that runs as a program of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import ROOT, free_port

from sandbox import dossiers
from sandbox.clock import moment
from sandbox.opening import Wish, open_world
from sandbox.world import World

NOW = moment("2026-11-20T10:00")


def world_of(home: Path, *, seed: int = 20, scale: float = 0.01, now: datetime = NOW) -> World:
    return open_world(home, Wish(seed, scale, 0, now))


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Standing at 10:00 on a working Friday, ninety days of dossiers behind it, a hundredth of the volume."""
    made = world_of(tmp_path)
    dossiers.settle(made)
    return made


@dataclass
class Province:
    """`python -m sandbox serve` in a process of its own."""

    home: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> None:
        command = [
            sys.executable,
            "-m",
            "sandbox",
            "serve",
            "--home",
            str(self.home),
            "--port",
            str(self.port),
            *options,
        ]
        self.process = subprocess.Popen(command, cwd=ROOT, stderr=(self.home.parent / "log").open("ab"))
        for _ in range(300):
            assert self.process.poll() is None, (self.home.parent / "log").read_text()[-2000:]
            try:
                if self.get("/sandbox/state")["broker"]:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        pytest.fail("the sandbox did not answer within 30 s")

    def kill(self) -> None:
        assert self.process
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str) -> Any:
        return httpx.get(self.url + path, timeout=30).json()

    def post(self, path: str, **body: Any) -> Any:
        return httpx.post(self.url + path, json=body, timeout=30).json()

    def fault(self, stream: str, kind: str, seconds: float = 60, **more: Any) -> None:
        assert self.post("/sandbox/faults", stream=stream, kind=kind, seconds=seconds, **more)["kind"] == kind

    def lift(self) -> None:
        httpx.delete(self.url + "/sandbox/faults", timeout=30)

    def login(self) -> str:
        session: str = self.post("/adapter/login", username="ioc", password="mo-phong")["session"]
        return session

    def ask(self, session: str, service: str = "DongBoHoSoMC", **more: Any) -> Any:
        return self.post("/adapter/api", session=session, madonvi="H37", service=service, **more)


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    """A province at 1/50 of the volume, its clock ten times as fast from a Friday morning on."""
    one = Province(tmp_path_factory.mktemp("province") / "home")
    one.start("--scale", "0.02", "--speed", "10", "--start", "2026-11-20T10:00")
    yield one
    assert one.process
    one.process.terminate()
    one.process.wait(timeout=20)
