"""A centre's real server in a process and home of its own, with bounds small enough to be reached."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from doors import ROOT, cast, free_ports, home, landed_home, terminal  # noqa: F401  (fixtures)

PASSWORD = "Sao-Bien-2026-xanh"


@dataclass(frozen=True)
class House:
    """A running centre; `caller` is a client with an address of its own."""

    port: int
    admin: int
    home: Path
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def caller(self, address: str = "127.0.0.1", **headers: str) -> httpx.Client:
        transport = httpx.HTTPTransport(local_address=address)
        return httpx.Client(transport=transport, base_url=self.url, timeout=60, headers=headers)


def form(client: httpx.Client, path: str = "/login/") -> str:
    """The token of the form at that path."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def attempt(client: httpx.Client, name: str, password: str, token: str) -> httpx.Response:
    words = {"username": name, "password": password, "csrfmiddlewaretoken": token}
    return client.post("/login/", data=words, headers={"Referer": str(client.base_url), "Accept": "text/html"})


@contextmanager
def house(folder: Path, *people: str, **said: str) -> Iterator[House]:
    """A centre with these accounts and settings."""
    place = folder / "home"
    for name in people:
        done = terminal(place, "users", "add", name, "--own", HAIDANG_PASSWORD=PASSWORD)
        assert done.returncode == 0, done.stderr
    assert people or terminal(place, "users", "list", **said).returncode == 0
    port, admin = free_ports(2)
    env = {**os.environ, "HAIDANG_HOME": str(place), "DJANGO_SETTINGS_MODULE": "haidang.site.settings", **said}
    command = [sys.executable, "-m", "haidang.site.serve", "--port", str(port), "--admin-port", str(admin)]
    log = folder / "log"
    with log.open("wb") as lines:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=lines, stderr=lines)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", process)
        yield House(port, admin, place, process, log)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 150
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{url} does not answer; the process: {process.poll()}")


@pytest.fixture(scope="module")
def tight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Narrow bounds; 127.0.0.9 is a trusted proxy."""
    bounds = "sign-in=20/minute,sign-in-name=6/minute,connections=30,head=2,open=25,exports=5/minute,reports=3/minute"
    with house(
        tmp_path_factory.mktemp("tight"), "can-bo", "nguoi-khac", HAIDANG_LIMITS=bounds, HAIDANG_PROXIES="127.0.0.9"
    ) as one:
        yield one
