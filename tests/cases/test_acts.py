"""A Case from its first word to its end: who may what, what the sender is told and not told, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from haidang.access import gate
from haidang.cases import actions, clocks, machine, reads
from haidang.cases.actions import Arrival, Person, Wanted, act, act_as_sender
from haidang.cases.models import Case, Message, Sender, Step
from haidang.cases.reads import Sought
from haidang.catalog.declared import declared
from haidang.words.errors import Absent, BadQuestion, Denied, NotNow
from haidang.words.nouns import Actor, Level
from haidang.words.texts import texts

from .conftest import DESK

Open = Callable[..., Case]
People = dict[str, Actor]


def worked(people: People, case: Case, *, to: str) -> Case:
    """A Case brought along the ordinary way as far as a state."""
    steps = [
        ("received", "truc-1022", Wanted("receive")),
        ("assigned", "truc-1022", Wanted("assign", office="so-xay-dung", words="Làm ngay, dân đã gọi hai lần")),
        ("in-progress", "don-vi-xu-ly", Wanted("start")),
        ("approving", "don-vi-xu-ly", Wanted("finish", words="Đã vá xong, chưa nghiệm thu")),
        ("resolved", "so-xay-dung", Wanted("approve", words="Đã vá xong mặt đường")),
        ("published", "truc-1022", Wanted("publish")),
    ]
    for state, name, wanted in steps:
        case = act(people[name], case.pk, wanted)
        assert case.state == state
        if state == to:
            break
    return case


def test_the_whole_way(people: People, report: Open) -> None:
    case = worked(people, report(), to="published")
    assert next(one.act for one in Step.objects.filter(case=case)) == "open"
    assert case.level == Level.PUBLIC
    assert case.due
    assert case.resolved_at
    assert case.published_at
    assert [one.code for one in Message.objects.order_by("id")] == ["received", "assigned", "resolved"]
    found = reads.published(people["cong-chung"])
    assert [one.number for one in found] == [case.pk]
    done = act_as_sender(gate.public(), case.code, Wanted("rate", rating=3, words="Cảm ơn, tôi là Nguyễn Văn Thử"))
    assert (done.rating, done.rating_words) == (3, "Cảm ơn, tôi là [họ tên]")


def test_every_act_and_state_has_its_words() -> None:
    named = [f"case.act-{name}" for name in (*machine.ACTS, "open")]
    named += [f"case.state-{name}" for name in machine.STATES] + [f"case.role-{name}" for name in ("route", "system")]
    named += [f"trace.act.case-{name}" for name in machine.ACTS]
    assert [name for name in named if name not in texts()] == []


def test_every_state_can_be_left_or_is_an_end() -> None:
    reached = {machine.NEW} | {one.becomes for one in machine.ACTS.values()}
    assert set(machine.STATES) - reached == set()
    every = frozenset({machine.ROUTE, machine.HANDLE, machine.APPROVE, machine.SENDER})
    for state in machine.OPEN:
        assert {machine.ACTS[name].becomes for name in machine.allowed(state, every)} - {"", state}
    assert "rate" not in machine.allowed(machine.NEW, every)


def test_each_acts_by_their_own_right_alone(people: People, report: Open) -> None:
    elsewhere = {"lat": None, "lon": None, "place": "06187"}
    case = worked(people, report(**elsewhere), to="assigned")
    for name in ("lanh-dao", "xa-dong-dang", "cong-dan", "cong-chung"):
        with pytest.raises((Absent, Denied)):
            act(people[name], case.pk, Wanted("start"))
    with pytest.raises(Absent):
        act(people["don-vi-xu-ly"], case.pk, Wanted("assign", office="so-y-te"))
    case = act(people["don-vi-xu-ly"], case.pk, Wanted("finish", words="Xong"))
    with pytest.raises(Absent):
        act(people["don-vi-xu-ly"], case.pk, Wanted("approve"))
    with pytest.raises(Absent, match="unknown-case"):
        reads.case(people["xa-dong-dang"], case.pk)


def test_a_published_case_is_not_open_as_a_whole(people: People, report: Open) -> None:
    """The public, and staff of elsewhere, read the result: not the history, the address or the place to the metre."""
    case = worked(people, report(address="Số 12 phố Chợ"), to="published")
    elsewhere = worked(people, report(lat=None, lon=None, place="06187"), to="published")
    for name, one in (("cong-chung", case), ("cong-dan", case), ("xa-dong-dang", elsewhere)):
        with pytest.raises(Absent):
            reads.case(people[name], one.pk)
        assert one.pk not in {line.number for line in reads.cases(people[name])}
    one = reads.result(people["cong-chung"], case.pk)
    assert (one.lat, one.lon, one.result) == (21.94, 106.7, "Đã vá xong mặt đường")
    assert reads.published(people["cong-chung"], Sought(q="cho dong dang"))
    assert not reads.published(people["cong-chung"], Sought(q="pho cho"))


def test_nothing_of_work_not_approved_reaches_the_sender(people: People, report: Open) -> None:
    case = worked(people, report(), to="approving")
    told = reads.followed(case.code)
    assert told.result == ""
    assert "nghiệm thu" not in str(told)
    assert "hai lần" not in str(told)
    act(people["so-xay-dung"], case.pk, Wanted("return", words="Ảnh mờ"))
    act(people["don-vi-xu-ly"], case.pk, Wanted("finish", words="Đã chụp lại"))
    act(people["so-xay-dung"], case.pk, Wanted("approve"))
    told = reads.followed(case.code)
    assert told.result == "Đã chụp lại"
    assert [one.words for one in told.steps if one.act == "finish"] == ["", "Đã chụp lại"]
    assert "Ảnh mờ" not in str(told)
    assert all(one.by == "" and set(one.facts) <= {"due"} for one in told.steps)
    inside = reads.case(people["truc-1022"], case.pk)
    assert "Ảnh mờ" in str(inside)
    assert "nghiệm thu" in str(inside)


def test_the_clock_stands_still_while_the_sender_is_asked(people: People, report: Open) -> None:
    case = worked(people, report(), to="assigned")
    act(people["don-vi-xu-ly"], case.pk, Wanted("ask", words="Chỗ nào?"))
    paused, hours = timezone.now() - timedelta(days=10), declared().desk(DESK).hours
    Case.objects.filter(pk=case.pk).update(paused=paused, due=timezone.now() - timedelta(days=1))
    before = Case.objects.get(pk=case.pk)
    assert before.due
    assert before.national_due
    assert not reads.cases(people["truc-1022"], Sought(states=("late",)))
    done = act_as_sender(gate.public(), case.code, Wanted("supply", words="Trước cổng chợ"))
    assert done.state == machine.ASSIGNED
    assert done.paused is None
    waited = timedelta(seconds=done.waited)
    assert waited > timedelta(hours=30)
    assert done.due == clocks.add(before.due, waited, hours)
    assert done.national_due == clocks.add(before.national_due, waited, hours)


def test_another_office_gets_no_more_time(people: People, report: Open) -> None:
    case = worked(people, report(), to="assigned")
    back = act(people["don-vi-xu-ly"], case.pk, Wanted("send-back", words="Không thuộc Sở"))
    assert (back.state, back.office) == (machine.RECEIVED, "")
    again = act(people["truc-1022"], case.pk, Wanted("assign", office="xa-06184"))
    assert again.due == case.due
    assert again.sent_back == 1


def test_a_date_is_moved_within_bounds(people: People, report: Open) -> None:
    case = worked(people, report(), to="in-progress")
    assert case.due
    don_vi = people["don-vi-xu-ly"]
    for due, why in ((case.due, "due-not-later"), (case.due + timedelta(days=90), "due-too-late")):
        with pytest.raises(BadQuestion, match=why):
            act(don_vi, case.pk, Wanted("extend", words="Mưa", due=due))
    later = act(don_vi, case.pk, Wanted("extend", words="Mưa", due=case.due + timedelta(days=2)))
    assert later.extended == 1
    assert later.due == case.due + timedelta(days=2)


def test_the_sender_opens_again_once(people: People, report: Open) -> None:
    case = worked(people, report(), to="published")
    again = act_as_sender(gate.public(), case.code, Wanted("reopen", words="Vẫn còn hố", once="r1"))
    assert again.state == machine.ASSIGNED
    assert again.level == Level.INTERNAL
    assert again.open_fold == ""
    assert act_as_sender(gate.public(), case.code, Wanted("reopen", words="Vẫn còn hố", once="r1")).reopened == 1
    assert reads.published(people["cong-chung"]) == ()
    act(people["don-vi-xu-ly"], case.pk, Wanted("finish", words="Đã vá lại"))
    act(people["so-xay-dung"], case.pk, Wanted("approve"))
    assert "reopen" not in reads.followed(case.code).acts
    with pytest.raises(NotNow, match="reopened-already"):
        act_as_sender(gate.public(), case.code, Wanted("reopen", words="Nữa"))


def test_after_its_term_nobody_outside_opens_it_again(people: People, report: Open) -> None:
    case = worked(people, report(), to="resolved")
    Case.objects.filter(pk=case.pk).update(resolved_at=timezone.now() - timedelta(days=30))
    with pytest.raises(NotNow, match="reopened-already"):
        act_as_sender(gate.public(), case.code, Wanted("reopen", words="Vẫn còn"))


def test_those_merged_are_told_of_the_end(people: People, report: Open) -> None:
    one, two, three = (report(f"Ổ gà {n}", sender=Person(phone=f"091234561{n}")) for n in range(3))
    truc = people["truc-1022"]
    act(truc, two.pk, Wanted("merge", into=one.pk))
    for into in (two.pk, three.pk):
        with pytest.raises(BadQuestion, match="cannot-merge-into"):
            act(truc, three.pk, Wanted("merge", into=into))
    act(truc, three.pk, Wanted("merge", into=one.pk))
    four = report("Ổ gà 4", sender=Person(phone="0912345614"))
    act(truc, one.pk, Wanted("merge", into=four.pk))
    worked(people, four, to="resolved")
    told = Message.objects.filter(code="resolved").values_list("case", flat=True)
    assert sorted(told) == [one.pk, two.pk, three.pk, four.pk]
    followed = reads.followed(two.code)
    assert (followed.state, followed.joined, followed.result) == ("merged", "resolved", "Đã vá xong mặt đường")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"version": 7}, "unknown-field"),
        ({"state": "published"}, "unknown-field"),
        ({"category": "khong-co"}, "unknown-category"),
        ({"level": 0}, "bad-field"),
        ({"level": 3}, "bad-field"),
        ({"lat": "chín"}, "bad-field"),
        ({"lat": 95.0, "lon": 106.0}, "bad-position"),
        ({"lat": float("nan"), "lon": 106.0}, "bad-position"),
        ({"unit": "79@2025-07-01"}, "unknown-unit"),
        ({"title": "x" * 161}, "words-too-long"),
        ({"text": "   "}, "empty-report"),
        ({"urgent": "có"}, "bad-field"),
    ],
)
def test_what_cannot_be_corrected(people: People, report: Open, fields: dict[str, Any], why: str) -> None:
    case = report()
    with pytest.raises(BadQuestion, match=why):
        act(people["truc-1022"], case.pk, Wanted("correct", fields=fields))
    assert Case.objects.get(pk=case.pk).version == case.version


def test_what_is_corrected_is_found_and_the_sender_keeps_their_words(people: People, report: Open) -> None:
    case, truc = report("Nhà ông Bảy bên cạnh đổ rác"), people["truc-1022"]
    said = {"text": "Nhà bên cạnh đổ rác", "title": "Đổ rác", "address": "ngõ Muối", "category": "rac-thai"}
    act(truc, case.pk, Wanted("correct", fields=said))
    assert [one.number for one in reads.cases(truc, Sought(q="NGO MUOI"))] == [case.pk]
    assert not reads.cases(truc, Sought(q="ong bay"))
    assert reads.followed(case.code).text == "Nhà ông Bảy bên cạnh đổ rác"
    assert "ông Bảy" not in str(reads.case(truc, case.pk))
    assert reads.case(truc, case.pk).steps[-1].facts["rewritten"] == ["title", "text", "address"]


def test_search_by_number_and_words(people: People, report: Open) -> None:
    case, truc = report("Đèn đường tắt ở ngõ 7"), people["truc-1022"]
    assert [one.number for one in reads.cases(truc, Sought(q=str(case.pk)))] == [case.pk]
    assert [one.number for one in reads.cases(truc, Sought(q="den TAT"))] == [case.pk]
    assert reads.cases(truc, Sought(q="den sang")) == ()


@pytest.mark.parametrize("number", [0, -1, 2**63, 10**30])
def test_a_number_nobody_has(people: People, number: int) -> None:
    with pytest.raises(Absent, match="unknown-case"):
        reads.case(people["truc-1022"], number)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"text": " \u200b\x00 "}, "empty-report"),
        ({"text": "x" * 8001}, "words-too-long"),
        ({"lat": 200.0}, "bad-position"),
        ({"lat": None}, "bad-position"),
        ({"channel": "bo-cau"}, "unknown-channel"),
        ({"desk": "khong.co"}, "unknown-desk"),
    ],
)
def test_what_is_no_report(report: Open, more: dict[str, Any], why: str) -> None:
    with pytest.raises((BadQuestion, Absent), match=why):
        report(**{"text": "Ổ gà", **more})
    assert Case.objects.count() == 0


def test_the_same_message_is_one_case_of_its_channel_alone(report: Open) -> None:
    """Whoever guesses the key of another channel's message gets a Case of their own, not the other's code."""
    one = report(once="m-1")
    assert report("khác", once="m-1").pk == one.pk
    assert report(channel="email", once="m-1").pk != one.pk
    assert report(once="dài " * 60).pk == report(once="dài " * 60).pk


def test_nobody_is_added_to_another_by_typing_their_number(people: People, report: Open) -> None:
    """A stranger who gives somebody's telephone with an e-mail of their own hears nothing of that somebody."""
    victim = report(sender=Person(name="Nguyễn Văn Thử", phone="0912345678"))
    other = report("khác", sender=Person(phone="0912345678", email="ke.la@vidu.vn", account="cong-dan"))
    assert victim.sender_id != other.sender_id
    assert reads.sent_by("cong-dan") == (other.code,)
    assert report("nữa", sender=Person(name="Nguyễn Văn Thử", phone="+84 912 345 678")).sender_id == victim.sender_id
    assert Sender.objects.filter(phone_digest=Sender.objects.get(pk=victim.sender_id).phone_digest).count() == 2


