"""Calls as an exchange tells of them: proved, in any order, twice; taken by one; who called, only for a purpose."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from haidang.access import gate
from haidang.access.models import Trace
from haidang.cases import senders
from haidang.cases.calls import actions, events, line, reads, taking
from haidang.cases.calls.events import Event
from haidang.cases.channels import Line
from haidang.cases.models import Call, File
from haidang.catalog.declared import declared
from haidang.words.errors import Absent, BadQuestion, Denied, NotNow
from sandbox.desk.exchange import tone

DESK = "phan-anh.phan-anh"
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PHONE = "0912345678"
EXCHANGE = line.Exchange(Line(DESK, "phone", {"secret": "s"}), {"101": "truc-1022"})
STORY = {
    "ringing": Event("c1", "ringing", AT, phone="+84 912 345 678", line="1022"),
    "answered": Event("c1", "answered", AT + timedelta(seconds=4), agent="101"),
    "ended": Event("c1", "ended", AT + timedelta(seconds=64)),
}


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path


def looking(who: Any) -> Any:
    return replace(who, purpose="xu-ly-phan-anh", purpose_packs=("phan-anh",))


def ring(call: str = "c1", phone: str = PHONE, **more: Any) -> Call:
    actions.told(EXCHANGE, Event(call, "ringing", timezone.now(), phone=phone, **more))
    return Call.objects.get(outside=call)


# --- proving and reading


def signed(body: bytes, secret: str = "s", at: datetime = AT) -> str:
    stamp = str(int(at.timestamp()))
    return f"t={stamp},v1={events.signature(secret, stamp, body)}"


def test_a_push_is_proved_by_either_secret_and_only_while_fresh() -> None:
    body = b'{"call": "c1"}'
    events.prove(("s", "old"), signed(body), body, AT)
    events.prove(("s", "old"), signed(body, "old"), body, AT)
    for header, now, code in (
        ("", AT, "hook-unsigned"),
        ("t=x,v1=aa", AT, "hook-unsigned"),
        (signed(body, "other"), AT, "hook-signature"),
        (signed(b"{}"), AT, "hook-signature"),
        (signed(body), AT + timedelta(seconds=301), "hook-stale"),
        (signed(body), AT - timedelta(seconds=301), "hook-stale"),
    ):
        with pytest.raises(Denied) as refused:
            events.prove(("s", "old"), header, body, now)
        assert refused.value.code == code, header
    with pytest.raises(Denied):
        events.prove(("",), signed(body, ""), body, AT)  # an exchange without a secret proves nothing


@pytest.mark.parametrize(
    "said",
    [
        [],
        "x",
        None,
        {"event": "ringing"},
        {"call": "c1", "event": "sings"},
        {"call": "c1", "event": "recorded"},
        {"call": "c1", "event": "recorded", "record": "no base64!"},
        {"call": "c1", "event": "ringing", "at": "yesterday"},
        {"call": {"a": 1}, "event": "ringing"},
    ],
)
def test_what_is_no_event_is_refused(said: Any) -> None:
    with pytest.raises(BadQuestion) as refused:
        events.read(json.dumps(said).encode(), AT)
    assert refused.value.code == "call-unreadable"


def test_an_event_of_the_future_is_of_now() -> None:
    body = json.dumps({"call": 7, "event": "ringing", "at": "2030-01-01T00:00:00", "phone": PHONE}).encode()
    read = events.read(body, AT)
    assert (read.call, read.at, read.phone) == ("7", AT, PHONE)


# --- events in any order


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(permutations(STORY)))
def test_whatever_order_events_come_in_the_call_ends_alike(order: tuple[str, ...]) -> None:
    for name in (*order, *order):
        actions.told(EXCHANGE, STORY[name])
    row = Call.objects.get()
    assert (row.state, row.operator, row.line) == ("ended", "truc-1022", "1022")
    assert (row.answered_at, row.ended_at) == (STORY["answered"].at, STORY["ended"].at)
    assert senders.unseal(row.phone) == PHONE
    assert PHONE not in row.phone


@pytest.mark.django_db
def test_a_call_nobody_answered_is_missed_until_its_caller_gets_through() -> None:
    ring("m1")
    assert actions.told(EXCHANGE, Event("m1", "missed", timezone.now())) == "missed"
    ring("m2", "0912345699")
    actions.told(EXCHANGE, Event("m2", "missed", timezone.now()))
    ring("a1")
    actions.told(EXCHANGE, Event("a1", "answered", timezone.now(), agent="101"))
    states = dict(Call.objects.values_list("outside", "state"))
    assert states == {"m1": "returned", "m2": "missed", "a1": "answered"}


@pytest.mark.django_db
def test_a_recording_is_kept_once_and_goes_with_the_report(people: dict[str, Any], report: Any) -> None:
    call, operator = ring(), people["truc-1022"]
    for _ in range(2):
        actions.told(EXCHANGE, Event("c1", "recorded", timezone.now(), record=tone(0.2)))
    record = File.objects.get()
    assert (record.kind, record.type, record.case) == ("record", "audio/wav", None)
    case = report()
    actions.attach(operator, call.pk, case.pk)
    record.refresh_from_db()
    assert record.case == case
    with pytest.raises(BadQuestion):
        actions.told(EXCHANGE, Event("c2", "recorded", timezone.now(), record=b"no sound at all"))


# --- operators


@pytest.mark.django_db
def test_of_two_operators_one_takes_a_call(people: dict[str, Any]) -> None:
    from haidang.access import actions as accounts
    from haidang.words.nouns import Grant, Level

    by = gate.operator()
    accounts.open_account(by, accounts.Person("truc-2", "Trực 2", "officer", "20"), None)
    accounts.give(by, Grant("", "truc-2", "route", "phan-anh", "20", Level.RESTRICTED))
    first, second, call = people["truc-1022"], gate.actor("truc-2"), ring()
    actions.take(first, call.pk)
    actions.take(first, call.pk)  # a double click
    with pytest.raises(NotNow) as late:
        actions.take(second, call.pk)
    assert (late.value.code, late.value.facts["by"]) == ("call-taken", "Trực tổng đài 1022")
    assert reads.bar(second) == ()
    assert [one.id for one in reads.bar(first)] == [call.pk]
    assert reads.bar(first, but=call.pk) == ()


@pytest.mark.django_db
def test_a_missed_call_is_returned_once(people: dict[str, Any]) -> None:
    call = ring()
    actions.told(EXCHANGE, Event("c1", "missed", timezone.now()))
    actions.back(people["truc-1022"], call.pk)
    with pytest.raises(NotNow):
        actions.back(people["truc-1022"], call.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["don-vi-xu-ly", "lanh-dao", "xa-dong-dang", "cong-dan", "cong-chung"])
def test_calls_are_absent_for_whoever_takes_none(people: dict[str, Any], name: str) -> None:
    call, who = ring(), people[name]
    looks = (reads.bar, reads.calls, reads.counts, lambda one: reads.call(one, call.pk))
    for look in (*looks, lambda one: actions.take(one, call.pk), lambda one: reads.record(one, call.pk)):
        with pytest.raises(Absent):
            look(who)


# --- who calls


@pytest.mark.django_db
def test_a_caller_is_covered_until_a_purpose_is_said_and_each_look_is_traced(
    people: dict[str, Any], report: Any
) -> None:
    case, operator, call = report(), people["truc-1022"], ring()
    desk = declared().desk(DESK)
    assert reads.call(operator, call.pk).phone == "••• 678"
    assert reads.call(operator, call.pk).before == 1
    with pytest.raises(Denied):
        reads.caller(operator, desk, PHONE)
    before = Trace.objects.filter(action="look-personal").count()
    card = reads.caller(looking(operator), desk, "+84 912 345 678")
    assert (card.person.name, [one.number for one in card.lines]) == ("Nguyễn Văn Thử", [case.pk])
    assert reads.call(looking(operator), call.pk).phone == PHONE
    assert Trace.objects.filter(action="look-personal").count() == before + 1
    assert reads.caller(looking(operator), desk, "0912345600").lines == ()
    with pytest.raises(Denied):
        reads.caller(looking(people["don-vi-xu-ly"]), desk, PHONE)


@pytest.mark.django_db
def test_a_recording_is_heard_for_a_purpose_alone(people: dict[str, Any]) -> None:
    call, operator = ring(), people["truc-1022"]
    actions.told(EXCHANGE, Event("c1", "recorded", timezone.now(), record=tone(0.1)))
    with pytest.raises(Denied):
        reads.record(operator, call.pk)
    file, kind = reads.record(looking(operator), call.pk)
    assert (file.read_bytes()[:4], kind) == (b"RIFF", "audio/wav")


# --- what helps


@pytest.mark.django_db
def test_an_address_finds_communes_by_todays_and_former_names_and_earlier_addresses(
    people: dict[str, Any], report: Any
) -> None:
    operator = people["truc-1022"]
    report(address="Cổng chợ Đồng Đăng")
    found = taking.spots(operator, "cong cho dong dang")
    assert (found[0].place, found[0].was) == ("06184", "")
    assert (found[1].title, found[1].before, found[1].at) == ("Cổng chợ Đồng Đăng", True, (21.94, 106.7))
    former = taking.spots(operator, "số 5 hoang dong")
    assert [(one.place_name, one.was) for one in former] == [("Phường Tam Thanh", "Xã Hoàng Đồng")]
    assert taking.spots(operator, "x") == ()
    assert all(not one.before for one in taking.spots(people["cong-chung"], "cong cho dong dang"))


@pytest.mark.django_db
def test_category_and_place_tell_the_office_and_the_date(people: dict[str, Any]) -> None:
    desk = declared().desk(DESK)
    road = taking.offered(desk, "mat-duong", "", 21.94, 106.70)
    assert (road.place, road.office, road.why) == ("06184", "so-xay-dung", "category")
    assert road.due is not None
    assert taking.offered(desk, "rac-thai", "06184", None, None).office == "xa-06184"
    assert taking.offered(desk, "rac-thai", "", None, None).why == "no-commune"
    assert taking.offered(desk, "", "06184", None, None).why == "none"


# --- what is over


@pytest.mark.django_db
def test_calls_without_an_end_are_over_and_old_numbers_go(people: dict[str, Any], report: Any) -> None:
    now = timezone.now()
    lost, kept, old = ring("lost"), ring("kept"), ring("old")
    case = report()
    actions.attach(people["truc-1022"], kept.pk, case.pk)
    actions.told(EXCHANGE, Event("old", "recorded", now, record=tone(0.1)))
    Call.objects.update(rang_at=now - timedelta(days=91))
    assert actions.settle(now) == 3
    assert actions.fade(now) == 2
    rows = {one.pk: one for one in Call.objects.all()}
    assert (rows[lost.pk].state, rows[lost.pk].phone) == ("missed", "")
    assert rows[kept.pk].phone_digest
    assert (rows[old.pk].record, File.objects.count()) == (None, 0)
    assert (actions.settle(now), actions.fade(now)) == (0, 0)
