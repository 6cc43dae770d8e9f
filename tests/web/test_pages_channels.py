"""The page of channels: settings said once and never shown again, a test against a real mail and web server."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from doors import enter

from haidang.access import gate
from haidang.cases.actions import Arrival, open_case
from haidang.cases.channels import lines
from haidang.cases.models import Channel, Message, Step
from haidang.cases.senders import Person, unseal

pytestmark = pytest.mark.usefixtures("cast")
ZALO = "/cases/channels/phan-anh.phan-anh/zalo"
SAID = {"set-app_id": "348", "set-oa_secret": "bi-mat-oa", "set-access_token": "bi-mat-ma", "on": "1"}


def test_a_channel_is_switched_on_and_its_secrets_stay() -> None:
    keeper = enter("quan-tri")
    page = keeper.get("/cases/channels").content.decode()
    assert "Zalo" in page
    assert "Trang web" in page
    shown = keeper.get(ZALO).content.decode()
    assert "/hooks/desk/zalo" in shown
    assert keeper.post(ZALO, SAID).status_code == 302
    (line,) = lines.on("zalo")
    assert (line.value("app_id"), line.value("oa_secret")) == ("348", "bi-mat-oa")
    row = Channel.objects.get(kind="zalo")
    assert (row.on, row.changed_by) == (True, "quan-tri")
    assert "bi-mat" not in f"{row.settings}{row.secrets}"
    shown = keeper.get(ZALO).content.decode()
    assert "bi-mat" not in shown
    keeper.post(ZALO, {"set-app_id": "349", "on": "1"})
    (line,) = lines.on("zalo")
    assert (line.value("app_id"), line.value("oa_secret")) == ("349", "bi-mat-oa"), "an empty secret stays"
    keeper.post(ZALO, {"set-app_id": "349", "forget-access_token": "1", "on": "1"})
    assert lines.on("zalo")[0].value("access_token") == ""
    keeper.post(ZALO, {"set-app_id": "349"})
    assert not lines.on("zalo")


def test_what_is_missing_is_named() -> None:
    answer = enter("quan-tri").post(ZALO, {"set-app_id": "348", "on": "1"})
    assert answer.status_code == 422
    assert "Còn thiếu: Khóa bí mật của OA" in answer.content.decode()
    assert not lines.on("zalo")


def test_a_test_says_what_is_wrong_and_keeps_nothing(settings: Any) -> None:
    keeper = enter("quan-tri")
    for address, words in (
        ("http://169.254.169.254", "169.254.169.254"),
        ("http://127.0.0.1:9", "Không nối được"),
        ("http://192.168.7.7", "HTTPS"),
    ):
        answer = keeper.post(f"{ZALO}/test", {**SAID, "set-api": address})
        assert answer.status_code == 422, address
        assert words in answer.content.decode(), address
    assert not Channel.objects.exists()


@pytest.mark.parametrize("name", ["lanh-dao", "truc-1022", "don-vi-xu-ly", "cong-dan"])
def test_for_others_it_is_absent(name: str) -> None:
    client: Client = enter(name)
    assert client.get("/cases/channels").status_code == 404
    assert client.get(ZALO).status_code == 404
    assert client.post(ZALO, SAID).status_code == 404
    assert client.post(f"{ZALO}/test", SAID).status_code == 404
    assert not Channel.objects.exists()


def test_what_the_sender_was_told() -> None:
    """Whoever routes writes to the sender without learning who it is; a double click is one message."""
    said = Arrival("phan-anh.phan-anh", "zalo", "Ổ gà", Person(zalo="8309393969855402319"), category="mat-duong")
    case = open_case(gate.public(), said)
    told = f"/cases/channels/told/{case.pk}"
    operator = enter("truc-1022")
    assert "đã nhận phản ánh" in operator.get(told).content.decode()
    assert "hx-get" in operator.get(f"/cases/{case.pk}").content.decode()
    for _ in range(2):
        said_so = {"words": "Ông/bà cho biết số nhà?", "once": "mot-lan"}
        answer = operator.post(told, said_so, headers={"HX-Request": "true"})
        assert answer["HX-Redirect"] == f"/cases/{case.pk}"
    row = Message.objects.get(code="")
    assert (unseal(row.words), row.state) == ("Ông/bà cho biết số nhà?", "due")
    assert Step.objects.get(case=case, act="note").inner
    shown = operator.get(told).content.decode()
    assert "8309393969855402319" not in shown
    answer = operator.post(told, {"words": " ", "once": "2"}, headers={"HX-Request": "true"})
    assert "Hãy ghi nội dung" in answer.content.decode()
    Message.objects.update(state="failed", problem="zalo-token")
    assert "Gửi lại" in operator.get(told).content.decode()
    operator.post(told, {"again": str(row.pk)}, headers={"HX-Request": "true"})
    row.refresh_from_db()
    assert row.state == "due"


def test_who_does_not_route_writes_to_nobody() -> None:
    case = open_case(gate.public(), Arrival("phan-anh.phan-anh", "web", "Ổ gà", Person(phone="0912345601")))
    told = f"/cases/channels/told/{case.pk}"
    leader = enter("lanh-dao")
    assert "<form" not in leader.get(told).content.decode()
    assert leader.post(told, {"words": "x"}, headers={"HX-Request": "true"}).status_code == 404
    assert enter("cong-dan").get(told).status_code == 404
    assert Client().get(told).status_code == 404
    assert not Message.objects.filter(code="").exists()
