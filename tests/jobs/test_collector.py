"""The collector as a process: killed with SIGKILL mid-fetch it loses and doubles nothing; told to stop it stops; alone."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from doors import terminal

from haidang.jobs.alone import only
from haidang.jobs.collector import Collector
from haidang.words.errors import Unavailable

ROOT = Path(__file__).resolve().parents[2]
PAGES, SIZE = 18, 5
"""Fewer than the runs that may wait to be landed: no worker is needed here."""

PACK = {
    "pack.yaml": "pack: thu\ntitle: {vi: Gói thử, en: Trial}\nversion: 1.0.0\n",
    "datasets/ca.yaml": """\
dataset: ca
title: {vi: Ca bệnh, en: Cases}
level: public
key: [ma]
period: ngay
grain: day
columns:
  ma: {type: text, required: true, title: {vi: Mã, en: Key}}
  ngay: {type: date, required: true, title: {vi: Ngày, en: Day}}
""",
    "sources/trang.yaml": """\
source: trang
dataset: ca
connector: http
format: json
title: {vi: Nhiều trang, en: Pages}
owner: {vi: Sở Y tế, en: Department of Health}
connect: {path: "/ca?trang={page}", rows: rows, paging: page, page_size: "5"}
read: {rows: rows}
schedule: {every: 1h}
""",
}


@pytest.fixture(scope="module")
def department() -> Iterator[str]:
    """Pages that come slowly; nothing after the last."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(0.1)
            page = int(parse_qs(urlsplit(self.path).query)["trang"][0])
            keys = range((page - 1) * SIZE, page * SIZE) if page <= PAGES else ()
            body = json.dumps({"rows": [{"ma": f"k{key}", "ngay": "2026-03-01"} for key in keys]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(ConnectionError):  # whoever asked was killed
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def place(tmp_path: Path, department: str) -> dict[str, str]:
    """The environment of a home of its own with the source connected."""
    for name, text in PACK.items():
        file = tmp_path / "packs" / "thu" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    said = {"HAIDANG_HOME": str(tmp_path / "home"), "HAIDANG_PACKS": str(tmp_path / "packs")}
    done = terminal(tmp_path / "home", "sources", "set", "thu.trang", f"address={department}", **said)
    assert done.returncode == 0, done.stderr
    return {**os.environ, **said, "DJANGO_SETTINGS_MODULE": "haidang.site.settings", "PYTHONPATH": str(ROOT)}


def collector(env: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "haidang.jobs.collector"]
    return subprocess.Popen(command, env=env, cwd=ROOT, stderr=(Path(env["HAIDANG_HOME"]) / "collector.log").open("ab"))


def ask(env: dict[str, str], code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        env=env, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


LAND = """
from haidang.intake import actions
from haidang.intake.models import Run
from haidang.store.tables import lake
from haidang.store.landing import home
for run in Run.objects.filter(state='received').order_by('id'):
    assert (home() / run.path).exists()
    actions.land(run.id)
rows = lake().rows(lake().table('thu__ca'))
print(len(rows), len({row['ma'] for row in rows}), sum(Run.objects.values_list('landed', flat=True)))
"""


def look(env: dict[str, str], query: str) -> object:
    """One value of the home's database, read beside everybody."""
    with closing(sqlite3.connect(f"file:{env['HAIDANG_HOME']}/db.sqlite3?mode=ro", uri=True, timeout=10)) as base:
        return base.execute(query).fetchone()[0]


def runs(env: dict[str, str]) -> int:
    return int(str(look(env, "SELECT count(*) FROM intake_run")))


def reached(env: dict[str, str]) -> bool:
    return look(env, "SELECT reached_at FROM intake_sourcestate") is not None


def test_killed_in_the_middle_again_and_again_nothing_is_lost_or_doubled(place: dict[str, str]) -> None:
    chance, kills = random.Random(20), 0
    for more in (1, 4, 5):
        child, before = collector(place), runs(place)
        wait_until(lambda: runs(place) >= before + more or reached(place), 60)  # noqa: B023 (called before it changes)
        time.sleep(chance.uniform(0, 0.1))
        kills += not reached(place)
        child.kill()
        child.wait()
    assert kills >= 2
    child = collector(place)
    wait_until(lambda: reached(place), 60)
    began = time.monotonic()
    child.send_signal(signal.SIGTERM)
    assert child.wait(timeout=20) == 0
    assert time.monotonic() - began < 15
    found, keys, landed = ask(place, LAND).split()
    assert found == keys == landed == str(PAGES * SIZE)


def wait_until(true: object, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():  # type: ignore[operator] # a callable
            return
        time.sleep(0.05)
    pytest.fail("did not happen in time")


def test_one_collector_per_home(tmp_path: Path) -> None:
    first = only(tmp_path, "collector")
    assert first is not None
    assert only(tmp_path, "collector") is None
    first.close()
    second = only(tmp_path, "collector")
    assert second is not None
    second.close()


def test_a_turn_that_fails_does_not_end_it(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Collector(tmp_path, spawn=lambda job: job())
    turns: list[int] = []

    def broken(now: object) -> bool:
        turns.append(1)
        if len(turns) == 3:
            one.stop.set()
        raise RuntimeError("database away")

    monkeypatch.setattr(one, "turn", broken)
    monkeypatch.setattr("haidang.jobs.collector.PAUSE_SECONDS", 0.01)
    one.run()
    assert len(turns) == 3


def test_listeners_follow_what_is_said_and_rest_when_they_fall(
    tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from haidang.intake.sources import actions
    from haidang.intake.sources.fetching.streams import Stream

    wanted, begun = [Stream("thu.tram", "a")], []
    fails = {"now": True}

    def listen(source: str, name: str, stop: threading.Event) -> None:
        begun.append(source)
        if fails["now"]:
            raise Unavailable("broker-down", found="x")
        stop.wait(10)

    monkeypatch.setattr(actions, "streams", lambda: tuple(wanted))
    monkeypatch.setattr(actions, "listen", listen)
    one, now = Collector(tmp_path), timezone.now()
    one.listen(now)
    wait_until(one.listeners["thu.tram"].over.is_set, 5)
    one.listen(now)
    assert (len(begun), one.listeners) == (1, {}), "it rests"
    fails["now"] = False
    one.listen(now + timedelta(seconds=5))
    wait_until(lambda: len(begun) == 2, 5)
    first = one.listeners["thu.tram"]
    wanted[:] = [Stream("thu.tram", "b")]
    one.listen(now + timedelta(seconds=10))
    assert first.stop.is_set()
    wait_until(first.over.is_set, 5)
    one.listen(now + timedelta(seconds=11))
    assert one.listeners["thu.tram"].told == "b"
    wanted.clear()
    second = one.listeners["thu.tram"]
    one.listen(now + timedelta(seconds=12))
    wait_until(second.over.is_set, 5)
    one.listen(now + timedelta(seconds=13))
    assert not one.listeners
