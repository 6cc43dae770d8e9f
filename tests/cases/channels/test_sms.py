"""SMS: from sending to rating, signatures with a moment, an id taken once, who called 1022 is answered by it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from haidang.access import gate
from haidang.cases.actions import Arrival, open_case
from haidang.cases.channels import sms
from haidang.cases.models import Message
from haidang.cases.senders import Person

from .conftest import DESK, Desk, Providers, cases, pushed

PHONE = "0912345622"


def write(providers: Providers, text: str, phone: str = "84912345622", *, known_as: str = "", at: int = 0) -> Any:
    content = providers.sms.message(phone, text, known_as=known_as)
    return pushed("sms", content, providers.sms.signed(content, at=at))


def test_from_sending_to_rating(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("sms")
    assert write(providers, "O ga truoc cho Ky Lua").status_code == 200
    (case,) = cases()
    desk.sent()
    (told,) = providers.sms.talks.told(PHONE)
    assert told.isascii(), "without tones"
    assert case.code in told
    desk.act("truc-1022", case.pk, "ask", words="Ở số nhà nào?")
    desk.sent()
    write(providers, "So 5")
    case.refresh_from_db()
    assert case.state == "new"
    desk.handled(case.pk)
    desk.sent()
    write(providers, "1")
    case.refresh_from_db()
    assert (case.rating, len(cases())) == (1, 1)


def test_the_same_sms_again_is_one(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("sms")
    for _ in range(3):
        assert write(providers, "Mat nuoc", known_as="mo-1").status_code == 200
    assert len(cases()) == 1


@pytest.mark.parametrize("seconds", [-4000, 4000])
def test_a_stale_signature_is_refused(desk: Desk, providers: Providers, on: Callable[..., None], seconds: int) -> None:
    on("sms")
    assert write(providers, "Gia mao", at=int(time.time()) + seconds).status_code == 401
    assert pushed("sms", providers.sms.message(PHONE, "x"), {}).status_code == 401


def test_a_message_the_gateway_took_without_a_word_is_sent_again_as_the_same(
    desk: Desk, providers: Providers, on: Callable[..., None]
) -> None:
    on("sms")
    providers.sms.silent = 1
    write(providers, "Mat dien")
    assert desk.sent() == 0
    assert desk.sent(minutes=5) == 1
    assert providers.sms.asked == 2
    assert len(providers.sms.talks.told(PHONE)) == 1


def test_who_called_is_answered_by_sms_and_rates_by_it(
    desk: Desk, providers: Providers, on: Callable[..., None]
) -> None:
    on("sms")
    said = Arrival(DESK, "phone", "Cột điện nghiêng", Person(name="Lò Thị Thử", phone=PHONE))
    case = open_case(desk.people["truc-1022"], said)
    desk.sent()
    assert case.code in providers.sms.talks.told(PHONE)[0]
    desk.handled(case.pk)
    desk.sent()
    write(providers, "3")
    case.refresh_from_db()
    assert (case.rating, len(cases())) == (3, 1)


def test_nobody_abroad_and_no_brand_is_written_to(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("sms")
    write(providers, "Quang cao", phone="VIETTEL")
    assert not cases()
    open_case(gate.public(), Arrival(DESK, "web", "Ổ gà", Person(phone="+12025550123")))
    assert desk.sent() == 0
    assert Message.objects.get(way="out").state == "kept"


def test_other_names_of_fields(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("sms", fields="request_id phone service_id message time")
    content = b'{"request_id": "7", "phone": "84912345622", "service_id": "1022", "message": "Rac", "time": 1763784000}'
    assert pushed("sms", content, providers.sms.signed(content)).status_code == 200
    assert [case.text for case in cases()] == ["Rac"]


def test_three_parts_at_most() -> None:
    link = "https://ioc.example.vn/cong/PA261122-ABCDEFGH"
    words = f"Phản ánh {'rất dài ' * 80} {link}"
    for tones, most in ((False, sms.LONGEST), (True, sms.LONGEST_TONES)):
        made = sms.fitting(words, link, tones=tones)
        assert len(made) <= most
        assert made.endswith(link)
        assert made.isascii() is not tones
    assert sms.fitting("Đã xong", link, tones=False) == "Da xong"
