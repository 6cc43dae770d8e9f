"""What a note carries of where it came from; what is written together, once a minute, or counted."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from haidang.access import trace
from haidang.access.models import Trace
from haidang.access.tracing import actions, reads
from haidang.words.nouns import Actor, Level, Subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
WHO = Actor("chi-hoa", purpose="kiểm tra", real="quan-tri", privilege=3)


def rows(*names: str) -> list[tuple[Any, ...]]:
    return list(Trace.objects.order_by("number").values_list(*names))


def test_a_note_takes_an_actor_or_a_name() -> None:
    with trace.context(address="10.0.0.7", door="api"):
        trace.note(WHO, "grant", "x")
        trace.note("chi-hoa", "grant", "x")
        trace.acting(WHO)
        trace.note("chi-hoa", "grant", "x")
        trace.note("khac", "grant", "x")
    told = ("chi-hoa", "quan-tri", "kiểm tra", 3, "10.0.0.7", "api")
    alone = ("chi-hoa", "", "", 0, "10.0.0.7", "api")
    names = ("who", "real", "purpose", "privilege", "address", "door")
    assert rows(*names) == [told, alone, told, ("khac", *alone[1:])]


def test_looks_are_written_once_a_minute_but_those_at_personal_data() -> None:
    inner, personal = Subject("goi", "bo", Level.INTERNAL), Subject("goi", "nguoi", Level.PERSONAL)
    for _ in range(3):
        trace.look(WHO, "read", inner, outcome="allowed")
        trace.look(WHO, "read", personal, outcome="allowed")
        trace.look(WHO, "read", Subject("goi", "mo"), outcome="allowed")
    assert [subject for (subject,) in rows("subject")] == ["goi/bo (internal)", *["goi/nguoi (personal)"] * 3]


def test_looks_of_a_request_are_one_write(django_assert_max_num_queries: Any) -> None:
    trace.note("a", "read", "first")
    with django_assert_max_num_queries(7), trace.context(gather=True):
        for number in range(30):
            trace.look(WHO, "read", Subject("goi", f"bo-{number}", Level.INTERNAL), outcome="allowed")
        assert Trace.objects.count() == 1
    assert Trace.objects.count() == 31
    assert reads.verify().rows == 31


def test_refusals_by_the_hundred_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(trace.time, "monotonic", lambda: now[0])
    with trace.context(address="10.0.0.7", door="web"):
        for number in range(200):
            trace.refused_sign_in(f"nguoi-{number % 3}")
        trace.refused_sign_in("mot-minh")
    with trace.context(address="10.0.0.8", door="web"):
        trace.refused_sign_in("nguoi-1")
    assert [times for (times,) in rows("times")] == [1] * 6
    now[0] += 61
    trace.note("ai-do", "read", "x")
    counted = Trace.objects.get(times__gt=1)
    assert (counted.times, counted.who, counted.because, counted.address) == (196, "", "names=4", "10.0.0.7")
    assert sum(times for (times,) in rows("times")) == 203
    assert reads.verify().broken is None


def test_a_refused_look_by_the_hundred_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(trace.time, "monotonic", lambda: now[0])
    for _ in range(50):
        trace.look(WHO, "manage", Subject("goi", "bo"), outcome="denied")
    now[0] += 61
    trace.look(WHO, "manage", Subject("goi", "bo"), outcome="denied")
    assert sorted(times for (times,) in rows("times")) == [1, 1, 49]


def test_no_text_breaks_a_note() -> None:
    trace.note("a\0b" * 50, "read" * 20, "x\ud800" * 400, because=["y" * 9000])
    row = Trace.objects.get()
    assert (len(row.who), len(row.action), len(row.subject), len(row.because)) == (64, 32, 300, 2000)
    assert "\0" not in row.who
    assert reads.verify().broken is None


@pytest.mark.parametrize(
    ("proxies", "nearest", "forwarded", "found"),
    [
        ((), "203.0.113.9", "1.2.3.4", "203.0.113.9"),
        (("10.0.0.0/8",), "10.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (("10.0.0.0/8",), "203.0.113.9", "1.2.3.4", "203.0.113.9"),
    ],
)
def test_only_proxies_are_believed(
    settings: Any, proxies: tuple[str, ...], nearest: str, forwarded: str, found: str
) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=nearest, headers={"X-Forwarded-For": forwarded})
    assert trace.remote(request) == found


def test_a_request_that_cannot_be_traced_is_not_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(rows: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(actions, "add", full)
    for path, kind in (("/login/", "html"), ("/api/v1/packs", "json")):
        answer = Client().get(path)
        assert (answer.status_code, kind in answer["Content-Type"]) == (503, True), path
    assert Client().get("/healthz").status_code == 200
