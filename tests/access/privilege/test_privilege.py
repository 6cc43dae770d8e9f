"""A privileged session: a reason, an hour at most, told of the next day; seeing as another shows no more than theirs."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haidang.access import actions, gate, standing
from haidang.access.models import Account, GrantRow, Office, Privilege, SeenAs, Trace
from haidang.access.privilege import actions as privilege
from haidang.access.privilege import reads
from haidang.jobs.duties import privilege_report
from haidang.watch.models import Notice
from haidang.words.errors import Absent, BadQuestion, Denied
from haidang.words.nouns import ANY, Actor, Grant, Level, Subject

REASON = "Kiểm tra số liệu theo đề nghị của Văn phòng"
PROVINCE, COMMUNE = "20@1976-07-02", "06184@2025-07-01"
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def admin(cast: None) -> Actor:
    return gate.actor("quan-tri")


def opened(who: Actor, *, pack: str = ANY, place: str = "20", level: Level = Level.RESTRICTED) -> Actor:
    number = privilege.open(who, REASON, pack=pack, place=place, level=level, minutes=30)
    return standing.of_session(who, {"privilege": number})


def budget() -> Subject:
    return Subject("kinh-te-xa-hoi", "thu-ngan-sach", Level.RESTRICTED, frozenset({PROVINCE}))


def test_it_opens_what_it_says_and_no_more(admin: Actor) -> None:
    assert not gate.may(admin, "read", budget())
    who = opened(admin, pack="kinh-te-xa-hoi")
    assert gate.may(who, "read", budget())
    assert not gate.may(who, "import", budget())
    assert not gate.may(who, "read", Subject("y-te", "", Level.INTERNAL))
    assert not gate.may(who, "read", Subject("kinh-te-xa-hoi", "", Level.PERSONAL))
    assert not gate.may(admin, "read", budget()), "only in the browser that opened it"
    privilege.close(who, who.privilege)
    again = standing.of_session(admin, {"privilege": who.privilege})
    assert not gate.may(again, "read", budget())


def test_it_ends_by_itself(admin: Actor) -> None:
    who = opened(admin)
    past = timezone.now() - timedelta(seconds=1)
    Privilege.objects.update(until=past)
    assert standing.of_session(admin, {"privilege": who.privilege}).privilege == 0
    assert reads.current(who) is None
    assert not gate.may(replaced(who), "read", budget()) or GrantRow.objects.filter(privilege=who.privilege).exists()


def replaced(who: Actor) -> Actor:
    return standing.of_session(gate.actor(who.name), {"privilege": who.privilege})


@pytest.mark.parametrize(
    ("reason", "level", "minutes", "code"),
    [
        ("ngắn", Level.INTERNAL, 30, "reason-too-short"),
        ("x" * 40, Level.INTERNAL, 30, "reason-too-short"),
        ("xem xem xem xem xem xem xem xem", Level.INTERNAL, 30, "reason-too-short"),
        ("12345 67890 12345 67890 12345", Level.INTERNAL, 30, "reason-too-short"),
        (REASON, Level.PERSONAL, 30, "beyond-privilege"),
        (REASON, Level.INTERNAL, 61, "minutes-wrong"),
        (REASON, Level.INTERNAL, 0, "minutes-wrong"),
    ],
)
def test_what_it_takes(admin: Actor, reason: str, level: Level, minutes: int, code: str) -> None:
    with pytest.raises((BadQuestion, Denied), match=code):
        privilege.open(admin, reason, pack=ANY, place="20", level=level, minutes=minutes)
    assert not Privilege.objects.exists()


def test_a_rule_of_the_centre_may_shorten_it(admin: Actor) -> None:
    from haidang.access.identity import actions as identity

    identity.set_rule(admin, "privilege_minutes", 15)
    with pytest.raises(BadQuestion, match="minutes-wrong"):
        privilege.open(admin, REASON, pack=ANY, place="20", level=Level.INTERNAL, minutes=30)


@pytest.mark.parametrize("name", ["lanh-dao", "thanh-tra", "quan-tri-y-te", "cong-dan"])
def test_only_administrators(cast: None, name: str) -> None:
    with pytest.raises(Denied):
        privilege.open(gate.actor(name), REASON, pack=ANY, place="20", level=Level.INTERNAL, minutes=5)


def test_a_new_one_ends_the_one_before(admin: Actor) -> None:
    first = opened(admin)
    second = opened(admin)
    assert standing.of_session(admin, {"privilege": first.privilege}).privilege == 0
    assert standing.of_session(admin, {"privilege": second.privilege}).privilege == second.privilege


# --- seeing as another


def seeing(who: Actor, name: str) -> Actor:
    number = privilege.see_as(who, name)
    return standing.of_session(gate.actor(who.name), {"privilege": who.privilege, "seen_as": number})


PACKS = ("kinh-te-xa-hoi", "y-te", "giao-duc", ANY)
given_to = st.builds(
    Grant,
    id=st.just(""),
    actor=st.just("don-vi-xu-ly"),
    action=st.sampled_from(("read", "import", "mend", "audit", "personal", ANY)),
    pack=st.sampled_from(PACKS),
    place=st.sampled_from((ANY, PROVINCE, COMMUNE)),
    level=st.sampled_from(list(Level)),
)
subjects = st.builds(
    Subject,
    pack=st.sampled_from(PACKS[:3]),
    thing=st.just("x"),
    level=st.sampled_from(list(Level)),
    units=st.sampled_from((None, frozenset({PROVINCE}), frozenset({COMMUNE}))),
)


@QUICK
@given(
    held=st.lists(given_to, max_size=4),
    asked=st.lists(subjects, min_size=1, max_size=8),
    action=st.sampled_from(("read", "read", "import", "mend", "manage", "audit", "personal")),
    level=st.sampled_from((Level.PUBLIC, Level.INTERNAL, Level.RESTRICTED)),
)
def test_seeing_as_shows_no_more_than_theirs_and_never_personal(
    admin: Actor, held: list[Grant], asked: list[Subject], action: str, level: Level
) -> None:
    GrantRow.objects.filter(account__name="don-vi-xu-ly").delete()
    for one in held:
        if one.action != ANY or one.pack != ANY:  # an administrator is never seen as
            actions.give(gate.operator(), one)
    theirs = gate.actor("don-vi-xu-ly")
    seen = seeing(opened(admin, level=level), "don-vi-xu-ly")
    assert (seen.name, seen.real, seen.purpose) == ("don-vi-xu-ly", "quan-tri", "")
    for subject in asked:
        if gate.may(seen, action, subject):
            assert action == "read"
            assert gate.may(theirs, "read", subject)
            assert subject.level <= max(level, Level.PUBLIC)
            assert subject.level < Level.PERSONAL
            scope, own = gate.require(seen, "read", subject), gate.require(theirs, "read", subject)
            assert scope.floor >= own.floor
            for at, where in scope.by_level:
                mine = dict(own.by_level)[at]
                assert mine is None or (where is not None and where <= mine)


@pytest.mark.parametrize("name", ["quan-tri", "peer-68", "cong-chung"])
def test_whom_nobody_is_seen_as(admin: Actor, name: str) -> None:
    with pytest.raises(Denied, match="not-this-one"):
        privilege.see_as(opened(admin), name)
    with pytest.raises(Absent):
        privilege.see_as(opened(admin), "khong-co")


def test_not_another_administrator_nor_without_a_session(admin: Actor) -> None:
    actions.open_account(gate.operator(), actions.Person("quan-tri-2", "Hai", place="20"))
    actions.give(gate.operator(), Grant("", "quan-tri-2", "manage"))
    with pytest.raises(Denied, match="no-privilege"):
        privilege.see_as(admin, "so-giao-duc")
    with pytest.raises(Denied, match="not-this-one"):
        privilege.see_as(opened(admin), "quan-tri-2")


def test_seeing_as_ends_with_the_session_and_is_traced_under_both_names(admin: Actor) -> None:
    who = opened(admin)
    seen = seeing(who, "lanh-dao")
    gate.require(seen, "read", budget())
    row = Trace.objects.filter(action="read").latest("pk")
    assert (row.who, row.real, row.privilege) == ("lanh-dao", "quan-tri", who.privilege)
    with pytest.raises(Denied):
        privilege.open(seen, REASON, pack=ANY, place="20", level=Level.INTERNAL, minutes=5)
    with pytest.raises(Denied, match="no-privilege"):
        privilege.see_as(seen, "so-y-te")
    privilege.close(seen, who.privilege)
    assert not SeenAs.objects.filter(closed=None).exists()
    keys = {"privilege": who.privilege, "seen_as": SeenAs.objects.get().pk}
    assert standing.of_session(admin, keys) == admin


# --- told of the next day


def at(day: int, hour: int, minute: int = 0) -> datetime:
    local = datetime.combine(timezone.localdate() + timedelta(days=day), time(hour, minute))
    return timezone.make_aware(local)


def test_the_head_is_told_at_eight_the_next_day_with_what_was_looked_at(admin: Actor) -> None:
    who = opened(admin)
    gate.require(who, "read", budget())
    Privilege.objects.update(opened=at(0, 10))
    office = Account.objects.get(name="quan-tri").office
    assert office is not None
    head = Account.objects.get(name="truc-ban")
    Office.objects.filter(pk=office.pk).update(head=head)
    for now, told in ((at(0, 23), 0), (at(1, 7, 59), 0), (at(1, 8), 1), (at(1, 9), 1)):
        privilege_report.run(now)
        assert Notice.objects.filter(code="privilege-report").count() == told, now
    notice = Notice.objects.get(code="privilege-report")
    assert notice.actor == "truc-ban"
    assert notice.facts["packs"] == "Kinh tế - xã hội 1"
    assert notice.facts["reason"] == REASON
    [look] = [one for one in reads.looks(who.privilege) if one.action == "read"]
    assert (look.pack, look.thing, look.count) == ("kinh-te-xa-hoi", "thu-ngan-sach", 1)
    assert reads.one(gate.actor("truc-ban"), who.privilege).reason == REASON
    for name in ("thanh-tra", "quan-tri"):
        assert reads.one(gate.actor(name), who.privilege)
    for name in ("lanh-dao", "so-y-te", "quan-tri-y-te", "bao-ve-du-lieu"):
        with pytest.raises(Absent):
            reads.one(gate.actor(name), who.privilege)


def test_nobody_answers_for_himself(admin: Actor) -> None:
    account = Account.objects.get(name="quan-tri")
    Office.objects.update(head=account)
    assert reads.heads(account) == ("thanh-tra",), "no other administrator: whoever reads the trace"
    actions.open_account(gate.operator(), actions.Person("quan-tri-2", "Hai", place="20"))
    actions.give(gate.operator(), Grant("", "quan-tri-2", "manage"))
    assert reads.heads(account) == ("quan-tri-2",)
    account.office = None
    account.save()
    assert reads.heads(account) == ("quan-tri-2",)


def test_times() -> None:
    now = datetime(2026, 11, 22, 3, tzinfo=UTC)
    told = (None, None, Grant("", "x"))
    one = reads.Session(1, "x", "X", REASON, now, now + timedelta(minutes=30), *told)
    assert [one.minutes(now + timedelta(seconds=s)) for s in (1, 60 * 29 + 59, 60 * 30)] == [30, 1, 0]
