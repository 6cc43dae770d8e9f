"""Web Push against a service that runs: encrypted for that browser alone, signed, sent once, let go when it is gone."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.utils import timezone

from haidang.cases.models import Channel, Device, Message
from haidang.cases.push import actions, keys, wire
from haidang.words.errors import BadQuestion


class Service:
    """A push service: takes what is posted, answers `status`."""

    def __init__(self) -> None:
        self.status, self.got = 201, []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.got.append((dict(self.headers), body))
                self.send_response(service.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()


@pytest.fixture
def service(people: Any) -> Iterator[Service]:
    made = Service()
    Channel.objects.create(desk="phan-anh.phan-anh", kind="app", on=True, settings={"push_hosts": made.host})
    yield made
    made.server.shutdown()
    made.server.server_close()


class Browser:
    """A browser's subscription with its private key."""

    def __init__(self, host: str, scheme: str = "http") -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.auth = b"0123456789abcdef"
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        pair = {"p256dh": _text(point), "auth": _text(self.auth)}
        self.subscription = {"endpoint": f"{scheme}://{host}/send/abc", "keys": pair}

    def read(self, body: bytes) -> Any:
        plain = http_ece.decrypt(body, private_key=self.private, auth_secret=self.auth, version="aes128gcm")
        return json.loads(plain)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def ask(citizen: Client, case: Any, subscription: Any, **more: Any) -> Any:
    body = json.dumps({"subscription": subscription, **more})
    return citizen.post(f"/cong/{case.code}/bao-tin", body, content_type="application/json")


def run(minutes: int = 0) -> int:
    now = timezone.now() + timedelta(minutes=minutes)
    actions.lay_down(now)
    return actions.send_due(now)


def test_a_browser_is_told_once_of_each_step(service: Service, case: Any, walk: Any, citizen: Client) -> None:
    made, browser = case(), Browser(service.host)
    assert ask(citizen, made, browser.subscription).json() == {"told": True}
    assert run() == 0, "of nothing that was before"
    walk(made, "asked")
    assert run() == 2  # assigned, asked
    assert run(60) == 0
    told = [browser.read(body) for _, body in service.got]
    assert {one["url"] for one in told} == {f"/cong/{made.code}"}
    assert any("bổ sung" in one["body"] or "câu hỏi" in one["body"] for one in told)
    assert not any("số nhà" in json.dumps(one, ensure_ascii=False) for one in told), "no word of an officer"


def test_it_says_who_calls_and_how_long_it_keeps(service: Service, case: Any, walk: Any, citizen: Client) -> None:
    made, browser = case(), Browser(service.host)
    ask(citizen, made, browser.subscription)
    walk(made, "assigned")
    run()
    heads, body = service.got[0]
    scheme, _, said = heads["Authorization"].partition(" ")
    fields = dict(part.strip().split("=", 1) for part in said.split(","))
    point = base64.urlsafe_b64decode(fields["k"] + "=")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    claims = jwt.decode(fields["t"], public, algorithms=["ES256"], audience=f"http://{service.host}")
    assert scheme == "vapid"
    assert fields["k"] == keys.public()
    assert claims["sub"].startswith(("mailto:", "https://"))
    assert heads["Content-Encoding"] == "aes128gcm"
    assert int(heads["Ttl"] if "Ttl" in heads else heads["TTL"]) > 0
    assert made.code.encode() not in body, "nothing readable on the way"


def test_a_service_that_fails_is_tried_again_and_one_that_is_gone_is_let_go(
    service: Service, case: Any, walk: Any, citizen: Client
) -> None:
    made, browser = case(), Browser(service.host)
    ask(citizen, made, browser.subscription)
    walk(made, "assigned")
    service.status = 503
    assert run() == 0
    assert run() == 0, "not at once"
    assert len(service.got) == 1
    service.status = 201
    assert run(5) == 1
    assert Message.objects.get(channel="push").state == "sent"
    walk_on = Message.objects.count()
    service.status = 410
    from haidang.access import gate
    from haidang.cases.actions import Wanted, act

    act(gate.actor("don-vi-xu-ly"), made.pk, Wanted("progress", words="Đang vá"))
    assert run(10) == 0
    assert not Device.objects.exists()
    assert Message.objects.count() == walk_on + 1
    assert run(20) == 0


def test_who_asked_no_more_is_not_told(service: Service, case: Any, walk: Any, citizen: Client) -> None:
    made, browser = case(), Browser(service.host)
    ask(citizen, made, browser.subscription)
    ask(citizen, made, browser.subscription)
    assert Device.objects.count() == 1
    assert ask(citizen, made, browser.subscription, off=True).json() == {"told": False}
    walk(made, "assigned")
    assert run() == 0
    assert service.got == []


def test_browsers_of_reports_long_at_rest_are_forgotten(service: Service, case: Any, citizen: Client) -> None:
    made, browser = case(), Browser(service.host)
    ask(citizen, made, browser.subscription)
    actions.tidy(timezone.now() + timedelta(days=59))
    assert Device.objects.exists()
    actions.tidy(timezone.now() + timedelta(days=61))
    assert not Device.objects.exists()


def test_the_address_is_sealed(service: Service, case: Any, citizen: Client) -> None:
    made, browser = case(), Browser(service.host)
    ask(citizen, made, browser.subscription)
    row = Device.objects.get()
    assert service.host not in row.endpoint
    assert "send/abc" not in row.endpoint + row.digest


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",  # not over TLS
        "https://127.0.0.1:9/x",
        "https://169.254.169.254/latest",
        "https://evil.example/fcm.googleapis.com",
        "https://fcm.googleapis.com.evil.example/x",
        "https://fcm.googleapis.com@evil.example/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_only_known_services_are_ever_called(endpoint: str) -> None:
    pair = Browser("fcm.googleapis.com").subscription["keys"]
    with pytest.raises(BadQuestion):
        wire.known(wire.Place(endpoint, pair["p256dh"], pair["auth"]))
    assert wire.known(wire.Place("https://fcm.googleapis.com/fcm/send/x", pair["p256dh"], pair["auth"]))


@pytest.mark.parametrize(
    "said", [None, {}, {"endpoint": "x"}, {"endpoint": "x", "keys": {"p256dh": "é", "auth": 1}}, 5]
)
def test_what_is_no_subscription_is_refused(case: Any, citizen: Client, said: Any) -> None:
    made = case()
    assert ask(citizen, made, said).status_code == 400
    assert citizen.post(f"/cong/{made.code}/bao-tin", "nope", content_type="application/json").status_code == 400
    assert not Device.objects.exists()


def test_a_code_nobody_has_tells_nobody(citizen: Client) -> None:
    answer = citizen.post("/cong/PA000000-KHONGCO2/bao-tin", "{}", content_type="application/json")
    assert answer.status_code == 404


def test_the_key_is_the_machines_own_and_stays(settings: Any) -> None:
    first = keys.public()
    assert first == keys.public()
    settings.SECRET_KEY = "another"
    assert keys.public() != first
