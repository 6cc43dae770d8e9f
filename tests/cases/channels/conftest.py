"""Providers of the sandbox at a real port, channels of the desk that lead to them, and who works at it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import uvicorn
from conftest import free_port
from django.utils import timezone
from PIL import Image
from starlette.applications import Starlette

from haidang.cases.senders import Person
from sandbox.desk.facebook import Facebook
from sandbox.desk.sms import Sms
from sandbox.desk.zalo import Zalo

DESK = "phan-anh.phan-anh"


def photo(colour: str = "gray") -> bytes:
    made = BytesIO()
    Image.new("RGB", (320, 240), colour).save(made, "JPEG")
    return made.getvalue()


@dataclass
class Providers:
    """The three of them at one address."""

    url: str
    zalo: Zalo
    facebook: Facebook
    sms: Sms


@pytest.fixture(scope="session")
def port() -> Iterator[tuple[str, Starlette]]:
    """One server for all tests of this folder; its routes are changed by `providers`."""
    app, number = Starlette(), free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=number, log_level="error"))
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        assert running.is_alive()
    yield f"http://127.0.0.1:{number}", app
    server.should_exit = True
    running.join(timeout=10)


@pytest.fixture
def providers(port: tuple[str, Starlette]) -> Providers:
    """Providers that have carried nothing yet."""
    url, app = port
    made = Providers(url, Zalo(photo=photo()), Facebook(photo=photo("olive")), Sms())
    app.router.routes = [*made.zalo.routes(), *made.sms.routes(), *made.facebook.routes()]
    return made


def said(providers: Providers, kind: str) -> dict[str, str]:
    """Settings by which the centre reaches a provider."""
    zalo, facebook, sms = providers.zalo, providers.facebook, providers.sms
    return {
        "zalo": {
            "app_id": zalo.app_id,
            "oa_secret": zalo.oa_secret,
            "app_secret": zalo.app_secret,
            "access_token": zalo.access_token,
            "refresh_token": zalo.refresh_token,
            "api": providers.url,
            "oauth": providers.url,
        },
        "facebook": {
            "page_id": facebook.page_id,
            "app_secret": facebook.app_secret,
            "verify_token": facebook.verify_token,
            "page_token": facebook.page_token,
            "api": providers.url,
        },
        "sms": {"secret": sms.secret, "url": f"{providers.url}/sms/send", "token": sms.token},
    }[kind]


@dataclass
class Desk:
    """The desk at work: what officers do, and what the clockwork does."""

    people: dict[str, Any]

    def act(self, who: str, number: int, act: str, **more: Any) -> Any:
        from haidang.cases.actions import Wanted
        from haidang.cases.actions import act as acted

        return acted(self.people[who], number, Wanted(act, **more))

    def handled(self, number: int, words: str = "Đã vá xong mặt đường") -> Any:
        """From the first look to the head's approval."""
        self.act("truc-1022", number, "receive")
        self.act("truc-1022", number, "assign", office="so-xay-dung")
        self.act("don-vi-xu-ly", number, "start")
        self.act("don-vi-xu-ly", number, "finish", words=words)
        return self.act("so-xay-dung", number, "approve")

    def sent(self, minutes: int = 0) -> int:
        """What the outbox sends now (or so many minutes later)."""
        from haidang.cases.channels import actions

        return actions.deliver(timezone.now() + timedelta(minutes=minutes))


@pytest.fixture
def desk(people: dict[str, Any], settings: Any, tmp_path: Any) -> Desk:
    settings.ADDRESS = "https://ioc.example.vn"
    settings.HOME = tmp_path
    return Desk(people)


@pytest.fixture
def on(desk: Desk, providers: Providers) -> Callable[..., None]:
    """Switches a channel on."""

    def switched(kind: str, *, simulated: bool = False, **more: str) -> None:
        from haidang.access import gate
        from haidang.cases.channels.actions import Said, configure

        values = {**said(providers, kind), **more} if kind in ("zalo", "facebook", "sms") else more
        configure(gate.operator(), DESK, kind, Said(values, on=True, simulated=simulated))

    return switched


def pushed(kind: str, content: bytes, headers: dict[str, str]) -> Any:
    """A provider's push at the centre's own door."""
    from django.test import Client

    return Client().post(f"/hooks/desk/{kind}", content, content_type="application/json", headers=headers)


def cases() -> list[Any]:
    from haidang.cases.models import Case

    return list(Case.objects.order_by("number"))


def written(**person: str) -> Person:
    return Person(**person)
