"""A Facebook page: Messenger from sending to rating, comments answered privately, the proof of the address."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from haidang.cases.channels import actions
from haidang.cases.models import Channel, File, Message

from .conftest import Desk, Providers, cases, pushed

BINH = "7012345678901234"


def write(providers: Providers, text: str = "", user: str = BINH, **more: Any) -> Any:
    content = providers.facebook.message(user, text, **more)
    return pushed("facebook", content, providers.facebook.signed(content))


def test_the_address_is_proved(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("facebook")
    asked = {"hub.mode": "subscribe", "hub.verify_token": providers.facebook.verify_token, "hub.challenge": "11581"}
    answer = Client().get("/hooks/desk/facebook", asked)
    assert (answer.status_code, answer.content, answer["Content-Type"][:10]) == (200, b"11581", "text/plain")
    assert Client().get("/hooks/desk/facebook", {**asked, "hub.verify_token": "khac"}).status_code == 404
    assert Client().get("/hooks/desk/zalo", asked).status_code == 404


def test_from_sending_to_rating(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("facebook")
    assert write(providers, "Đèn đường ngõ 5 Kỳ Lừa hỏng").status_code == 200
    (case,) = cases()
    assert case.channel == "facebook"
    desk.sent()
    assert case.code in providers.facebook.talks.told(BINH)[0]
    assert providers.facebook.sent[0]["messaging_type"] == "RESPONSE"
    write(providers, url=f"{providers.url}/fb-photo/1.jpg")
    assert actions.fetch_files(timezone.now()) == 1
    assert File.objects.get().case_id == case.pk
    desk.handled(case.pk, "Đã thay bóng đèn")
    desk.sent()
    assert "Đã thay bóng đèn" in providers.facebook.talks.told(BINH)[-1]
    write(providers, "2. tạm được")
    case.refresh_from_db()
    assert (case.rating, case.rating_words, len(cases())) == (2, "tạm được", 1)


def test_one_push_may_bring_many_and_comes_again(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("facebook")
    first, second = (json.loads(providers.facebook.message(user, "Rác")) for user in ("1001", "1002"))
    first["entry"] += second["entry"]
    content = json.dumps(first).encode()
    for _ in range(2):
        answer = pushed("facebook", content, providers.facebook.signed(content))
        assert (answer.status_code, answer.json()) == (200, {"taken": 2})
    assert len(cases()) == 2


@pytest.mark.parametrize("headers", [{}, {"X-Hub-Signature-256": "sha256=" + "0" * 64}, {"X-Hub-Signature": "sha1=0"}])
def test_a_wrong_signature_is_refused(
    desk: Desk, providers: Providers, on: Callable[..., None], headers: dict[str, str]
) -> None:
    on("facebook")
    assert pushed("facebook", providers.facebook.message(BINH, "Giả"), headers).status_code == 401
    assert not cases()


def test_the_page_s_own_words_and_other_pages_are_left(
    desk: Desk, providers: Providers, on: Callable[..., None]
) -> None:
    on("facebook")
    write(providers, "Trang tự gửi", echo=True)
    content = providers.facebook.comment(providers.facebook.page_id, "Trang", "Trang tự bình luận")
    pushed("facebook", content, providers.facebook.signed(content))
    content = providers.facebook.comment("77", "Bình", "sửa lời", verb="edited")
    pushed("facebook", content, providers.facebook.signed(content))
    content = providers.facebook.message("77", "Trang khác").replace(providers.facebook.page_id.encode(), b"1")
    pushed("facebook", content, providers.facebook.signed(content))
    assert not cases()


def test_a_comment_is_answered_privately(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("facebook")
    content = providers.facebook.comment("77", "Trần Văn Bình", "Cống trước nhà tôi tắc", known_as="5001_9")
    pushed("facebook", content, providers.facebook.signed(content))
    (case,) = cases()
    assert "Bình" not in f"{case.text}{case.title}{case.fold}"
    desk.sent()
    (sent,) = providers.facebook.sent
    assert json.loads(sent["recipient"]) == {"comment_id": "5001_9"}


def test_the_days_facebook_gives(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("facebook")
    write(providers, "Cây đổ")
    (case,) = cases()
    desk.sent()
    for days, kind in ((2, "MESSAGE_TAG"), (9, "")):
        Message.objects.filter(way="in").update(at=timezone.now() - timedelta(days=days))
        desk.act("truc-1022", case.pk, "ask" if days == 2 else "supply", words="Cây ở đâu?")
        desk.act("truc-1022", case.pk, "ask", words="Nói rõ hơn?") if days == 9 else None
        desk.sent()
        if kind:
            assert (providers.facebook.sent[-1]["messaging_type"], providers.facebook.sent[-1]["tag"]) == (
                kind,
                "HUMAN_AGENT",
            )
    assert Message.objects.filter(state="failed").get().problem == "facebook-window"
    assert json.loads(Channel.objects.get(kind="facebook").problem)["code"] == "facebook-window"


def test_a_busy_page_is_tried_again(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("facebook")
    providers.facebook.fails = 2
    write(providers, "Cây đổ")
    assert desk.sent() == 0
    assert Message.objects.get(way="out").state == "due"
    assert desk.sent() == 0, "not before its time"
    assert desk.sent(minutes=3) == 0
    assert desk.sent(minutes=10) == 1
    assert len(providers.facebook.sent) == 1
    assert Channel.objects.get(kind="facebook").problem == ""
