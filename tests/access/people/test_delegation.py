"""Who keeps whose accounts: the delegated administrator of the health department among the cast, and what is not his."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from haidang.access import actions, gate
from haidang.access.models import Account, Office, Token, Trace
from haidang.access.people import actions as people
from haidang.access.people import reach, reads
from haidang.access.people.actions import Said
from haidang.words.errors import Absent, BadQuestion, Denied, HaiDangError
from haidang.words.nouns import Actor, Grant, Level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people_alone")]
KEEPER, OWN, OTHERS = "quan-tri-y-te", "so-y-te", "so-giao-duc"
NEXT_YEAR = timezone.now() + timedelta(days=365)


def keeper() -> Actor:
    return gate.actor(KEEPER)


def opened(by: Actor, name: str = "bs-an", **more: Any) -> Account:
    people.open_person(by, Said(name, title="Bác sĩ An", holder="Trần Văn An", office="so-y-te", **more))
    return Account.objects.get(name=name)


ACTS: dict[str, Callable[[Actor, str], object]] = {
    "change": lambda by, name: people.change(by, Said(name, title="x", office="so-y-te")),
    "disable": lambda by, name: people.disable(by, name, "nghỉ"),
    "enable": people.enable,
    "unlock": people.unlock,
    "password": people.new_password,
    "first": people.first_password,
    "factor": people.reset_factor,
    "sessions": people.end_sessions,
    "token": lambda by, name: people.issue_token(by, name, "máy", NEXT_YEAR),
    "revoke": lambda by, name: people.revoke_token(by, name, 1),
    "person": reads.person,
    "tokens": reads.tokens,
    "grants": reads.grants,
    "acts": reads.last_acts,
}


def test_every_act_on_anothers_account_is_as_on_none() -> None:
    for name in (OTHERS, "quan-tri", "cong-chung", "lanh-dao", "cong-dan", "khong-co"):
        for act, done in ACTS.items():
            with pytest.raises(Absent) as refused:
                done(keeper(), name)
            assert refused.value.code == "unknown-actor", (name, act)


def test_who_keeps_nobody_reaches_nobody() -> None:
    for name in ("lanh-dao", OTHERS, "thanh-tra", "bao-ve-du-lieu", "cong-dan", "cong-chung"):
        who = gate.actor(name)
        for done in ACTS.values():
            with pytest.raises(Absent):
                done(who, OWN)
        with pytest.raises(Denied):
            reads.people(who)
        with pytest.raises(Denied):
            opened(who)


def test_a_keeper_sees_his_office_and_those_below_alone() -> None:
    opened(gate.operator())
    names = {line.name for line in reads.people(keeper(), every=True).lines}
    assert names == {KEEPER, OWN, "bs-an"}
    assert {one.key for one in reads.offices_of(keeper())} == {"so-y-te", "so-y-te-van-phong", "so-y-te-nghiep-vu"}
    assert len(reads.people(gate.actor("quan-tri"), every=True).lines) > 15


def test_a_keeper_opens_changes_disables_and_enables() -> None:
    password = people.open_person(keeper(), Said("bs-an", holder="Trần Văn An", office="so-y-te-nghiep-vu"))
    account = Account.objects.get(name="bs-an")
    assert account.check_password(password)
    assert account.must_change
    assert account.unit.startswith("20@")
    people.change(keeper(), Said("bs-an", title="Trưởng khoa", holder="Trần Văn An", office="so-y-te"))
    people.disable(keeper(), "bs-an", "chuyển công tác")
    assert reads.person(keeper(), "bs-an").state == "disabled"
    assert reads.person(keeper(), "bs-an").why == "chuyển công tác"
    people.enable(keeper(), "bs-an")
    assert reads.person(keeper(), "bs-an").state != "disabled"
    traced = set(Trace.objects.filter(who=KEEPER).values_list("action", flat=True))
    assert {"account", "password", "disable", "enable"} <= traced


@pytest.mark.parametrize(
    ("office", "code"), [("so-giao-duc", "unknown-office"), ("", "unknown-office"), ("ubnd-tinh", "unknown-office")]
)
def test_a_keeper_puts_nobody_elsewhere(office: str, code: str) -> None:
    opened(keeper())
    for attempt in (people.open_person, people.change):
        name = "bs-moi" if attempt is people.open_person else "bs-an"
        with pytest.raises(Absent, match=code):
            attempt(keeper(), Said(name, holder="B", office=office))
    assert Account.objects.get(name="bs-an").office.key == "so-y-te"  # type: ignore[union-attr] # it has one


def test_a_keeper_makes_no_administrator_and_touches_none() -> None:
    with pytest.raises(Denied, match="admin-only"):
        opened(keeper(), use="admin")
    account = opened(gate.actor("quan-tri"), use="admin")
    for act in ("password", "disable", "token", "factor", "change", "sessions", "unlock"):
        with pytest.raises(Denied):
            ACTS[act](keeper(), account.name)
    Account.objects.filter(pk=account.pk).update(use="business")
    actions.give(gate.operator(), Grant("", account.name, "audit"))
    with pytest.raises(Denied, match="no-grant"):
        people.new_password(keeper(), account.name)


def test_nobody_changes_his_own_place_or_kind() -> None:
    own = Said(KEEPER, title="Mới", holder="Ngô Thị Bích", office="so-y-te-van-phong", post="can-bo-dau-moi")
    people.change(gate.actor("quan-tri"), own)
    with pytest.raises(Denied, match="no-grant"):
        people.change(keeper(), own)  # who keeps the centre is the administrator's to change
    admin = gate.actor("quan-tri")
    mine = Said("quan-tri", title="Quản trị", holder="Đàm Quốc Huy", office="trung-tam-dieu-hanh", post="quan-tri")
    people.change(admin, replace(mine, use="admin", phone="0912345678"))
    for other in (replace(mine, use="admin", post="giam-doc"), replace(mine, use="admin", office=""), mine):
        with pytest.raises(Denied, match="not-yourself"):
            people.change(admin, other)
    for act in ("password", "disable", "token", "factor", "enable"):
        with pytest.raises(Denied, match="not-yourself"):
            ACTS[act](admin, "quan-tri")


def test_a_way_into_more_than_he_could_give_is_not_handed_out() -> None:
    """Else a keeper would reset the password of somebody who may more, and be him."""
    account = opened(keeper())
    people.new_password(keeper(), account.name)
    actions.give(gate.operator(), Grant("", account.name, "read", "giao-duc", "20", Level.RESTRICTED))
    for act in ("password", "token", "factor"):
        with pytest.raises(Denied, match="beyond-your-own"):
            ACTS[act](keeper(), account.name)
    with pytest.raises(Denied, match="beyond-your-own"):
        people.change(keeper(), Said(account.name, holder="Trần Văn An", office="so-y-te", email="toi@example.vn"))
    people.disable(keeper(), account.name, "nghỉ")  # less is always his to do
    assert people.new_password(gate.actor("quan-tri"), account.name)


def test_what_he_has_himself_does_not_stand_in_the_way() -> None:
    account = opened(keeper())
    actions.give(gate.operator(), Grant("", "", "read", "giao-duc", "20", Level.INTERNAL, through="ubnd-tinh/*"))
    assert people.new_password(keeper(), account.name)


@pytest.mark.parametrize("through", ["*/giam-doc", "so-y-te/giam-doc", "so-y-te-nghiep-vu/*"])
def test_a_place_that_gives_more_is_not_his_to_fill(through: str) -> None:
    actions.give(gate.operator(), Grant("", "", "read", "giao-duc", "20", Level.RESTRICTED, through=through))
    account = opened(keeper())
    office = "so-y-te-nghiep-vu" if through.endswith("/*") else "so-y-te"
    said = Said(account.name, holder="Trần Văn An", office=office, post="giam-doc")
    with pytest.raises(Denied, match="beyond-your-own"):
        people.change(keeper(), said)
    people.change(gate.actor("quan-tri"), said)


def test_a_place_within_his_ceiling_is_his_to_fill() -> None:
    inside = Grant("", "", "read", "y-te", "20", Level.RESTRICTED, through="so-y-te/truong-phong")
    actions.give(gate.operator(), inside)
    account = opened(keeper(), post="truong-phong")
    assert [grant.pack for grant in reach.own_grants(account)] == ["y-te"]


def test_the_last_administrator_stays() -> None:
    second = opened(gate.actor("quan-tri"), "quan-tri-2", use="admin")
    actions.give(gate.operator(), Grant("", second.name, "manage"))
    people.disable(gate.actor("quan-tri-2"), "quan-tri", "nghỉ hưu")
    with pytest.raises(HaiDangError, match=r"last-administrator|not-yourself"):
        people.disable(gate.actor("quan-tri-2"), "quan-tri-2", "nghỉ")
    with pytest.raises(Denied, match="last-administrator"):
        people.disable(gate.operator(), "quan-tri-2", "nghỉ")


def test_an_ended_delegation_keeps_nobody() -> None:
    yesterday = timezone.now() - timedelta(days=1)
    from haidang.access.models import GrantRow

    GrantRow.objects.filter(account__name=KEEPER).update(until=yesterday)
    with pytest.raises(Denied):
        reads.people(keeper())
    with pytest.raises(Absent):
        people.disable(keeper(), OWN, "x")


def test_seeing_as_a_keeper_keeps_nobody() -> None:
    seen = replace(keeper(), real="quan-tri", privilege=1)
    assert reach.over(seen) == frozenset()
    with pytest.raises(Absent):
        people.new_password(seen, OWN)


def test_one_person_one_account() -> None:
    opened(keeper(), phone="0912 345 678")
    twin = Said("bs-an-2", holder="TRẦN VĂN AN", office="so-y-te", phone="+84912345678")
    with pytest.raises(BadQuestion, match="same-person") as told:
        people.open_person(keeper(), twin)
    assert told.value.facts["found"] == "bs-an"
    assert people.open_person(keeper(), replace(twin, sure=True))


def test_tokens_are_named_end_and_are_revoked() -> None:
    account = opened(keeper())
    with pytest.raises(BadQuestion, match="label-missing"):
        people.issue_token(keeper(), account.name, " ", NEXT_YEAR)
    token = people.issue_token(keeper(), account.name, "máy bệnh viện", NEXT_YEAR)
    assert gate.of_token(token).name == account.name
    (face,) = reads.tokens(keeper(), account.name)
    assert (face.label, face.over) == ("máy bệnh viện", False)
    assert token not in str(vars(Token.objects.get(pk=face.id)))
    other = Token.objects.create(account=Account.objects.get(name=OTHERS), digest="x" * 64)
    with pytest.raises(Absent):
        people.revoke_token(keeper(), account.name, other.pk)
    people.revoke_token(keeper(), account.name, face.id)
    with pytest.raises(Denied):
        gate.of_token(token)


def test_the_list_finds_sorts_and_counts() -> None:
    opened(keeper())
    opened(gate.actor("quan-tri"), "may-tram", kind="robot", use="service")
    found = reads.people(keeper(), reads.Wanted(q="tran van an so y te"))
    assert [line.name for line in found.lines] == ["bs-an", "may-tram"]
    assert reads.people(keeper(), reads.Wanted(q="ran van")).total == 0  # beginnings of words
    assert [line.name for line in reads.people(keeper(), reads.Wanted(use="service")).lines] == ["may-tram"]
    never = reads.people(keeper(), reads.Wanted(state="never"))
    assert "bs-an" in {line.name for line in never.lines}
    assert never.by_state["never"] == never.total
    Account.objects.filter(name="bs-an").update(last_login=timezone.now() - timedelta(days=60))
    assert reads.person(keeper(), "bs-an").state == "idle"
    by_seen = reads.people(keeper(), reads.Wanted(sort="-seen")).lines
    assert [line.seen or timezone.now() for line in by_seen if line.seen] == sorted(
        (line.seen for line in by_seen if line.seen), reverse=True
    )


def test_thousands_come_page_by_page() -> None:
    office = Office.objects.get(key="so-y-te")
    Account.objects.bulk_create(
        Account(name=f"cb-{number:04}", holder=f"Cán bộ {number}", office=office) for number in range(3000)
    )
    found = reads.people(keeper(), reads.Wanted(page=60))
    assert (found.total, len(found.lines), found.pages) == (3002, reads.PAGE, 61)
    assert len(reads.people(keeper(), reads.Wanted(page=61)).lines) == 2
    assert reads.people(keeper(), reads.Wanted(q="cán bộ 2999")).total == 1
