"""Zalo: from a citizen's words to their rating, by pushes signed as Zalo signs them and its API at a real port."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from haidang.cases import senders
from haidang.cases.channels import actions, lines
from haidang.cases.models import Case, Channel, File, Message, Step

from .conftest import DESK, Desk, Providers, cases, pushed

ANNA = "8309393969855402319"


def write(providers: Providers, text: str = "", user: str = ANNA, **more: Any) -> Any:
    content = providers.zalo.event(user, text, **more)
    return pushed("zalo", content, providers.zalo.signed(content))


def test_from_sending_to_rating(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("zalo")
    assert write(providers, "Ổ gà lớn trước chợ Đồng Đăng, gọi tôi 0912 345 611").status_code == 200
    (case,) = cases()
    assert (case.channel, case.state, case.simulated) == ("zalo", "new", False)
    assert "0912" not in case.text
    assert ANNA not in f"{case.text}{case.fold}"
    assert senders.unseal(case.sender.zalo) == ANNA
    assert ANNA not in case.sender.zalo

    assert desk.sent() == 1
    (told,) = providers.zalo.talks.told(ANNA)
    assert case.code in told
    assert f"https://ioc.example.vn/cong/{case.code}" in told
    assert desk.sent() == 0, "never twice"

    desk.act("truc-1022", case.pk, "ask", words="Ổ gà ở trước cổng nào của chợ?")
    desk.sent()
    assert "Ổ gà ở trước cổng nào của chợ?" in providers.zalo.talks.told(ANNA)[-1]
    assert write(providers, "Cổng phía bắc ạ").status_code == 200
    case.refresh_from_db()
    assert case.state == "new"
    assert len(cases()) == 1
    assert Step.objects.filter(case=case, act="supply", words="Cổng phía bắc ạ").exists()

    desk.handled(case.pk)
    desk.sent()
    last = providers.zalo.talks.told(ANNA)[-1]
    assert "Đã vá xong mặt đường" in last
    assert "1 chưa hài lòng" in last
    write(providers, "3")
    case.refresh_from_db()
    assert (case.rating, len(cases())) == (3, 1)
    desk.sent()
    assert "Cảm ơn" in providers.zalo.talks.told(ANNA)[-1]
    assert not Message.objects.exclude(state__in=("sent", "arrived")).exists()


def test_a_push_delivered_twice_is_one(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("zalo")
    content = providers.zalo.event(ANNA, "Đèn đường tối om")
    signed = providers.zalo.signed(content)
    assert [pushed("zalo", content, signed).status_code for _ in range(3)] == [200, 200, 200]
    assert len(cases()) == 1
    assert Message.objects.filter(way="in").count() == 1
    content = providers.zalo.event(ANNA, "Cả dãy phố luôn", known_as="them-1")
    for _ in range(2):
        pushed("zalo", content, providers.zalo.signed(content))
    assert Step.objects.filter(act="add").count() == 1


@pytest.mark.parametrize("spoilt", ["body", "signature", "none", "app"])
def test_a_wrong_signature_is_refused(desk: Desk, providers: Providers, on: Callable[..., None], spoilt: str) -> None:
    on("zalo", **({"app_id": "1"} if spoilt == "app" else {}))
    content = providers.zalo.event(ANNA, "Giả mạo")
    headers = providers.zalo.signed(content)
    if spoilt == "body":
        content = content.replace("Giả".encode(), b"Gia")
    if spoilt == "signature":
        headers = {"X-ZEvent-Signature": "mac=" + "0" * 64}
    if spoilt == "none":
        headers = {}
    assert pushed("zalo", content, headers).status_code == 401
    assert not cases()


def test_a_channel_that_is_off_takes_nothing(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    assert write(providers, "Không ai nghe").status_code == 404
    assert pushed("khong-co", b"{}", {}).status_code == 404


def test_other_events_are_taken_and_left(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("zalo")
    said = json.loads(providers.zalo.event(ANNA, "x"))
    for name in ("follow", "oa_send_text", "user_seen_message"):
        content = json.dumps({**said, "event_name": name}, separators=(",", ":")).encode()
        assert pushed("zalo", content, providers.zalo.signed(content)).status_code == 200
    assert not cases()


def test_photos_and_a_position_come_after_the_words(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("zalo")
    write(providers, "Rác đổ đầy vỉa hè")
    write(providers, url=f"{providers.url}/photo/1.jpg")
    write(providers, lat=21.94, lon=106.70)
    (case,) = cases()
    assert (case.lat, case.lon) == (21.94, 106.70)
    assert not File.objects.exists(), "no file is fetched while a push waits"
    assert actions.fetch_files(timezone.now()) == 1
    assert actions.fetch_files(timezone.now()) == 0
    (file,) = File.objects.all()
    assert file.case_id == case.pk
    assert file.step is not None
    assert file.step.act == "add"


def test_a_file_that_is_not_there_holds_up_nothing(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("zalo")
    providers.zalo.photo = b""
    write(providers, "Cây đổ", url=f"{providers.url}/photo/2.jpg")
    actions.fetch_files(timezone.now())
    assert Message.objects.get(way="in").state == "arrived"
    assert len(cases()) == 1
    assert not File.objects.exists()


def test_an_ended_token_is_renewed_once_and_kept(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("zalo")
    providers.zalo.access_token = "da-doi"
    write(providers, "Mất nước từ sáng")
    assert desk.sent() == 1
    assert providers.zalo.renewals == 1
    (line,) = lines.on("zalo")
    assert line.value("access_token") == providers.zalo.access_token
    assert line.value("refresh_token") == providers.zalo.refresh_token
    row = Channel.objects.get(kind="zalo")
    assert providers.zalo.refresh_token not in f"{row.settings}{row.secrets}", "kept sealed"


def test_what_cannot_be_renewed_is_told_to_whoever_keeps_the_channel(
    desk: Desk, providers: Providers, on: Callable[..., None]
) -> None:
    on("zalo", refresh_token="het-han")
    providers.zalo.access_token = "da-doi"
    write(providers, "Mất điện")
    assert desk.sent() == 0
    assert Message.objects.get(way="out").state == "failed"
    assert json.loads(Channel.objects.get(kind="zalo").problem)["code"] == "zalo-token"


def test_words_after_a_while_are_a_new_report(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("zalo")
    write(providers, "Ổ gà ở Kỳ Lừa")
    write(providers, "Mới: Quán karaoke ồn quá")
    assert [case.text for case in cases()] == ["Ổ gà ở Kỳ Lừa", "Quán karaoke ồn quá"]
    long_ago = timezone.now() - timedelta(hours=30)
    Case.objects.update(created=long_ago)
    Message.objects.update(at=long_ago)
    write(providers, "Cột điện nghiêng")
    assert len(cases()) == 3
    write(providers, "Ổ gà vẫn còn", user="khac")
    assert len(cases()) == 4, "another person's words are theirs"


def test_words_after_the_end(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    """Thanks are no report; `3 ngày` is no rating; a hint is given once; opening again is possible once."""
    on("zalo")
    write(providers, "Ổ gà ở Kỳ Lừa")
    (case,) = cases()
    desk.handled(case.pk)
    for words in ("Cảm ơn", "3 ngày rồi vẫn chưa xong"):
        write(providers, words)
    case.refresh_from_db()
    assert (case.state, case.rating, len(cases())) == ("resolved", None, 1)
    assert [one.words for one in Step.objects.filter(case=case, act="note")] == ["Cảm ơn", "3 ngày rồi vẫn chưa xong"]
    desk.sent()
    assert sum("MỞ LẠI" in told for told in providers.zalo.talks.told(ANNA)) == 1
    write(providers, "Mở lại: chưa vá hết")
    case.refresh_from_db()
    assert (case.state, case.reopened) == ("assigned", 1)


def test_a_simulated_channel_and_a_real_sender_never_meet(
    desk: Desk, providers: Providers, on: Callable[..., None]
) -> None:
    on("zalo", simulated=True)
    write(providers, "Mô phỏng")
    (case,) = cases()
    assert case.simulated
    on("zalo", simulated=False)
    assert desk.sent() == 0
    assert not providers.zalo.talks.told(ANNA)
    assert Message.objects.get(way="out").state == "kept"


def test_whose_code_it_is(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    """A code is a key: whoever writes it adds to that Case, from whatever account."""
    on("zalo")
    write(providers, "Ổ gà ở Kỳ Lừa")
    (case,) = cases()
    write(providers, f"{case.code.lower()} vẫn còn đó ạ", user="nguoi-khac")
    assert len(cases()) == 1
    assert Step.objects.filter(case=case, act="add").count() == 1
    assert case.desk == DESK


def test_one_sender_does_not_fill_the_desk(desk: Desk, providers: Providers, on: Callable[..., None]) -> None:
    on("zalo")
    for number in range(14):
        assert write(providers, f"MỚI: rác số {number}").status_code == 200
    assert len(cases()) == 10
    write(providers, "Ổ gà", user="nguoi-khac")
    assert len(cases()) == 11, "nobody else is held up"
