"""The pages of the trace: search and its filters, a row with its proof, files, who looked; by whom, and traced itself."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from haidang.access import trace
from haidang.access.models import Account, Trace
from haidang.access.tracing import actions
from haidang.words.nouns import Actor, Level, Subject

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
BUDGET = "kinh-te-xa-hoi.ngan-sach"
PAGES = ("/trace/", "/trace/1", "/trace.csv", "/trace.jsonl", f"/trace/lookers?dataset={BUDGET}", "/trace/lookers.csv")


@pytest.fixture
def written(cast: None) -> None:
    """A few rows of several people, one of them hostile."""
    Account.objects.filter(name="lanh-dao").update(holder="Trần Thị Bình")
    with trace.context(address="10.1.2.3", door="web"):
        who = Actor("lanh-dao", purpose="xác minh đơn thư")
        trace.look(who, "read", Subject("kinh-te-xa-hoi", BUDGET, Level.PERSONAL), outcome="allowed")
        trace.look(Actor("so-y-te"), "read", Subject("kinh-te-xa-hoi", BUDGET, Level.INTERNAL), outcome="denied")
    with trace.context(address="10.9.9.9", door="api"):
        trace.note("=cmd|'/C calc'!A0", "sign-in", "", outcome="denied")
        trace.note("so-y-te", "grant", "<script>alert(1)</script>")


def rows(client: Client, query: str) -> list[str]:
    """The sentences of a list, read from the page."""
    answer = client.get(f"/trace/?{query}")
    assert answer.status_code == 200, answer.content[:300]
    return [one["sentence"] for one in answer.context["lines"]]


@pytest.mark.parametrize("name", ["lanh-dao", "so-y-te", "bao-ve-du-lieu", "quan-tri-y-te", ""])
def test_only_auditors_know_of_it(as_: As, name: str) -> None:
    client = as_(name)
    assert [client.get(page).status_code for page in PAGES] == [404] * len(PAGES)


def test_a_row_is_a_plain_sentence(as_: As, written: None) -> None:
    title = Account.objects.get(name="lanh-dao").title
    (said,) = rows(as_("thanh-tra"), "personal=1&who=lanh-dao")
    assert said.startswith(f"{title} (lanh-dao) đã xem ")
    assert said.endswith(f"({BUDGET}), mức cá nhân, để “xác minh đơn thư”.")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("who=so-y-te&outcome=denied", ["bị từ chối khi xem"]),
        ("address=10.1.2&who=so-y-te", ["bị từ chối khi xem"]),
        ("q=tran thi binh&personal=1", ["để “xác minh đơn thư”"]),
        ("q=xac minh don thu&action=read", ["để “xác minh đơn thư”"]),
        ("q=du toan va quyet toan&outcome=denied", ["bị từ chối khi xem"]),
        ("q=dang nhap&outcome=denied", ["bị từ chối khi đăng nhập"]),
        ("subject=script", ["<script>alert(1)</script>"]),
        ("door=api&action=grant", ["đã cấp quyền"]),
        ("who=khong-co-ai", []),
        ("to=01/01/2020", []),
    ],
)
def test_filters_stand_in_the_address(as_: As, written: None, query: str, words: list[str]) -> None:
    found = rows(as_("thanh-tra"), query)
    assert len(found) == len(words), found
    assert all(word in said for word, said in zip(words, found, strict=True))


def test_days_are_those_of_viet_nam(as_: As, written: None) -> None:
    row = Trace(who="a", action="read", subject="x", outcome="allowed")
    row.at = datetime.fromisoformat("2026-03-01T17:30:00+00:00")  # half past midnight of the second
    actions.add([row])
    client = as_("thanh-tra")
    assert len(rows(client, "from=02/03/2026&to=02/03/2026")) == 1
    assert len(rows(client, "from=01/03/2026&to=01/03/2026")) == 0
    assert client.get("/trace/?from=02/03/2026&to=01/03/2026").status_code == 400


def test_pages_go_on_by_number(as_: As, cast: None) -> None:
    for number in range(120):
        trace.note("may", "grant", f"dong-{number}")
    client = as_("thanh-tra")
    seen: list[str] = []
    way = "/trace/?subject=dong-"
    while way:
        answer = client.get(way)
        seen += [one["row"].subject for one in answer.context["lines"]]
        way = answer.context["older"]
    assert [one for one in seen if one.startswith("dong-")] == [f"dong-{number}" for number in reversed(range(120))]


def test_one_row_shows_its_seal(as_: As, written: None) -> None:
    row = Trace.objects.get(who="lanh-dao", action="read")
    page = as_("thanh-tra").get(f"/trace/{row.number}").content.decode()
    assert row.digest in page
    assert Trace.objects.get(number=(row.number or 0) - 1).digest in page
    assert "còn nguyên như lúc ghi" in page
    assert "10.1.2.3" in page


def test_a_row_that_was_changed_says_so(as_: As, written: None) -> None:
    from django.db import connection

    from haidang.access.tracing import guards

    row = Trace.objects.get(who="lanh-dao", action="read")
    with connection.cursor() as cursor:
        for statement in guards.removal(connection.vendor):
            cursor.execute(statement)
        cursor.execute("UPDATE access_trace SET who = 'so-y-te' WHERE number = %s", [row.number])
    guards.install(connection)
    assert "không còn như lúc ghi" in as_("thanh-tra").get(f"/trace/{row.number}").content.decode()


def test_what_was_typed_is_harmless_on_the_page_and_in_files(as_: As, written: None) -> None:
    client = as_("thanh-tra")
    assert "<script>alert(1)" not in client.get("/trace/?subject=script").content.decode()
    lines = list(csv.reader(io.StringIO(client.get("/trace.csv?outcome=denied").content.decode("utf-8-sig"))))
    (hostile,) = [line for line in lines if "=cmd" in line[3]]
    assert hostile[3] == "'=cmd|'/C calc'!A0"
    assert client.get("/trace.xlsx").content[:2] == b"PK"
    told = [json.loads(line) for line in client.get("/trace.jsonl?outcome=denied").content.splitlines()]
    assert {one["who"] for one in told} == {"=cmd|'/C calc'!A0", "so-y-te"}
    assert all(len(one["digest"]) == 64 for one in told)


def test_reading_the_trace_is_traced(as_: As, written: None) -> None:
    client = as_("thanh-tra")
    client.get("/trace/?who=lanh-dao")
    client.get("/trace.csv?who=lanh-dao")
    client.get(f"/trace/lookers?dataset={BUDGET}")
    own = list(Trace.objects.filter(who="thanh-tra").values_list("action", "subject", "door"))
    assert ("audit", "*/trace (public)", "web") in own
    assert ("trace-search", "who=lanh-dao", "web") in own
    assert ("trace-export", "who=lanh-dao", "web") in own
    assert any(action == "trace-lookers" and subject.startswith(BUDGET) for action, subject, _ in own)


def test_who_looked_at_a_dataset(as_: As, written: None) -> None:
    trace.note(
        Actor("so-giao-duc", purpose="tra cứu"), "look-personal", "kinh-te-xa-hoi/ngan-sach rows=3", outcome="shown"
    )
    answer = as_("thanh-tra").get(f"/trace/lookers?dataset={BUDGET}")
    found: dict[str, Any] = {line["one"].who: line["one"] for line in answer.context["told"]}
    assert set(found) == {"lanh-dao", "so-y-te", "so-giao-duc"}
    assert (found["lanh-dao"].looks, found["lanh-dao"].clear, found["so-y-te"].refused) == (1, 1, 1)
    assert found["lanh-dao"].addresses == {"10.1.2.3"}
    old = (timezone.localdate() - timedelta(days=9)).strftime("%d/%m/%Y")
    quiet = as_("thanh-tra").get(f"/trace/lookers?dataset={BUDGET}&from={old}&to={old}")
    assert quiet.context["told"] == []
    file = as_("thanh-tra").get(f"/trace/lookers.csv?dataset={BUDGET}").content.decode("utf-8-sig")
    assert "xác minh đơn thư" in file