def test_a_code_drawn_twice_is_drawn_again(report: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    first = report()
    drawn = iter([first.code, first.code, "PA000000-KHACNHAU"])
    monkeypatch.setattr("haidang.cases.arrivals.code", lambda *_: next(drawn))
    assert report("khác").code == "PA000000-KHACNHAU"


def test_an_office_that_does_not_stand_is_given_nothing(people: People, report: Open) -> None:
    case = report()
    with pytest.raises(BadQuestion, match="office-not-standing"):
        act(people["truc-1022"], case.pk, Wanted("assign", office="so-bo-cau"))


def test_the_sender_can_do_no_more_than_a_sender(people: People, report: Open) -> None:
    case = report()
    for name in ("assign", "publish", "approve", "note", "correct"):
        with pytest.raises(Absent):
            act_as_sender(gate.public(), case.code, Wanted(name, words="x", office="so-y-te"))
    with pytest.raises(Absent):
        act_as_sender(gate.public(), "PA261122-KHONGCO1", Wanted("add", words="x"))
    with pytest.raises(NotNow):
        act_as_sender(gate.public(), case.code, Wanted("rate", rating=3))


def test_who_sent_it_is_told_to_the_personal_level_for_a_purpose(people: People, report: Open) -> None:
    from dataclasses import replace

    from haidang.access.models import Trace

    case, truc = report("Ổ gà, gọi 0912345678"), people["truc-1022"]
    with pytest.raises(Denied, match="no-purpose"):
        reads.sender(truc, case.pk)
    why = replace(truc, purpose="gọi lại", purpose_packs=("phan-anh",))
    assert reads.sender(why, case.pk).phone == "0912345678"
    assert reads.original(why, case.pk) == "Ổ gà, gọi 0912345678"
    assert Trace.objects.filter(action="look-personal", subject__contains=f"case-{case.pk}").count() == 2
    for name in ("lanh-dao", "don-vi-xu-ly", "cong-chung"):
        with pytest.raises((Absent, Denied)):
            reads.sender(replace(people[name], purpose="tò mò", purpose_packs=("phan-anh",)), case.pk)


def test_who_sent_it_is_sealed_in_the_database(report: Open) -> None:
    case = report("Ổ gà, gọi 0912345678 gặp Nguyễn Văn Thử")
    told = str(list(Sender.objects.values())) + str(list(Case.objects.values())) + str(list(Step.objects.values()))
    assert "0912345678" not in told
    assert "Văn Thử" not in told
    assert reads.followed(case.code).text == "Ổ gà, gọi 0912345678 gặp Nguyễn Văn Thử"


def test_published_words_are_the_desks(people: People, report: Open) -> None:
    case = worked(people, report("Ổ gà do nhà Tư đào"), to="resolved")
    said = Wanted("publish", words="Đã lấp, gọi Nguyễn Văn Thử báo", fields={"title": "Ổ gà", "text": "Ổ gà do đào"})
    act(people["truc-1022"], case.pk, said)
    one = reads.result(people["cong-chung"], case.pk)
    assert (one.title, one.text, one.result) == ("Ổ gà", "Ổ gà do đào", "Đã lấp, gọi [họ tên] báo")
    assert not reads.published(people["cong-chung"], Sought(q="nha tu"))
    act(people["truc-1022"], case.pk, Wanted("withdraw", words="Nhầm"))
    with pytest.raises(Absent):
        reads.result(people["cong-chung"], case.pk)


def test_what_may_not_be_published(people: People, report: Open) -> None:
    kept = worked(people, report(public=False), to="resolved")
    with pytest.raises(BadQuestion, match="may-not-publish"):
        act(people["truc-1022"], kept.pk, Wanted("publish"))


def test_nothing_is_told_to_whoever_left_no_address(report: Open) -> None:
    report(sender=Person())
    assert Message.objects.count() == 0


def test_arrivals_are_written_by_their_door(people: People) -> None:
    case = actions.open_case(people["truc-1022"], Arrival(DESK, "phone", "Cây đổ", category="cay-xanh"))
    assert case.urgent
    assert Step.objects.get(case=case).role == machine.ROUTE
