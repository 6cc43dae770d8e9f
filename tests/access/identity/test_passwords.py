"""Passwords: each rule alone and all at once, what is found in words, and what was used before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haidang.access import gate
from haidang.access.identity import actions, passwords, reads
from haidang.access.identity.passwords import Weak, faults
from haidang.access.identity.rules import as_law
from haidang.access.models import Account

GOOD = "Nui-bien-song-2026!"


def codes(password: str, name: str = "so-y-te", *, second: bool = False) -> set[str]:
    return {one.code for one in faults(password, name, as_law(), second=second)}


@pytest.mark.parametrize(
    ("password", "found"),
    [
        (GOOD, set()),
        ("Nui-bien-26!x", {"password-short"}),
        ("nui-bien-song-2026!", {"password-classes"}),
        ("Nuibiensong20266", {"password-classes"}),
        ("zqx", {"password-short", "password-classes"}),
        ("Toi-la-So-Y-Te-2026!", {"password-named"}),
        ("eT-y-oS-bien-2026!!", {"password-named"}),
        ("Password@123456", {"password-common"}),
        ("MatKhau@2026-2026", {"password-common"}),
        ("Q1w2e3r4t5y6!Q1w2e3r4", set()),
        ("x" * 257, {"password-long", "password-classes"}),
    ],
)
def test_each_rule_says_what_it_found(password: str, found: set[str]) -> None:
    assert codes(password) == found


def test_with_a_second_factor_eight_are_enough_but_never_a_common_one() -> None:
    assert codes("nuibien9", second=True) == set()
    assert codes("nuibien", second=True) == {"password-short"}
    assert codes("matkhau123", second=True) == {"password-common"}


@given(st.text(min_size=1, max_size=40))
def test_no_password_of_any_letters_breaks_the_checking_or_comes_back_in_what_is_said(password: str) -> None:
    for problem in faults(password, "so-y-te", as_law(), second=False):
        said = (problem.found, problem.expected, *(value for _, value in problem.facts))
        assert len(password) < 3 or password not in said


@given(st.text(min_size=14, max_size=60))
def test_whatever_passes_has_four_classes(password: str) -> None:
    if not faults(password, "so-y-te", as_law(), second=False):
        assert passwords.classes(password) == set(passwords.CLASSES)


@pytest.fixture
def account(cast: None) -> Account:
    return Account.objects.get(name="so-y-te")


def test_the_last_ten_do_not_come_back(account: Account) -> None:
    made = [f"Nui-bien-song-{number:04d}!" for number in range(12)]
    for one in made:
        actions.set_password(account.actor, account, one)
    for again in made[2:]:
        with pytest.raises(Weak) as weak:
            actions.set_password(account.actor, account, again)
        assert [one.code for one in weak.value.problems] == ["password-used"]
    assert account.passwords_used.count() == 10
    actions.set_password(account.actor, account, made[1])


def test_set_by_another_it_has_to_be_changed_first(account: Account) -> None:
    actions.set_password(gate.operator(), account, GOOD)
    account.refresh_from_db()
    assert account.must_change
    assert reads.owed(account, {}) == "password"
    actions.set_password(account.actor, account, "Rung-suoi-nang-2026?")
    assert not account.must_change
    assert reads.owed(account, {}) == ""


def test_administrators_change_theirs_every_two_months(account: Account, cast: None) -> None:
    from datetime import timedelta

    from django.utils import timezone

    admin = Account.objects.get(name="quan-tri")
    for days, owed in ((59, ""), (61, "password")):
        for one in (admin, account):
            one.password_at = timezone.now() - timedelta(days=days)
        assert reads.owed(admin, {}) == owed
        assert reads.owed(account, {}) == ""


def test_an_account_opened_by_another_begins_with_a_password_of_the_rules(cast: None) -> None:
    from haidang.access import actions as access

    with pytest.raises(Weak):
        access.open_account(gate.operator(), access.Person("moi"), "ngan")
    assert not Account.objects.filter(name="moi").exists()
    access.open_account(gate.operator(), access.Person("moi"), GOOD)
    access.open_account(gate.operator(), access.Person("moi-hai"), GOOD, own=True)
    first, second = Account.objects.get(name="moi"), Account.objects.get(name="moi-hai")
    assert (first.must_change, second.must_change) == (True, False)
    assert first.password_at is not None
    assert first.passwords_used.count() == 1
    changed = first.password_at
    access.open_account(gate.operator(), access.Person("moi"), GOOD)
    first.refresh_from_db()
    assert first.password_at == changed, "opened again with the same password it is the same"


def test_the_cast_of_the_demo_owes_nothing(cast: None) -> None:
    for account in Account.objects.filter(is_active=True):
        assert reads.owed(account, {}) == "", account.name
