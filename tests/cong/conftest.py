"""The citizens' pages with the demo's people, nothing landed, and a home for files of each test's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import casting
import pytest
from django.test import Client
from django.utils import timezone
from doors import PASSWORD

DESK = "phan-anh.phan-anh"
TEXT = "Ổ gà lớn trước chợ Đồng Đăng, xe máy hay ngã vào buổi tối"
PEOPLE = ("truc-1022", "don-vi-xu-ly", "so-xay-dung", "cong-dan", "cong-chung")


@pytest.fixture
def people(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Name → Actor of the cast; their passwords hashed quickly."""
    from haidang.access import gate

    monkeypatch.setenv("HAIDANG_HOME", str(tmp_path))
    settings.HOME = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    casting.create(PASSWORD)
    return {name: gate.actor(name) for name in PEOPLE}


@pytest.fixture
def citizen(people: dict[str, Any]) -> Client:
    """Somebody with a telephone, not signed in."""
    return Client()


def ticket(seconds: int = 60, once: str = "") -> str:
    """A ticket given so many seconds ago."""
    from haidang.cases import forms

    return forms.ticket(timezone.now() - timedelta(seconds=seconds), once).text


@pytest.fixture
def send(citizen: Client) -> Callable[..., Any]:
    """Sends the form as a browser without scripts does."""

    def sent(text: str = TEXT, **more: Any) -> Any:
        return citizen.post("/cong/gui", {"ticket": ticket(), "text": text, "public": "1", **more})

    return sent


@pytest.fixture
def case(send: Callable[..., Any]) -> Callable[..., Any]:
    """Sends the form and gives the Case it made."""
    from haidang.cases.models import Case

    def made(text: str = TEXT, **more: Any) -> Any:
        answer = send(text, **more)
        assert answer.status_code == 302, answer.content.decode()[:2000]
        return Case.objects.get(code=answer["Location"].split("/")[2].partition("?")[0])

    return made


@pytest.fixture
def walk(people: dict[str, Any]) -> Callable[..., None]:
    """Takes a Case as far as a state: assigned | asked | resolved | published."""
    from haidang.cases.actions import Wanted, act

    desk, unit, head = (people[name] for name in ("truc-1022", "don-vi-xu-ly", "so-xay-dung"))
    way = [
        ("received", desk, Wanted("receive")),
        ("assigned", desk, Wanted("assign", office="so-xay-dung")),
        ("in-progress", unit, Wanted("start")),
        ("approving", unit, Wanted("finish", words="Đã vá xong mặt đường sáng nay")),
        ("resolved", head, Wanted("approve")),
        ("published", desk, Wanted("publish")),
    ]

    def walked(case: Any, state: str) -> None:
        for becomes, who, wanted in way:
            act(who, case.pk, wanted)
            if becomes == state:
                return
            if becomes == "assigned" and state == "asked":
                act(unit, case.pk, Wanted("ask", words="Ông/bà cho biết gần số nhà nào?"))
                return

    return walked
