"""A running centre and the providers of the sandbox beside it, over HTTP, SMTP and IMAP alone: from sending to rating.

Citizens write on their telephones, officers act on the pages, the centre's own clockwork fetches and answers.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import free_port, wait_for
from doors import PASSWORD, terminal
from signing import sign_in

ROOT = Path(__file__).resolve().parents[3]
HAIDANG = Path(sys.executable).parent / "haidang"
KINDS = ("zalo", "facebook", "sms", "email")
CAST = "from haidang.cli.demo import cast; import os; cast.create(os.environ['HAIDANG_DEMO_PASSWORD'])"
BEGIN = f"""
import django; django.setup()
from django.core.management import call_command; call_command('migrate', verbosity=0)
{CAST}
"""
pytestmark = pytest.mark.xdist_group("channels-running")


@dataclass
class Town:
    """The centre's address, the telephones', and officers who have signed in."""

    url: str
    phones: str
    officers: dict[str, httpx.Client] = field(default_factory=dict)

    def write(self, kind: str, text: str) -> int:
        said = httpx.post(f"{self.phones}/desk/write", json={"channel": kind, "text": text}, timeout=60)
        return int(said.json()["centre"])

    def told(self, kind: str) -> list[str]:
        found = httpx.get(f"{self.phones}/desk/talks", params={"channel": kind}, timeout=60).json()
        return [one["text"] for one in found if one["way"] == "out"]

    def hear(self, kind: str, words: str, seconds: int = 120) -> str:
        """What the centre wrote with these words in it, as soon as it did."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            if hits := [one for one in self.told(kind) if words in one]:
                return hits[-1]
            time.sleep(0.5)
        raise AssertionError(f"{kind}: nothing with {words!r} in {self.told(kind)}")

    def officer(self, name: str) -> httpx.Client:
        if name not in self.officers:
            self.officers[name] = httpx.Client(base_url=self.url, timeout=60)
            sign_in(self.officers[name], name)
        return self.officers[name]

    def act(self, name: str, number: int, act: str, **more: str) -> None:
        client = self.officer(name)
        page = client.get(f"/cases/{number}").text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page[:400]
        done = client.post(
            f"/cases/{number}/{act}", data={"csrfmiddlewaretoken": token[1], **more}, headers={"Referer": self.url}
        )
        assert done.status_code == 303, (act, done.status_code, re.findall(r'role="alert">(.{0,300})', done.text, re.S))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("town") / "home"
    home.mkdir()
    port, phones = free_port(), _three()
    rest = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    env = {**rest, "HAIDANG_HOME": str(home), "HAIDANG_DEMO_PASSWORD": PASSWORD}
    env |= {"HAIDANG_ADDRESS": f"http://127.0.0.1:{port}", "HAIDANG_LIMITS": "requests=60000/minute,sign-in=600/minute"}
    made = subprocess.run(
        [sys.executable, "-c", BEGIN],
        env={**env, "DJANGO_SETTINGS_MODULE": "haidang.site.settings"},
        cwd=ROOT,
        check=False,
    )
    assert made.returncode == 0
    file = ROOT / "sandbox" / "desk" / "channels.json"
    done = terminal(home, "channels", "connect", "phan-anh.phan-anh", str(file), "--port", str(phones))
    assert done.returncode == 0, done.stderr
    centre = subprocess.Popen([HAIDANG, "up", "--port", str(port)], env=env, stdout=subprocess.DEVNULL)
    words = [
        sys.executable,
        "-m",
        "sandbox.desk",
        "serve",
        "--centre",
        f"http://127.0.0.1:{port}",
        "--port",
        str(phones),
    ]
    beside = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", centre)
        wait_for(f"http://127.0.0.1:{phones}/", beside)
        yield Town(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{phones}")
    finally:
        for process in (centre, beside):
            process.terminate()
        for process in (centre, beside):
            process.wait(timeout=30)


def _three() -> int:
    """A port whose two next ones are free too."""
    import socket

    for _ in range(50):
        first = free_port()
        try:
            for port in (first + 1, first + 2):
                socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return first
    pytest.skip("no three free ports in a row")


def _plain(kind: str, words: str) -> str:
    """As an SMS bears it."""
    from haidang.cases.channels.sms import stripped

    return stripped(words) if kind == "sms" else words


def test_from_sending_to_rating(town: Town) -> None:
    """The four at once, step by step: each waits for the same clockwork."""
    said = {kind: f"Nắp cống vỡ số {number} đường Lê Lợi" for number, kind in enumerate(KINDS, 41)}
    for kind, words in said.items():
        assert town.write(kind, words) == (0 if kind == "email" else 200)
    numbers = {kind: _number(town, kind, words) for kind, words in said.items()}
    for kind, number in numbers.items():
        town.act("truc-1022", number, "receive")
        town.act("truc-1022", number, "ask", words=f"Nắp cống nào ({kind})?")
    for kind in KINDS:
        town.hear(kind, _plain(kind, f"Nắp cống nào ({kind})?"))
        town.write(kind, f"Nắp trước cửa nhà ({kind})")
    for kind, number in numbers.items():
        _until(lambda kind=kind, number=number: f"cửa nhà ({kind})" in _page(town, number))
        town.act("truc-1022", number, "assign", office="so-xay-dung")
        town.act("don-vi-xu-ly", number, "start")
        town.act("don-vi-xu-ly", number, "finish", words=f"Đã thay nắp cống ({kind})")
        town.act("so-xay-dung", number, "approve")
    for kind in KINDS:
        town.hear(kind, _plain(kind, f"Đã thay nắp cống ({kind})"))
        town.write(kind, "3")
    for kind in KINDS:
        town.hear(kind, _plain(kind, "Cảm ơn ông/bà đã đánh giá"))
        assert len(town.told(kind)) == len(set(town.told(kind))), "nothing was said twice"


def _number(town: Town, kind: str, words: str) -> int:
    """The Case's number, once its sender was told the code by which they read what they wrote."""
    heard = town.hear(kind, _plain(kind, "Đã nhận phản ánh"))
    code = re.findall(r"[A-Z]+\d{6}-[2-9A-Z]{6,10}", heard)[-1]
    assert words in httpx.get(f"{town.url}/cong/{code}", timeout=60).text
    listed = town.officer("truc-1022").get("/cases/", params={"q": words}).text
    (number,) = {int(one) for one in re.findall(r'href="/cases/(\d+)', listed)}
    return number


def _page(town: Town, number: int) -> str:
    return town.officer("truc-1022").get(f"/cases/{number}").text


def _until(true: Callable[[], Any], seconds: int = 90) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends
        time.sleep(1)
