"""The decision, alone: grants add up, expire, and never reach beyond what they say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haidang.access.decide import FLOOR, Units, decide, within
from haidang.words.errors import Denied
from haidang.words.nouns import ANY, Actor, Grant, Level, Scope, Subject

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
WHO = Actor("so-giao-duc")
PACKS = ("giao-duc", "y-te", "phan-anh")
TREE = {"20": frozenset({"20", "a", "b", "c"}), "a": frozenset({"a"}), "b": frozenset({"b"}), "c": frozenset({"c"})}
UNITS = sorted(TREE)

grants = st.lists(
    st.builds(
        Grant,
        id=st.uuids().map(str),
        actor=st.sampled_from(["so-giao-duc", "cong-chung", "xa-dong-dang"]),
        action=st.sampled_from(["read", "import", ANY]),
        pack=st.sampled_from([*PACKS, ANY]),
        place=st.sampled_from([*UNITS, ANY]),
        level=st.sampled_from(Level),
        until=st.sampled_from([None, NOW - timedelta(days=1), NOW, NOW + timedelta(days=1)]),
    ),
    max_size=8,
)
subjects = st.builds(
    Subject,
    pack=st.sampled_from(PACKS),
    level=st.sampled_from(Level),
    units=st.none() | st.frozensets(st.sampled_from(UNITS)),
)


def ask(given_: list[Grant], subject: Subject, who: Actor = WHO) -> Scope | None:
    try:
        return decide(given_, who, "read", subject, NOW, territory=TREE.__getitem__)
    except Denied:
        return None


def mine(grant: Grant, pack: str) -> bool:
    """Said anew, in one line per condition: what makes a grant count."""
    return (
        grant.actor in {"so-giao-duc", "cong-chung"}
        and grant.action in {"read", "*"}
        and grant.pack in {pack, "*"}
        and (grant.until is None or grant.until > NOW)
    )


def reached(given_: list[Grant], pack: str, level: Level) -> Units:
    counting = [g for g in given_ if mine(g, pack) and g.level >= level]
    if any(g.place == "*" for g in counting):
        return None
    return frozenset().union(*(TREE[g.place] for g in counting))


@given(grants, subjects)
def test_rows_are_exactly_those_some_grant_reaches(given_: list[Grant], subject: Subject) -> None:
    scope, expected = ask(given_, subject), reached(given_, subject.pack, subject.level)
    if scope is None:
        assert expected == frozenset() or not within(subject.units or frozenset(), expected)
    else:
        assert scope.units == expected
        assert dict(scope.by_level) == {level: reached(given_, subject.pack, level) for level in Level}
        assert within(subject.units or frozenset(), scope.units)


@given(grants, subjects, grants)
def test_more_grants_never_show_less(given_: list[Grant], subject: Subject, more: list[Grant]) -> None:
    before, after = ask(given_, subject), ask([*given_, *more], subject)
    if before is None:
        return
    assert after is not None
    assert within(before.units, after.units)
    assert after.level >= before.level
    assert set(before.because) <= set(after.because)
    for (_, narrow), (_, wide) in zip(before.by_level, after.by_level, strict=True):
        assert within(narrow, wide)
    if subject.units:
        assert after.floor <= before.floor


@given(grants, subjects)
def test_expired_grants_count_for_nothing(given_: list[Grant], subject: Subject) -> None:
    running = [g for g in given_ if g.until is None or g.until > NOW]
    assert ask(given_, subject) == ask(running, subject)


@given(grants, subjects)
def test_because_names_grants_that_allow_it(given_: list[Grant], subject: Subject) -> None:
    scope = ask(given_, subject)
    if scope is not None:
        named = [g for g in given_ if g.id in scope.because]
        assert named
        assert all(mine(g, subject.pack) and g.level >= subject.level for g in named)


@given(grants, subjects)
def test_whatever_the_public_may_everybody_may(given_: list[Grant], subject: Subject) -> None:
    if ask(given_, subject, Actor("cong-chung", "public")) is not None:
        assert ask(given_, subject, Actor("somebody")) is not None


@given(grants, subjects)
def test_the_order_of_grants_is_nothing(given_: list[Grant], subject: Subject) -> None:
    assert ask(given_, subject) == ask(given_[::-1], subject)


@given(grants, subjects)
def test_small_groups_stay_masked_without_the_restricted_level(given_: list[Grant], subject: Subject) -> None:
    scope = ask(given_, subject)
    if scope is not None and scope.floor == 0:
        assert within(subject.units or scope.units, reached(given_, subject.pack, Level.RESTRICTED))
    elif scope is not None:
        assert scope.floor == FLOOR


def test_a_grant_in_one_place_says_nothing_of_another() -> None:
    only_a = [Grant("1", "so-giao-duc", "read", "giao-duc", "a", Level.INTERNAL)]
    assert ask(only_a, Subject("giao-duc", units=frozenset({"a"}))) is not None
    assert ask(only_a, Subject("giao-duc", units=frozenset({"a", "b"}))) is None
    assert ask(only_a, Subject("y-te", units=frozenset({"a"}))) is None
    assert ask(only_a, Subject("giao-duc", level=Level.RESTRICTED, units=frozenset({"a"}))) is None


def test_levels_may_be_uneven() -> None:
    uneven = [
        Grant("1", "so-giao-duc", "read", "giao-duc", "20", Level.INTERNAL),
        Grant("2", "so-giao-duc", "read", "giao-duc", "a", Level.PERSONAL),
    ]
    scope = decide(uneven, WHO, "read", Subject("giao-duc", level=Level.INTERNAL), NOW, territory=TREE.__getitem__)
    assert scope.units == TREE["20"]
    assert dict(scope.by_level)[Level.PERSONAL] == frozenset({"a"})
    assert scope.floor == FLOOR
    with pytest.raises(Denied) as refused:
        decide(uneven, WHO, "import", Subject("giao-duc"), NOW)
    assert refused.value.code == "no-grant"
