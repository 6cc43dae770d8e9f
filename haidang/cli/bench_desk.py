"""`haidang bench desk`: a desk of 100,000 reports, eight people at it: list, search, map, one report, a new one.

A home and a server of its own, signed in; what is sent comes from another process. `cpu_ms`: of the server for one
request, the same on a machine where others work too. Never: touches the home it was given.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

CASES, SECONDS, CONNECTIONS = 100_000, 10.0, 8
DESK = "phan-anh.phan-anh"
NAME = "truc-bench"
LIMITS = "requests=600000/minute,session=600000/minute,sign-in=600/minute,open=512"
"""One address plays eight people."""
WORDS = ("ổ gà", "đèn đường", "rác", "mất nước", "cây đổ", "karaoke", "dau ngo", "truong", "cho")
Server = Callable[..., AbstractContextManager[str]]


def run(server: Server, *, seconds: float = SECONDS, cases: int = CASES) -> dict[str, Any]:
    """Figures of each kind of request: alone, then at eight connections; raises Unavailable('port-taken')."""
    with tempfile.TemporaryDirectory(prefix="haidang-bench-") as folder:
        home, password = Path(folder) / "home", secrets.token_urlsafe(18) + "-Aa1"
        home.mkdir()
        env = {"HAIDANG_HOME": str(home), "HAIDANG_PASSWORD": password, "HAIDANG_LIMITS": LIMITS}
        env |= {"HAIDANG_WEB_PROCESSES": str(os.cpu_count() or 1)}
        code = "from haidang.cli import bench_desk, machine; machine.start(needs_home=True); bench_desk.{}"
        made, raw = _python(code.format(f"prepare({cases})"), env), _python(code.format("by_hand()"), env)
        with server(home, **env) as url:
            told = _python(f"from haidang.cli import bench_desk; bench_desk.load({url!r}, {seconds!r}, {cases})", env)
        return {"cases": cases, "filled_s": made["seconds"], "by_hand_ms": raw, **told}


def _python(code: str, env: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, **env}, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def prepare(cases: int) -> None:
    """In a process of its own: an operator of the desk, and so many reports; prints how long that took."""
    from haidang.access import actions, gate
    from haidang.access.people.offices import actions as offices
    from haidang.cases import bench
    from haidang.words.nouns import ANY, Grant, Level

    offices.seed(gate.operator())
    actions.open_account(gate.operator(), actions.Person(NAME), os.environ["HAIDANG_PASSWORD"], own=True)
    for action in ("read", "route"):
        actions.give(gate.operator(), Grant("", NAME, action, "phan-anh", ANY, Level.RESTRICTED), "bench")
    began = time.perf_counter()
    bench.fill(DESK, cases)
    print(json.dumps({"seconds": round(time.perf_counter() - began, 1)}))


BY_HAND = {
    "list": "SELECT * FROM cases_case WHERE state IN ('new', 'received', 'assigned', 'in-progress') "
    "ORDER BY number DESC LIMIT 50",
    "search": "SELECT * FROM cases_case WHERE fold LIKE '%o ga%' ORDER BY number DESC LIMIT 50",
    "one": "SELECT * FROM cases_step WHERE case_id = 500 ORDER BY id",
}
"""What the database alone does of it: no rights, no names, no page."""


def by_hand() -> None:
    """In a process of its own: medians of plain SQL over the same rows, milliseconds."""
    from django.db import connection

    print(json.dumps({name: _milliseconds(connection, statement) for name, statement in BY_HAND.items()}))


def _milliseconds(connection: Any, statement: str) -> float:
    took = []
    with connection.cursor() as cursor:
        for _ in range(21):
            began = time.perf_counter()
            cursor.execute(statement.replace("%", "%%"), [])
            cursor.fetchall()
            took.append(time.perf_counter() - began)
    return round(median(took) * 1000, 2)


@dataclass
class Line:
    """One kept connection, signed in."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def __post_init__(self) -> None:
        place = urlsplit(self.url)
        self.way = http.client.HTTPConnection(str(place.hostname), place.port, timeout=60)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        heads = {"Accept": "text/html", "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urlencode({**form, "csrfmiddlewaretoken": self.token}) if form is not None else None
        if body is not None:
            heads |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": self.url + path}
        self.way.request(method, path, body, heads)
        answer = self.way.getresponse()
        read = answer.read()
        for said in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = said.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, read

    def sign_in(self, password: str) -> None:
        self._take_token("/login/")
        status, _ = self.ask("POST", "/login/", {"username": NAME, "password": password})
        if status != 302:
            raise RuntimeError(f"sign-in answered {status}")
        self._take_token("/cases/new")

    def _take_token(self, path: str) -> None:
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask("GET", path)[1])
        self.token = found[1].decode() if found else ""


