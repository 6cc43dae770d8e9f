"""A Case travels to another centre by GeoReport and its answers come back: two centres that really talk to each other."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import httpx
import pytest
from conftest import free_port
from django.utils import timezone

from haidang.words.errors import Unavailable

DESK = "phan-anh.phan-anh"
SECRETS = ("Nguyễn Văn An", "0912345678", "an.nguyen@example.vn")


@dataclass
class Centre:
    """The other centre: its address, and the keys of those who work there."""

    url: str
    keys: dict[str, str] = field(default_factory=dict)

    def act(self, who: str, number: int, act: str, **said: Any) -> None:
        done = httpx.post(
            f"{self.url}/api/v1/cases/{number}/acts",
            json={"act": act, **said},
            headers={"Authorization": f"Bearer {self.keys[who]}"},
            timeout=30,
        )
        assert done.status_code == 200, done.text

    def cases(self) -> list[dict[str, Any]]:
        heads = {"Authorization": f"Bearer {self.keys['truc-1022']}"}
        found: list[dict[str, Any]] = httpx.get(f"{self.url}/api/v1/cases", headers=heads, timeout=30).json()["cases"]
        return found


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    home, port = tmp_path_factory.mktemp("other"), free_port()
    script = Path(__file__).with_name("centre.py")
    with subprocess.Popen(
        [sys.executable, str(script), str(home), str(port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert line, process.stderr.read() if process.stderr else ""
            centre = Centre(f"http://127.0.0.1:{port}", json.loads(line))
            for _ in range(300):
                try:
                    httpx.get(f"{centre.url}/healthz", timeout=5)
                    break
                except httpx.HTTPError:
                    time.sleep(0.1)
            yield centre
        finally:
            process.terminate()


@pytest.fixture
def desk(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from haidang.cli.demo import cast

    monkeypatch.setenv("HAIDANG_HOME", str(tmp_path))
    settings.HOME = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cast.create("Den-bien-2026!")


def connected(server: str, key: str = "", services: str = "mat-duong = mat-duong") -> None:
    from haidang.cases.channels import lines
    from haidang.cases.models import Channel

    said = {"office": "so-xay-dung", "server": f"{server}/open311/v2", "services": services}
    Channel.objects.create(
        desk=DESK, kind="open311", on=True, settings=said, secrets=lines.sealed({"api_key": key} if key else {})
    )


def assigned(text: str = "Ổ gà lớn trước chợ Đồng Đăng", **more: Any) -> int:
    from haidang.access import gate
    from haidang.cases import actions
    from haidang.cases.actions import Arrival, Person, Wanted

    sender = Person(name=SECRETS[0], phone=SECRETS[1], email=SECRETS[2])
    said = {"category": "mat-duong", "lat": 21.94, "lon": 106.70, **more}
    number = int(actions.open_case(gate.public(), Arrival(DESK, "web", text, sender=sender, **said)).pk)
    actions.act(gate.actor("truc-1022"), number, Wanted("assign", office="so-xay-dung"))
    return number


def later(minutes: int) -> int:
    from haidang.cases.forwarding import actions

    return actions.run(timezone.now() + timedelta(minutes=minutes))


def case(number: int) -> Any:
    from haidang.cases.models import Case

    return Case.objects.get(pk=number)


def acts(number: int) -> list[str]:
    return list(case(number).steps.values_list("act", flat=True))


def journey(number: int) -> Any:
    from haidang.access import gate
    from haidang.cases.forwarding import reads

    return reads.journeys(gate.actor("truc-1022"), number)[0]


@pytest.mark.usefixtures("desk")
def test_a_report_goes_there_and_its_result_comes_back(other: Centre) -> None:
    connected(other.url, other.keys["peer-68"])
    number = assigned("Tôi là Nguyễn Văn An, số 0912345678: ổ gà lớn trước chợ")
    assert later(0) == 1
    theirs = other.cases()
    assert [(one["category"], one["channel"], one["state"]) for one in theirs] == [("mat-duong", "open311", "new")]
    assert (case(number).state, acts(number)[-1]) == ("in-progress", "progress")
    found = httpx.get(f"{other.url}/open311/v2/requests/{journey(number).id}.json", timeout=30)
    assert found.json()[0]["lat"] == 21.94
    assert not [word for word in SECRETS if word in found.text]

    assert later(0) == 0
    there = theirs[0]["number"]
    other.act("truc-1022", there, "assign", office="so-xay-dung")
    other.act("don-vi-xu-ly", there, "progress", words="Đã khảo sát, chờ nhựa đường")
    assert later(6) == 1
    assert "Đã khảo sát" in case(number).steps.last().words
    steps = len(acts(number))
    assert later(12) == 1
    assert len(acts(number)) == steps, "the same answer again is no new act"

    other.act("don-vi-xu-ly", there, "finish", words="Đã vá mặt đường")
    other.act("so-xay-dung", there, "approve")
    assert later(20) == 1
    done = case(number)
    assert (done.state, journey(number).state) == ("approving", "ended")
    assert "Đã vá mặt đường" in done.result
    assert later(60) == 0


@pytest.mark.usefixtures("desk")
def test_what_is_not_wanted_there_comes_back_to_the_desk(other: Centre) -> None:
    connected(other.url, services="mat-duong = khong-co")
    number, unmapped = assigned(), assigned("Cây đổ chắn ngang đường", category="cay-xanh")
    later(0)
    for one in (number, unmapped):
        assert (case(one).state, case(one).office, acts(one)[-1]) == ("received", "", "send-back")
    assert "404" in case(number).steps.last().words
    assert "cay-xanh" in case(unmapped).steps.last().words
    assert later(60) == 0


class Rough(BaseHTTPRequestHandler):
    """A server that speaks XML, takes a report and loses its answer the first time."""

    posts: ClassVar[list[str]] = []
    keys: ClassVar[set[str]] = set()
    status: ClassVar[str] = "open"

    def do_POST(self) -> None:
        self.posts.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        first = self.headers["Idempotency-Key"] not in self.keys
        self.keys.add(self.headers["Idempotency-Key"])
        self._answer(500 if first else 200, "<service_request_id>SR-7</service_request_id>")

    def do_GET(self) -> None:
        self._answer(200, f"<service_request_id>SR-7</service_request_id><status>{self.status}</status><status_notes/>")

    def _answer(self, status: int, fields: str) -> None:
        body = f'<?xml version="1.0"?><service_requests><request>{fields}</request></service_requests>'.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None: ...


@pytest.fixture
def rough() -> Iterator[str]:
    Rough.posts.clear()
    Rough.keys.clear()
    Rough.status = "open"
    server = HTTPServer(("127.0.0.1", 0), Rough)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("desk")
def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_key(rough: str) -> None:
    connected(rough)
    number = assigned()
    later(0)
    assert (journey(number).state, acts(number)) == ("forward", ["open", "assign"])
    later(5)
    assert (len(Rough.posts), len(Rough.keys)) == (2, 1)
    assert Rough.posts[0] == Rough.posts[1]
    assert not [word for word in SECRETS if word in Rough.posts[0]]
    assert (journey(number).id, journey(number).state) == ("SR-7", "sent")
    Rough.status = "closed"
    later(20)
    assert case(number).state == "approving"
    assert acts(number) == ["open", "assign", "progress", "finish"]


@pytest.mark.usefixtures("desk")
def test_a_case_taken_from_the_office_is_not_asked_after(rough: str) -> None:
    from haidang.access import gate
    from haidang.cases import actions
    from haidang.cases.actions import Wanted

    connected(rough)
    number = assigned()
    later(0)
    later(5)
    actions.act(gate.actor("truc-1022"), number, Wanted("assign", office="cong-an-tinh"))
    Rough.status = "closed"
    assert later(20) == 0
    assert (case(number).state, journey(number).state) == ("assigned", "ended")


@pytest.mark.usefixtures("desk")
def test_nobody_is_called_outside_the_allowed_networks(settings: Any) -> None:
    from haidang.cases.models import Channel

    connected("http://192.0.2.1")
    number = assigned()
    later(0)
    assert acts(number)[-1] == "send-back"
    assert "address-not-allowed" in Channel.objects.get().problem


@pytest.mark.usefixtures("desk")
def test_a_server_that_is_down_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    from haidang.cases.forwarding import server

    def down(*_given: object) -> str:
        raise Unavailable("channel-unreachable", found="x", retry=60)

    connected("http://127.0.0.1:9")
    number = assigned()
    monkeypatch.setattr(server, "send", down)
    assert [later(minute) for minute in (0, 0, 2, 2)] == [1, 0, 1, 0]
    assert (journey(number).state, case(number).state) == ("forward", "assigned")
