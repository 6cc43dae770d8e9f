"""`haidang bench sign-in`: two hundred sign-ins a second from one address, beside people who work.

A server of its own on a copy of this home: a reader of boards (127.0.0.3) and an officer who signs in again and again
(127.0.0.2) are timed without and with the flood (127.0.0.4, wrong passwords for the officer's own name and others).
Never: measures the centre's own server, touches the home it was given.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import httpx

from haidang.words.errors import Unavailable

RATE, SECONDS = 200.0, 30.0
READER, OFFICER, FLOOD = "127.0.0.3", "127.0.0.2", "127.0.0.4"
NAMES = ("reader-of-boards", "officer")
BOARD = "/boards/kinh-te-xa-hoi"
START_SECONDS = 90.0
SENDERS = 8
OTHERS = 50
"""Names the flood tries besides the officer's own."""


@dataclass
class Seen:
    """What happened to one kind of caller."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def add(self, status: int, began: float) -> None:
        self.statuses[status] += 1
        self.seconds.append(time.perf_counter() - began)

    def told(self) -> dict[str, Any]:
        """Counts by status; medians and 95th percentiles in milliseconds."""
        times = self.seconds or [0.0]
        p95 = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        counts = {str(status): count for status, count in sorted(self.statuses.items())}
        return {"answers": counts, "p50_ms": round(median(times) * 1000, 1), "p95_ms": round(p95 * 1000, 1)}


def run(*, seconds: float = SECONDS, rate: float = RATE) -> dict[str, Any]:
    """Figures without and with the flood; raises Unavailable('port-taken') when the server does not start."""
    with tempfile.TemporaryDirectory(prefix="haidang-bench-") as folder:
        home, password = Path(folder) / "home", secrets.token_urlsafe(18) + "-Aa1"
        _copy(home, password)
        with server(home) as url:
            return _measured(url, password, seconds, rate)


def _measured(url: str, password: str, seconds: float, rate: float) -> dict[str, Any]:
    calm = asyncio.run(_people(url, password, seconds))
    with _flooded(url, seconds + 2, rate) as told:
        time.sleep(1)
        beside = asyncio.run(_people(url, password, seconds))
        return {"seconds": seconds, "calm": calm, "flooded": beside, "flood": told()}


async def _people(url: str, password: str, seconds: float) -> dict[str, Any]:
    """The reader and the officer, each at their pace, for so long."""
    boards, sign_ins = Seen(), Seen()
    async with _client(url, READER) as reader, _client(url, OFFICER) as officer:
        await _sign_in(reader, NAMES[0], password)
        await asyncio.gather(
            _again(lambda: _read(reader, boards), seconds, 0.25),
            _again(lambda: _signed(officer, password, sign_ins), seconds, 7.0),
        )
    return {"boards": boards.told(), "sign_in": sign_ins.told()}


async def _again(act: Callable[[], Awaitable[None]], seconds: float, pause: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        await act()
        await asyncio.sleep(pause)


async def _read(client: httpx.AsyncClient, seen: Seen) -> None:
    began = time.perf_counter()
    seen.add((await client.get(BOARD)).status_code, began)


async def _signed(client: httpx.AsyncClient, password: str, seen: Seen) -> None:
    client.cookies.clear()
    token = await _token(client)
    began = time.perf_counter()
    seen.add((await _post(client, NAMES[1], password, token)).status_code, began)


@contextmanager
def _flooded(url: str, seconds: float, rate: float) -> Iterator[Callable[[], dict[str, Any]]]:
    """The flood in a process of its own, so that what it costs to send is not taken for slowness of the server."""
    code = f"from haidang.cli import bench_sign_in as b; b.flood({url!r}, {seconds!r}, {rate!r})"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        yield lambda: dict(json.loads(process.communicate(timeout=seconds + 60)[0]))
    finally:
        process.kill()
        process.wait()


def flood(url: str, seconds: float, rate: float) -> None:
    """So many attempts a second from SENDERS connections; prints what was answered."""
    shares: list[Seen] = [Seen() for _ in range(SENDERS)]
    until = time.monotonic() + seconds
    threads = [Thread(target=_send, args=(url, seen, until, SENDERS / rate)) for seen in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Seen()
    for one in shares:
        whole.statuses += one.statuses
        whole.seconds += one.seconds
    print(json.dumps(whole.told() | {"attempts_a_second": round(len(whole.seconds) / seconds, 1)}))


def _send(url: str, seen: Seen, until: float, pause: float) -> None:
    """One connection's share: half of it at the officer's own name."""
    place = urlsplit(url)
    line = http.client.HTTPConnection(str(place.hostname), place.port, timeout=60, source_address=(FLOOD, 0))
    line.request("GET", "/login/")
    answer = line.getresponse()
    cookie = answer.getheader("Set-Cookie", "").partition(";")[0]
    token = answer.read().decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html", "Cookie": cookie}
    due = time.monotonic()
    while due < until:
        time.sleep(max(0.0, due - time.monotonic()))
        number = len(seen.seconds)
        name = NAMES[1] if number % 2 else f"somebody-{number % OTHERS}"
        began = time.perf_counter()
        line.request("POST", "/login/", f"username={name}&password=wrong&csrfmiddlewaretoken={token}", kind)
        answer = line.getresponse()
        answer.read()
        seen.add(answer.status, began)
        due += pause


async def _sign_in(client: httpx.AsyncClient, name: str, password: str) -> None:
    await _post(client, name, password, await _token(client))


async def _token(client: httpx.AsyncClient) -> str:
    page = (await client.get("/login/")).text
    return page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]


async def _post(client: httpx.AsyncClient, name: str, password: str, token: str) -> httpx.Response:
    words = {"username": name, "password": password, "csrfmiddlewaretoken": token}
    return await client.post("/login/", data=words, headers={"Referer": str(client.base_url)})


def _client(url: str, address: str) -> httpx.AsyncClient:
    way = httpx.AsyncHTTPTransport(local_address=address)
    return httpx.AsyncClient(base_url=url, transport=way, timeout=60, headers={"Accept": "text/html"})


def _copy(home: Path, password: str) -> None:
    """A copy of the home in which the two who work have accounts."""
    from haidang.intake.actions import backup

    backup(home)
    code = "from haidang.cli import bench_sign_in, machine; machine.start(needs_home=True); bench_sign_in.people()"
    env = {**os.environ, "HAIDANG_HOME": str(home), "HAIDANG_PASSWORD": password}
    subprocess.run([sys.executable, "-c", code], env=env, check=True)


def people() -> None:
    """Opens the two accounts in this process's home, with the password of its environment; both read all boards."""
    from haidang.access import actions, gate
    from haidang.words.nouns import ANY, Grant, Level

    for name in NAMES:
        actions.open_account(gate.operator(), actions.Person(name), os.environ["HAIDANG_PASSWORD"], own=True)
        actions.give(gate.operator(), Grant("", name, "read", ANY, ANY, Level.INTERNAL), "bench")


@contextmanager
def server(home: Path, **more: str) -> Iterator[str]:
    """A server of its own on a home; `more`: of its environment. Raises Unavailable('port-taken')."""
    with socket.create_server(("127.0.0.1", 0)) as trial:
        port = int(trial.getsockname()[1])
    env = {**os.environ, "HAIDANG_HOME": str(home), **more}
    command = [sys.executable, "-m", "haidang.site.serve", "--port", str(port)]
    process = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"{url}/healthz", timeout=2)
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise Unavailable("port-taken", host="127.0.0.1", port=url.rpartition(":")[2], retry=0)
