"""A desk with its people and nothing landed: the cast of the demo, in the test database, and a report to act on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import casting
import pytest
from doors import PASSWORD

DESK = "phan-anh.phan-anh"


@pytest.fixture
def people(db: None, settings: Any) -> dict[str, Any]:
    """Name → Actor of the cast (`cong-chung` is the public)."""
    return play(settings)


def play(settings: Any) -> dict[str, Any]:
    """The cast into whatever database stands; their passwords hashed quickly."""
    from haidang.access import gate

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    casting.create(PASSWORD)
    names = ("truc-1022", "don-vi-xu-ly", "so-xay-dung", "xa-dong-dang", "lanh-dao", "cong-dan", "cong-chung")
    return {name: gate.actor(name) for name in names}


@pytest.fixture
def report(people: dict[str, Any]) -> Callable[..., Any]:
    """Opens a Case by the web form: a pot-hole in Đồng Đăng, of a sender with name and telephone."""
    from haidang.access import gate
    from haidang.cases.actions import Arrival, Person, open_case

    def opened(text: str = "Ổ gà lớn trước chợ Đồng Đăng", **more: Any) -> Any:
        said: dict[str, Any] = {
            "desk": DESK,
            "channel": "web",
            "sender": Person(name="Nguyễn Văn Thử", phone="0912345678"),
            "category": "mat-duong",
            "lat": 21.94,
            "lon": 106.70,
        }
        return open_case(gate.public(), Arrival(text=text, **{**said, **more}))

    return opened
