"""Pushes through the running server: proved, taken once, bounded; whatever is refused is written down and nothing else
of the centre suffers.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import free_port, wait_for
from doors import terminal

ROOT = Path(__file__).resolve().parents[2]
SECRET = "khoa-ky-chung-cua-so-y-te"
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
    "sources/day.yaml": """\
source: day
dataset: ca
connector: hook
format: json
title: {vi: Đẩy, en: Pushed}
owner: {vi: Sở Y tế, en: Department of Health}
read: {rows: rows}
""",
}


@dataclass
class Door:
    """A running web process, its home, and the one who signs."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]
    env: dict[str, str]

    def push(self, body: bytes, *, source: str = "thu.day", **said: Any) -> httpx.Response:
        stamp = str(int(said.get("at", time.time())))
        mac = hmac.new(said.get("secret", SECRET).encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        header = said.get("header", f"t={stamp},v1={mac}")
        return httpx.post(f"{self.url}/hooks/{source}", content=body, headers={"X-Signature": header}, timeout=30)

    def memory(self) -> int:
        """Resident KB."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

    def ask(self, code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            env=self.env, capture_output=True, text=True, check=True, cwd=ROOT,
        )  # fmt: skip
        return done.stdout.strip()


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("hooks")
    for name, text in PACK.items():
        file = folder / "packs" / "thu" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    home, port = folder / "home", free_port()
    said = {"HAIDANG_HOME": str(home), "HAIDANG_PACKS": str(folder / "packs"), "HAIDANG_HOOK_MB": "4"}
    done = terminal(home, "sources", "set", "thu.day", "--secret", f"secret={SECRET}", "--simulated", **said)
    assert done.returncode == 0, done.stderr
    temp = folder / "tmp"
    temp.mkdir()
    env = {**os.environ, **said, "DJANGO_SETTINGS_MODULE": "haidang.site.settings", "TMPDIR": str(temp)}
    process = subprocess.Popen([sys.executable, "-m", "haidang.site.serve", "--port", str(port)], env=env, cwd=ROOT)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield Door(f"http://127.0.0.1:{port}", home, process, env)
    finally:
        process.terminate()
        process.wait(timeout=30)


def rows(key: str) -> bytes:
    return json.dumps({"rows": [{"ma": key, "ngay": "2026-03-01"}]}).encode()


def test_a_signed_push_is_taken_and_its_bytes_are_safe(door: Door) -> None:
    taken = door.push(rows("mot"))
    assert taken.status_code == 202
    run = taken.json()["run"]
    told = door.ask(
        "from haidang.intake.models import Run\n"
        f"r = Run.objects.get(pk='{run}'); print(r.kind, r.source, r.simulated, r.path)"
    )
    kind, source, simulated, path = told.split()
    assert (kind, source, simulated) == ("push", "thu.day", "True")
    assert (door.home / path).read_bytes() == rows("mot")


def test_the_same_message_twice_is_one(door: Door) -> None:
    at = time.time()
    assert [door.push(rows("hai"), at=at).status_code for _ in range(3)] == [202, 409, 409]
    count = door.ask(
        "from haidang.intake.models import Run\n"
        f"print(Run.objects.filter(digest='{hashlib.sha256(rows('hai')).hexdigest()}').count())"
    )
    assert count == "1"
    assert door.push(rows("hai"), at=at + 1).status_code == 202, "the same body at another time is another message"


def test_what_is_not_proved_is_refused_without_saying_why(door: Door) -> None:
    wrong = door.push(rows("ba"), secret="another")
    stale, early = door.push(rows("ba"), at=time.time() - 301), door.push(rows("ba"), at=time.time() + 330)
    unsigned = [door.push(rows("ba"), header=text) for text in ("", "t=1", "v1=aa", "t=1,v1=é".encode())]
    absent, by_hand = door.push(rows("ba"), source="thu.khong-co"), door.push(rows("ba"), source="thu.ca")
    assert {r.status_code for r in (wrong, stale, early, *unsigned)} == {401}
    assert (absent.status_code, by_hand.status_code) == (404, 404)
    assert wrong.json() == stale.json() == absent.json()
    told = door.ask(
        "from haidang.intake.models import Attempt\n"
        "print(*sorted(set(Attempt.objects.filter(outcome='refused').values_list('source', 'code'))))"
    )
    for code in ("hook-signature", "hook-stale", "hook-unsigned", "hook-unknown"):
        assert code in told
    assert "khong-co" not in told
    metrics = httpx.get(f"{door.url}/metrics").text
    assert 'haidang_attempts_last_day{outcome="refused",code="hook-signature"}' in metrics


def test_a_look_is_no_push(door: Door) -> None:
    assert httpx.get(f"{door.url}/hooks/thu.day").status_code == 405
    assert httpx.put(f"{door.url}/hooks/thu.day").status_code == 405


def test_an_old_secret_holds_while_it_is_changed(door: Door) -> None:
    said = {name: door.env[name] for name in ("HAIDANG_PACKS", "HAIDANG_HOOK_MB")}
    changed = terminal(
        door.home, "sources", "set", "thu.day", "--secret", "secret=moi", "--secret", f"old_secret={SECRET}", **said
    )
    assert changed.returncode == 0, changed.stderr
    assert door.push(rows("bon"), secret="moi").status_code == 202
    assert door.push(rows("nam"), secret=SECRET).status_code == 202
    assert terminal(door.home, "sources", "set", "thu.day", "--secret", f"secret={SECRET}", **said).returncode == 0


def test_a_gigabyte_in_chunks_is_refused_before_it_is_read(door: Door) -> None:
    door.push(rows("sau"))
    before, sent = door.memory(), 0
    with socket.create_connection(("127.0.0.1", int(door.url.rpartition(":")[2])), timeout=30) as line:
        line.sendall(b"POST /hooks/thu.day HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        chunk = b"%x\r\n" % (1 << 20) + bytes(1 << 20) + b"\r\n"
        try:
            for _ in range(1024):
                line.sendall(chunk)
                sent += 1
            answer = line.recv(65536)
        except OSError:
            answer = b""
        if not answer:
            line.settimeout(5)
            try:
                answer = line.recv(65536)
            except OSError:
                answer = b""
    assert sent < 200, "the server hangs up long before a gigabyte"
    assert not answer or b" 413 " in answer.splitlines()[0]
    assert door.memory() - before < 60_000
    assert door.push(rows("bay")).status_code == 202
    assert not list(Path(door.env["TMPDIR"]).rglob("*")), "nothing is left of what was refused"


def test_a_length_that_is_too_long_is_refused_at_once(door: Door) -> None:
    with socket.create_connection(("127.0.0.1", int(door.url.rpartition(":")[2])), timeout=10) as line:
        line.sendall(b"POST /hooks/thu.day HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1073741824\r\n\r\n")
        answer = line.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"connection: close" in answer.lower()
    assert httpx.post(f"{door.url}/login/", content=iter([bytes(1 << 20)] * 3)).status_code == 413
    codes = door.ask(
        "from haidang.intake.models import Attempt\n"
        "print(*set(Attempt.objects.filter(outcome='refused').values_list('code', flat=True)))"
    )
    assert "hook-too-large" in codes


def test_whoever_goes_on_wrongly_is_not_read_any_more(door: Door) -> None:
    found = [door.push(b"x", secret="doan").status_code for _ in range(65)]
    assert found[-1] == 429
    assert httpx.get(f"{door.url}/healthz").status_code == 200


def test_the_secret_stands_nowhere(door: Door) -> None:
    for file in (door.home / "db.sqlite3", door.home / "db.sqlite3-wal"):
        assert not file.exists() or SECRET.encode() not in file.read_bytes()
    said = {name: door.env[name] for name in ("HAIDANG_PACKS",)}
    listed = terminal(door.home, "sources", "--json", **said)
    assert SECRET not in listed.stdout
    assert json.loads(listed.stdout)["sources"][0]["secrets"][-1:] == ["secret"]
