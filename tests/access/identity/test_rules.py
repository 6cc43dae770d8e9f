"""The table of rules, what a centre sets instead, and that no rule is looser than the law's."""

from __future__ import annotations

import dataclasses

import pytest

from haidang.access import gate
from haidang.access.identity import actions, reads
from haidang.access.identity.rules import Rules, as_law, table
from haidang.access.models import Rule, Trace
from haidang.web.views.rules import GROUPS
from haidang.words.errors import Absent, BadQuestion
from haidang.words.texts import texts


def test_every_rule_of_the_table_is_a_field_and_stands_on_the_page() -> None:
    fields = {one.name for one in dataclasses.fields(Rules)}
    assert set(table()) == fields
    assert sorted(key for _, keys in GROUPS for key in keys) == sorted(fields)
    for law in table().values():
        assert law.least <= law.value <= law.most, law.key
        assert f"rule.{law.key}" in texts()
        assert f"unit.{law.unit}" in texts()
        assert law.verified in ("yes", "summary", "own")
        assert bool(law.basis) == (law.verified != "own")


def test_the_law_of_passwords_locks_and_sessions() -> None:
    """The values domain.md §9 gives, so that a slip in the table is seen."""
    by = as_law()
    assert (by.password_min, by.password_min_alone, by.classes, by.reuse) == (8, 14, 4, 10)
    assert (by.lock_after, by.lock_hours, by.rotate_days, by.idle_days) == (5, 12, 60, 45)
    assert by.idle_minutes == {"web": 15, "mobile": 5, "admin": 5}


@pytest.mark.django_db
def test_a_rule_is_set_within_its_bounds_traced_and_put_back() -> None:
    by = gate.operator()
    actions.set_rule(by, "lock_hours", 24)
    assert reads.rules().lock_hours == 24
    own = next(one for one in reads.every_rule() if one.law.key == "lock_hours")
    assert (own.own, own.by, own.law.value) == (24, "operator", 12)
    assert Trace.objects.filter(action="rule", subject="lock_hours=24").exists()
    for wrong in (11, 721):
        with pytest.raises(BadQuestion, match="rule-bounds"):
            actions.set_rule(by, "lock_hours", wrong)
    with pytest.raises(Absent):
        actions.set_rule(by, "no-such", 1)
    actions.set_rule(by, "lock_hours", None)
    assert reads.rules() == as_law()
    assert not Rule.objects.exists()


@pytest.mark.django_db
def test_a_row_out_of_bounds_in_the_database_loosens_nothing() -> None:
    Rule.objects.create(key="lock_after", value="5000", by="x")
    Rule.objects.create(key="password_min_alone", value="3", by="x")
    Rule.objects.create(key="idle_web", value="không", by="x")
    assert reads.rules() == as_law()
