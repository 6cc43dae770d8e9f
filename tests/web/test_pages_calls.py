"""The operator's screen over HTTP: from the exchange's push to a report forwarded; nothing for anybody else."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from haidang.access import gate
from haidang.access.models import Trace
from haidang.cases import actions, reads
from haidang.cases.actions import Wanted
from haidang.cases.calls.events import signature
from haidang.cases.channels import lines
from haidang.cases.models import Call, Case, Channel, Sender, Step
from sandbox.desk.exchange import tone

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
DESK, SECRET, PHONE = "phan-anh.phan-anh", "khoa-thu", "0912345678"
OPERATOR = "truc-1022"
OTHERS = ("don-vi-xu-ly", "lanh-dao", "xa-dong-dang", "cong-dan")
SAID = {
    "text": "Ổ gà lớn trước chợ Đồng Đăng",
    "category": "mat-duong",
    "address": "Cổng chợ",
    "place": "06184",
    "phone": PHONE,
    "name": "Nguyễn Thị Mẫu",
    "once": "f1",
    "then": "assign",
}


@pytest.fixture(autouse=True)
def exchange() -> None:
    from haidang.api.hooks import strikes

    strikes._by.clear()
    secrets = lines.sealed({"secret": SECRET})
    Channel.objects.create(desk=DESK, kind="phone", on=True, settings={"agents": "101=truc-1022"}, secrets=secrets)


def push(event: str, call: str = "c1", *, secret: str = SECRET, **more: str) -> Any:
    body = json.dumps({"call": call, "event": event, **more}).encode()
    stamp = str(int(time.time()))
    headers = {"X-Signature": f"t={stamp},v1={signature(secret, stamp, body)}"}
    return Client().post("/hooks/desk/call", body, content_type="application/json", headers=headers)


def ring(call: str = "c1") -> int:
    assert push("ringing", call, phone=PHONE).status_code == 200
    return Call.objects.get(outside=call).pk


def on_shift(as_: As) -> Client:
    client = as_(OPERATOR)
    assert client.post("/cases/calls/shift").status_code == 302
    return client


# --- the hook


def test_the_hook_takes_signed_events_alone() -> None:
    first = push("ringing", phone=PHONE)
    assert (first.status_code, first.json()) == (200, {"call": "c1", "state": "ringing"})
    assert push("ringing", phone=PHONE).json() == first.json()
    assert Call.objects.count() == 1
    for answer in (push("ended", secret="khac"), Client().post("/hooks/desk/call", b"{}", content_type="text/plain")):
        assert (answer.status_code, answer.json()["code"]) == (401, "hook-refused")
    assert push("sings").status_code == 400
    assert push("recorded", record=base64.b64encode(b"nothing").decode()).status_code == 400
    assert Client().get("/hooks/desk/call").status_code == 405
    Channel.objects.update(on=False)
    assert push("ended").status_code == 401


def test_an_exchange_that_fails_often_is_told_to_wait() -> None:
    answers = [push("ended", secret="khac").status_code for _ in range(62)]
    assert (answers[0], answers[-1]) == (401, 429)


# --- the form


def test_a_report_is_taken_forwarded_and_its_code_shown_once(as_: As) -> None:
    number, client = ring(), on_shift(as_)
    push("answered", agent="101")
    page = client.get(f"/cases/new?call={number}").content.decode()
    assert f'value="{PHONE}"' in page
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once
    for _ in range(2):  # a double click
        done = client.post("/cases/new", {**SAID, "call": str(number), "once": once[1]})
        assert done.status_code == 302
    case = Case.objects.get()
    assert (case.channel, case.state, case.office) == ("phone", "assigned", "so-xay-dung")
    assert Step.objects.filter(case=case, act="assign").count() == 1
    assert Call.objects.get().case == case
    shown = client.get(done["Location"])
    assert case.code.replace("-", "</b>-<b>") in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert case.code.partition("-")[2] not in client.get("/cases/new").content.decode()
    assert Sender.objects.count() == 1


def test_whoever_called_is_the_sender_though_the_number_stands_covered(as_: As) -> None:
    number, client = ring(), as_(OPERATOR)
    page = client.get(f"/cases/new?call={number}").content.decode()
    assert PHONE not in page
    client.post("/cases/new", {**SAID, "phone": "", "name": "", "call": str(number)})
    case = Case.objects.get()
    assert case.channel == "phone"
    assert case.sender
    assert case.sender.phone_digest == Call.objects.get().phone_digest


def test_what_was_typed_comes_back_with_what_is_wrong(as_: As) -> None:
    client = as_(OPERATOR)
    empty = client.post("/cases/new", {**SAID, "text": "  "})
    assert empty.status_code == 422
    assert 'value="Cổng chợ"' in empty.content.decode()
    lost = client.post("/cases/new", {**SAID, "lat": "nan", "lon": "106"})
    assert lost.status_code == 422
    assert Case.objects.count() == 0


def test_a_report_is_kept_though_it_cannot_be_forwarded(as_: As) -> None:
    client = as_(OPERATOR)
    page = client.post("/cases/new", {**SAID, "office": "khong-co"}, follow=True).content.decode()
    case = Case.objects.get()
    assert (case.state, case.office) == ("new", "")
    assert "chưa chuyển được" in page
    kept = client.post("/cases/new", {**SAID, "once": "f2", "then": "keep"})
    assert kept.status_code == 302
    assert Case.objects.latest("pk").state == "new"
    walked_in = {name: "" for name in ("phone", "name")}
    client.post("/cases/new", {**SAID, **walked_in, "once": "f3"})
    assert Case.objects.latest("pk").channel == "desk"


def test_pieces_of_the_form_offer_places_and_offices(as_: As) -> None:
    client = as_(OPERATOR)
    where = client.post("/cases/new/where", {"address": "12 Trần Đăng Ninh, hoang dong"}).content.decode()
    assert "Phường Tam Thanh" in where
    assert "Xã Hoàng Đồng" in where
    way = client.post("/cases/new/way", {"category": "mat-duong", "lat": "21.94", "lon": "106.70"}).content.decode()
    assert 'value="so-xay-dung" selected' in way.replace('" data', '" data')
    assert "06184" in way
    by_hand = {"category": "mat-duong", "place": "06184", "office": "so-y-te", "was": "so-xay-dung"}
    assert 'value="so-y-te" selected' in client.post("/cases/new/way", by_hand).content.decode()
    offered = {**by_hand, "office": "so-xay-dung", "category": "rac-thai"}
    assert 'value="xa-06184" selected' in client.post("/cases/new/way", offered).content.decode()


# --- calls and callers


def test_callers_stand_in_clear_on_shift_alone(as_: As) -> None:
    number, client = ring(), as_(OPERATOR)
    actions.open_case(gate.public(), actions.Arrival(DESK, "web", SAID["text"], actions.Person(phone=PHONE)))
    covered = client.get("/cases/new").content.decode()
    assert "••• 678" in covered
    assert PHONE not in covered + client.get("/cases/calls").content.decode()
    assert "••• 678" in covered
    assert SAID["text"] not in client.post("/cases/new/caller", {"phone": PHONE}).content.decode()
    client.post("/cases/calls/shift")
    assert SAID["text"] in client.post("/cases/new/caller", {"phone": PHONE}).content.decode()
    assert PHONE in client.get("/cases/calls").content.decode()
    client.post("/purpose/end")  # the shift is over with it
    client.post(f"/cases/calls/{number}/take")
    assert PHONE not in client.get("/cases/new").content.decode()


def test_a_lapsed_purpose_comes_back_with_a_taken_call_and_not_by_itself(as_: As) -> None:
    number, client = ring(), on_shift(as_)
    session = client.session
    session["purpose"] = {**session["purpose"], "until": "2020-01-01T00:00:00+00:00"}
    session.save()
    live = client.get("/cases/new", headers={"X-Live": "calls"}).content.decode()
    assert "••• 678" in live
    assert '<form method="post" action="/cases/new"' not in live  # the bar alone
    assert PHONE not in client.get("/cases/new").content.decode()
    assert client.post(f"/cases/calls/{number}/take")["Location"] == f"/cases/new?call={number}"
    assert PHONE in client.get("/cases/new?call=" + str(number)).content.decode()
    assert Trace.objects.filter(action="purpose").count() == 2


def test_a_record_is_heard_on_shift_and_missed_calls_are_returned(as_: As) -> None:
    number, client = ring(), on_shift(as_)
    push("missed")
    push("recorded", record=base64.b64encode(tone(0.1)).decode())
    assert client.get("/cases/calls?state=missed").content.decode().count("Đã gọi lại") >= 2
    assert client.post(f"/cases/calls/{number}/back").status_code == 302
    assert Call.objects.get().state == "returned"
    heard = client.get(f"/cases/calls/{number}/record")
    assert b"".join(heard.streaming_content)[:4] == b"RIFF"  # type: ignore[arg-type]  # of a file: synchronous
    assert as_("lanh-dao").get(f"/cases/calls/{number}/record").status_code == 404
    assert client.post(f"/cases/calls/{number}/sing").status_code == 404


def test_a_caller_adds_and_rates_by_telephone(as_: As) -> None:
    client = on_shift(as_)
    client.post("/cases/new", SAID)
    case = Case.objects.get()
    operator, unit, head = (gate.actor(name) for name in (OPERATOR, "don-vi-xu-ly", "so-xay-dung"))
    said = {"number": str(case.pk), "act": "add", "words": "Sáng nay thêm một xe ngã", "once": "a1"}
    for _ in range(2):
        assert client.post("/cases/calls/said", said).status_code == 302
    assert Step.objects.filter(case=case, act="add").count() == 1
    for who, act in ((unit, "start"), (unit, "finish"), (head, "approve")):
        actions.act(who, case.pk, Wanted(act, words="Đã vá"))
    card = client.post("/cases/new/caller", {"phone": PHONE}).content.decode()
    assert 'name="rating" value="3"' in card
    rated = {"number": str(case.pk), "act": "rate", "rating": "3", "words": "Cảm ơn", "once": "r1"}
    client.post("/cases/calls/said", rated)
    assert reads.case(operator, case.pk).line.rating == 3
    assert 'name="rating"' not in client.post("/cases/new/caller", {"phone": PHONE}).content.decode()
    assert client.post("/cases/calls/said", {**rated, "act": "assign"}).status_code == 404


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_of_it_is_there_for_anybody_else(as_: As, name: str) -> None:
    number, client = ring(), as_(name)
    for url in ("/cases/new", "/cases/calls", f"/cases/calls/{number}/record"):
        assert client.get(url).status_code == 404, url
    posts = ("new", "new/way", "new/where", "new/caller", "calls/shift", "calls/said", f"calls/{number}/take")
    for url in posts:
        assert client.post(f"/cases/{url}", {**SAID, "number": "1", "act": "add"}).status_code == 404, url
    assert Case.objects.count() == 0
