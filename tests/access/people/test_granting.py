"""Nobody gives beyond his own, nobody gives to himself; requests never give more than was asked; four eyes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haidang.access import actions, gate
from haidang.access.models import Account, GrantEnded, GrantRow, Office, Request
from haidang.access.people.granting import actions as granting
from haidang.access.people.granting import reads, rules, words
from haidang.access.people.requests import actions as requests
from haidang.access.people.requests import reads as asked
from haidang.access.territory import inside
from haidang.words.errors import Absent, BadQuestion, Denied, HaiDangError, NotNow
from haidang.words.nouns import ANY, Actor, Grant, Level

PROVINCE, COMMUNE, OTHER, ELSEWHERE = "20@1976-07-02", "06184@2025-07-01", "06187@2025-07-01", "24@2025-07-01"
LATER = datetime(2030, 1, 1, tzinfo=UTC)
QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def town(cast: None) -> None:
    """so-y-te (office) ⊃ so-y-te-nghiep-vu ∋ y-si; quan-tri-y-te keeps so-y-te; quan-tri-2 a second administrator."""
    by = gate.operator()
    below = Office.objects.get(key="so-y-te-nghiep-vu")
    for name, office in (("y-si", below), ("ke-toan", Office.objects.get(key="so-tai-chinh"))):
        actions.open_account(by, actions.Person(name, name.upper(), place="20"))
        Account.objects.filter(name=name).update(office=office, post="chuyen-vien")


def second() -> Actor:
    actions.open_account(gate.operator(), actions.Person("quan-tri-2", "Quản trị thứ hai", place="20"))
    actions.give(gate.operator(), Grant("", "quan-tri-2", "manage"))
    return gate.actor("quan-tri-2")


NAMES = ("so-y-te", "y-si", "ke-toan", "quan-tri-y-te", "quan-tri", "cong-chung", "lanh-dao")
THROUGH = ("so-y-te/*", "so-y-te-nghiep-vu/*", "so-tai-chinh/*", "*/giam-doc", "so-y-te/giam-doc", "ubnd-tinh/*")
PLACES = (ANY, PROVINCE, COMMUNE, OTHER)

grants = st.builds(
    Grant,
    id=st.just(""),
    actor=st.sampled_from((*NAMES, "", "")),
    action=st.sampled_from(("read", "import", "mend", "manage", "people", "audit", "personal", ANY)),
    pack=st.sampled_from((ANY, "y-te", "giao-duc")),
    place=st.sampled_from(PLACES),
    level=st.sampled_from(list(Level)),
    until=st.sampled_from((None, LATER, LATER + timedelta(days=900))),
    over=st.sampled_from(("", "so-y-te", ANY)),
    through=st.just(""),
).flatmap(lambda g: st.just(g) if g.actor else st.sampled_from(THROUGH).map(lambda t: replace(g, through=t)))

ceilings = st.builds(
    Grant,
    id=st.just("c"),
    actor=st.just("quan-tri-y-te"),
    action=st.just("people"),
    pack=st.sampled_from((ANY, "y-te", "giao-duc")),
    place=st.sampled_from(PLACES),
    level=st.sampled_from(list(Level)),
    until=st.sampled_from((None, LATER)),
    over=st.sampled_from(("so-y-te", "so-y-te-nghiep-vu", ANY)),
)


CHANGES = st.one_of(
    st.just({}),
    st.sampled_from(PLACES).map(lambda place: {"place": place}),
    st.sampled_from(list(Level)).map(lambda level: {"level": level}),
    st.sampled_from((ANY, "y-te", "giao-duc")).map(lambda pack: {"pack": pack}),
    st.sampled_from((None, LATER, LATER + timedelta(days=900))).map(lambda until: {"until": until}),
    st.sampled_from(NAMES).map(lambda name: {"actor": name}),
    st.sampled_from(THROUGH).map(lambda through: {"actor": "", "through": through}),
    st.sampled_from(("manage", "people", ANY)).map(lambda action: {"action": action}),
)


@st.composite
def near(draw: Any) -> tuple[Grant, list[Grant]]:
    """Ceilings, and a grant that lies within one of them but for one thing changed: where rules go wrong."""
    held = draw(st.lists(ceilings, min_size=1, max_size=2))
    one = draw(st.sampled_from(held))
    to = draw(st.sampled_from(("y-si", "so-y-te")))
    within = replace(one, id="", actor=to, action="read", over="", level=min(one.level, Level.RESTRICTED))
    return replace(within, **draw(CHANGES)), held


def reached(grant: Grant) -> set[str]:
    """By the rows themselves: whom a grant would count for."""
    if grant.actor:
        return {grant.actor}
    key, _, post = grant.through.partition("/")
    rows = Account.objects.filter(is_active=True)
    rows = rows if key == ANY else rows.filter(office__in=rules.beneath([Office.objects.get(key=key).pk]))
    return set((rows if post == ANY else rows.filter(post=post)).values_list("name", flat=True))


def allowed(by: Actor, grant: Grant) -> bool:
    try:
        rules.offerable(by, grant)
    except HaiDangError:
        return False
    return True


def territory(place: str) -> frozenset[str] | None:
    return None if place == ANY else inside(place)


@QUICK
@given(drawn=st.one_of(near(), near(), st.tuples(grants, st.lists(ceilings, max_size=3))))
def test_a_delegated_administrator_never_gives_beyond_his_own(town: None, drawn: tuple[Grant, list[Grant]]) -> None:
    grant, held = drawn
    by = gate.actor("quan-tri-y-te")
    GrantRow.objects.filter(account__name=by.name).delete()
    for one in held:
        actions.give(gate.operator(), one)
    if not allowed(by, grant):
        return
    whom = reached(grant)
    assert by.name not in whom
    assert grant.action in ("read", "import", "mend")
    assert grant.level <= Level.RESTRICTED
    below = {name for one in held for name in reached(replace(one, actor="", through=f"{one.over}/*"))}
    assert whom <= below
    where = territory(grant.place)
    assert any(
        one.pack in (ANY, grant.pack)
        and grant.level <= one.level
        and (one.until is None or (grant.until is not None and grant.until <= one.until))
        and (territory(one.place) is None or (where is not None and where <= inside(one.place)))
        for one in held
    )


@QUICK
@given(grant=grants)
def test_an_administrator_gives_anything_but_to_himself(town: None, grant: Grant) -> None:
    by = gate.actor("quan-tri")
    if not allowed(by, grant):
        return
    assert by.name not in reached(grant)
    assert grant.actor != "cong-chung" or (grant.action == "read" and grant.level is Level.PUBLIC)


@QUICK
@given(grant=grants, name=st.sampled_from(("lanh-dao", "so-y-te", "cong-dan", "thanh-tra", "bao-ve-du-lieu")))
def test_others_give_nothing(town: None, grant: Grant, name: str) -> None:
    assert not allowed(gate.actor(name), grant)


@QUICK
@given(
    wanted=grants.map(lambda g: replace(g, actor="", through="", over="")),
    place=st.sampled_from((None, *PLACES)),
    level=st.sampled_from((None, *Level)),
    until=st.sampled_from((None, LATER, LATER + timedelta(days=900))),
    name=st.sampled_from(("quan-tri", "quan-tri-y-te", "y-si", "lanh-dao")),
)
def test_an_answer_never_gives_more_than_asked_or_than_ones_own(
    town: None, wanted: Grant, place: str | None, level: Level | None, until: datetime | None, name: str
) -> None:
    Request.objects.all().delete()
    GrantRow.objects.filter(account__name="y-si").delete()
    try:
        number = requests.ask(gate.actor("y-si"), wanted, "Cần cho công việc")
        requests.approve(gate.actor(name), number, requests.Less(place, level, until))
    except (Denied, Absent, BadQuestion):
        pass
    rows = GrantRow.objects.filter(account__name="y-si")
    assert name not in ("y-si", "lanh-dao") or not rows.exists()
    for row in rows:
        got = row.grant("y-si")
        assert (got.action, got.pack) == (wanted.action, wanted.pack)
        assert got.level <= wanted.level
        assert wanted.until is None or (got.until is not None and got.until <= wanted.until)
        whole = territory(wanted.place)
        assert whole is None or (got.place != ANY and inside(got.place) <= whole)
        assert name == "quan-tri" or any(rules.covers(one, got) for one in rules.ceilings(gate.actor(name)))


def test_what_is_grave_takes_two_administrators(town: None) -> None:
    first, other = gate.actor("quan-tri"), second()
    personal = Grant("", "y-si", "read", "y-te", PROVINCE, Level.PERSONAL)
    number = granting.give(first, personal, "Theo quyết định 12")
    assert isinstance(number, int)
    assert not GrantRow.objects.filter(account__name="y-si", level=3).exists()
    with pytest.raises(Denied, match="not-to-yourself"):
        requests.approve(first, number)
    given_ = requests.approve(other, number)
    assert given_ is not None
    assert given_.level is Level.PERSONAL
    with pytest.raises((NotNow, Denied)):
        requests.approve(other, number)


def test_a_request_for_what_is_grave_waits_for_the_second(town: None) -> None:
    first, other = gate.actor("quan-tri"), second()
    wanted = Grant("", "", "read", "y-te", PROVINCE, Level.PERSONAL)
    number = requests.ask(gate.actor("y-si"), wanted, "Giám sát ca bệnh")
    assert requests.approve(first, number) is None
    with pytest.raises(Denied, match="another-must-confirm"):
        requests.approve(first, number)
    assert set(asked.approvers(asked.one(other, number))) == {"quan-tri-2"}
    assert requests.approve(other, number) is not None


def test_an_administrator_cannot_confirm_what_he_would_get(town: None) -> None:
    first, other = gate.actor("quan-tri"), second()
    number = granting.give(first, Grant("", "quan-tri-2", "audit"), "Theo quyết định 12")
    assert isinstance(number, int)
    with pytest.raises((Absent, Denied)):
        requests.approve(other, number)
    assert requests.approve(gate.operator(), number) is not None


def test_the_last_administrator_stays(town: None) -> None:
    row = GrantRow.objects.get(account__name="quan-tri", action="manage")
    with pytest.raises(Denied, match="last-administrator"):
        granting.withdraw(gate.actor("quan-tri"), row.pk)
    assert GrantRow.objects.filter(pk=row.pk).exists()
    assert not GrantEnded.objects.exists()
    second()
    granting.withdraw(gate.actor("quan-tri"), row.pk)
    assert GrantEnded.objects.get().number == row.pk


def test_others_grants_are_absent_to_a_delegated_administrator(town: None) -> None:
    by = gate.actor("quan-tri-y-te")
    theirs = GrantRow.objects.filter(account__name="so-giao-duc").first()
    assert theirs is not None
    with pytest.raises(Absent):
        granting.withdraw(by, theirs.pk)
    listed = {one.to for one in reads.grants(by)}
    assert listed
    assert listed <= {"so-y-te", "so-y-te-nghiep-vu", "y-si", "quan-tri-y-te"}
    with pytest.raises(Denied):
        reads.grants(gate.actor("lanh-dao"))


def test_asking_twice_is_one_and_too_many_is_refused(town: None) -> None:
    who = gate.actor("y-si")
    wanted = Grant("", "", "read", "y-te", PROVINCE, Level.INTERNAL)
    assert requests.ask(who, wanted, "Cần cho báo cáo") == requests.ask(who, wanted, "Cần cho báo cáo")
    days = [timezone.now() + timedelta(days=day + 1) for day in range(requests.MOST_OPEN)]
    for until in days[1:]:
        requests.ask(who, replace(wanted, until=until), "Cần cho báo cáo")
    with pytest.raises(BadQuestion, match="too-many-asked"):
        requests.ask(who, replace(wanted, until=days[0]), "Cần cho báo cáo")
    with pytest.raises(Denied, match="sign-in-first"):
        requests.ask(gate.public(), wanted, "Cần cho báo cáo")


def test_grants_in_words(town: None) -> None:
    until = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)
    grant = Grant("", "y-si", "read", "y-te", PROVINCE, Level.RESTRICTED, until)
    assert words.said(grant) == "được xem lĩnh vực Y tế, toàn tỉnh Lạng Sơn, đến mức hạn chế, đến hết 31/12/2026"
    people = Grant("", "y-si", "people", "y-te", COMMUNE, Level.INTERNAL, over="so-y-te")
    assert words.said(people).startswith("được cấp quyền cho người của Sở Y tế trong lĩnh vực Y tế, toàn xã Đồng Đăng")
    assert words.said(Grant("", "x", "manage")) == "được quản trị mọi lĩnh vực, mọi địa bàn, không thời hạn"


def test_what_ends_soon_names_whom_it_counts_for(town: None, settings: Any) -> None:
    now = timezone.now()
    by = gate.operator()
    actions.give(by, Grant("", "", "read", "y-te", PROVINCE, Level.INTERNAL, now + timedelta(days=3), "", "so-y-te/*"))
    actions.give(by, Grant("", "y-si", "read", "giao-duc", PROVINCE, Level.INTERNAL, now + timedelta(days=9)))
    [(line, names)] = reads.ending(now, timedelta(days=7))
    assert line.kind == "office"
    assert {"y-si", "so-y-te", "quan-tri-y-te"} <= set(names)
    assert "ke-toan" not in names

    from haidang.jobs.duties import grants_ending
    from haidang.watch.models import Notice

    for _ in range(2):
        grants_ending.run(now)
    assert Notice.objects.filter(actor="y-si", code="right-ends").count() == 1