def load(url: str, seconds: float, cases: int) -> None:
    """In a process of its own: every kind of request, by one and by eight; prints the figures."""
    lines = [Line(url) for _ in range(CONNECTIONS)]
    for line in lines:
        line.sign_in(os.environ["HAIDANG_PASSWORD"])
    figures: dict[str, Any] = {}
    for name, act in _kinds(cases).items():
        _crowd(lines[:1], act, 1.0)
        alone, together = _crowd(lines[:1], act, seconds / 2), _crowd(lines, act, seconds)
        figures[name] = {"alone": alone, "at_8": together}
    print(json.dumps(figures))


def _kinds(cases: int) -> dict[str, Callable[[Line, random.Random], tuple[int, bytes]]]:
    def create(line: Line, dice: random.Random) -> tuple[int, bytes]:
        once = f"{dice.getrandbits(96):x}"
        form = {"text": f"Ổ gà trước chợ, số {once}", "category": "mat-duong", "place": "06184", "once": once}
        return line.ask("POST", "/cases/new", {**form, "phone": "0912345600", "desk": DESK, "then": "keep"})

    return {
        "list": lambda line, dice: line.ask("GET", f"/cases/?page={dice.randint(1, 20)}"),
        "search": lambda line, dice: line.ask("GET", f"/cases/?q={quote(dice.choice(WORDS))}"),
        "map": lambda line, dice: line.ask("GET", "/cases/points.json"),
        "one": lambda line, dice: line.ask("GET", f"/cases/{dice.randint(1, cases)}"),
        "create": create,
    }


def _cpu(url: str) -> float:
    """Seconds of processor the server at that port and its children have used; 0.0 where the system does not tell."""
    port = f"--port\0{urlsplit(url).port}\0".encode()
    used: dict[str, tuple[str, float]] = {}
    ours: set[str] = set()
    for one in Path("/proc").glob("[0-9]*"):
        try:
            parts = (one / "stat").read_text().rpartition(")")[2].split()
            used[one.name] = parts[1], (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
            if port in (one / "cmdline").read_bytes():
                ours.add(one.name)
        except OSError:
            continue
    return sum(spent for name, (above, spent) in used.items() if name in ours or above in ours)


def _crowd(
    lines: list[Line], act: Callable[[Line, random.Random], tuple[int, bytes]], seconds: float
) -> dict[str, Any]:
    took: list[float] = []
    statuses: Counter[int] = Counter()
    until = time.monotonic() + seconds

    def one(line: Line, seed: int) -> None:
        dice = random.Random(seed)
        while time.monotonic() < until:
            began = time.perf_counter()
            statuses[act(line, dice)[0]] += 1
            took.append(time.perf_counter() - began)

    spent = _cpu(lines[0].url)
    seeds = random.SystemRandom()
    crew = [Thread(target=one, args=(line, seeds.getrandbits(32))) for line in lines]
    began = time.monotonic()
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    p95 = quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
    spent = _cpu(lines[0].url) - spent
    return {
        "cpu_ms": round(spent * 1000 / len(took), 1),
        "answers": {str(status): many for status, many in sorted(statuses.items())},
        "p50_ms": round(median(took) * 1000, 1),
        "p95_ms": round(p95 * 1000, 1),
        "per_second": round(len(took) / (time.monotonic() - began), 1),
    }
