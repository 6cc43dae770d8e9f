"""The gate on real landed data: rows and columns cut, denied and absent, the trace."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.utils import timezone
from doors import BUDGET, LIBRARIES, OPEN, PASSWORD, PEOPLE

from haidang.access import actions, cut, gate
from haidang.access.decide import decide
from haidang.access.models import Account, Trace
from haidang.access.territory import inside, unit_id
from haidang.catalog.declared import Column, Dataset
from haidang.site import settings as machine
from haidang.words.errors import Absent, BadQuestion, Denied
from haidang.words.nouns import ANY, Actor, Grant, Label, Level, Subject

pytestmark = pytest.mark.usefixtures("cast")
DONG_DANG, OTHER = "06184", "06187"


def count(rows: gate.Rows) -> int:
    return int(gate.fetch(rows.table.aggregate(n=rows.table.count()))[0]["n"])


def units(rows: gate.Rows) -> set[str]:
    return {row["_unit"] for row in gate.fetch(rows.table.select("_unit").distinct())}


def test_rows_are_cut_to_the_place() -> None:
    everything = gate.rows(gate.operator(), PEOPLE)
    own = gate.rows(gate.actor("xa-dong-dang"), PEOPLE)
    assert units(own) == {unit_id(DONG_DANG)}
    assert count(own) == 1 < count(everything)
    leader = gate.rows(gate.actor("lanh-dao"), PEOPLE)
    assert units(leader) == units(everything)
    assert leader.scope.floor == 0
    assert own.scope.floor == 5
    assert any("xa-dong-dang" in grant for grant in own.scope.because)


@pytest.mark.parametrize(("who", "dataset"), [("so-giao-duc", BUDGET), ("cong-chung", PEOPLE), ("quan-tri", LIBRARIES)])
def test_denied_before_anything_is_read(who: str, dataset: str) -> None:
    with pytest.raises(Denied):
        gate.rows(gate.actor(who), dataset)
    assert Trace.objects.filter(who=who, outcome="denied", subject__contains=dataset).exists()


def test_open_data_is_open_to_everybody_and_leaves_no_trace() -> None:
    before = Trace.objects.count()
    assert {count(gate.rows(gate.actor(name), OPEN)) for name in ("cong-chung", "so-giao-duc", "peer-68")} == {756}
    assert Trace.objects.count() == before


def test_observations_add_up_unevenly() -> None:
    seen = {
        name: {(row["pack"], row["level"]) for row in gate.fetch(gate.observations(who).table.distinct())}
        for name, who in {n: gate.actor(n) for n in ("cong-chung", "so-giao-duc", "xa-dong-dang")}.items()
    }
    assert {level for _, level in seen["cong-chung"]} == {0}
    assert seen["so-giao-duc"] == seen["cong-chung"], (
        "the education office has nothing in these packs but the open level"
    )
    table = gate.observations(gate.actor("xa-dong-dang")).table
    inner = gate.fetch(table.filter(table["level"] > 0).select("unit", "level").distinct())
    assert inner
    assert {row["unit"] for row in inner} <= inside(unit_id(DONG_DANG))
    assert {row["level"] for row in inner} == {int(Level.INTERNAL)}


def test_every_row_of_observations_is_allowed_by_one_grant() -> None:
    """The cut against the decision, row by row: what is shown, and only that, would be allowed."""
    who = gate.actor("xa-dong-dang")
    given, now = gate.grants(who), timezone.now()
    names = ("pack", "level", "unit")
    every = gate.observations(gate.operator()).table.select(*names).distinct()
    shown = {tuple(row.values()) for row in gate.fetch(gate.observations(who).table.select(*names).distinct())}

    def allowed(row: dict[str, object]) -> bool:
        touched = frozenset({str(row["unit"])})
        subject = Subject(str(row["pack"]), level=Level(int(str(row["level"]))), units=touched)
        try:
            decide(given, who, "read", subject, now, territory=inside)
        except Denied:
            return False
        return True

    rows = gate.fetch(every)
    assert shown == {tuple(row.values()) for row in rows if allowed(row)}
    assert 0 < len(shown) < len(rows)


def test_columns_above_the_level_are_dropped_or_emptied() -> None:
    label = Label("", "")
    columns = (Column("ten", "text", label, level=Level.PERSONAL), Column("so", "integer", label))
    dataset = Dataset("thu.nghiem", "thu", label, columns, (), "xa", "nam", "year", level=Level.INTERNAL)
    table = ibis.memtable({"ten": ["An", "Bình", "Chi"], "so": [1, 2, 3], "_unit": ["a", "b", "c"]})

    def seen(*grants: Grant) -> list[dict[str, object]]:
        subject = Subject("thu", level=Level.INTERNAL)
        scope = decide(grants, Actor("x"), "read", subject, timezone.now())
        shown = cut.facts(table, dataset, scope).table.order_by("so")
        return [dict(row) for row in shown.to_pyarrow().to_pylist()]

    internal = Grant("1", "x", place=ANY, level=Level.INTERNAL)
    assert [set(row) for row in seen(internal)] == [{"so", "_unit"}] * 3
    personal_in_a = Grant("2", "x", place="a", level=Level.PERSONAL)
    assert [row["ten"] for row in seen(internal, personal_in_a)] == ["An", None, None]
    assert [row["ten"] for row in seen(personal_in_a)] == ["An"]
    assert [row["ten"] for row in seen(Grant("3", "x", level=Level.PERSONAL))] == ["An", "Bình", "Chi"]


def test_raw_values_of_set_aside_rows_only_for_those_who_mend() -> None:
    actions.give(gate.operator(), Grant("", "truc-1022", "read", "kinh-te-xa-hoi", "20", Level.RESTRICTED))
    actions.give(gate.operator(), Grant("", "truc-1022", "mend", "kinh-te-xa-hoi", "06184", Level.RESTRICTED))
    mending = gate.fetch(gate.ledger(gate.operator(), "rejects").table)
    assert mending
    assert all(row["raw"] for row in mending)
    reading = gate.fetch(gate.ledger(gate.actor("truc-1022"), "rejects").table)
    assert reading
    assert all(row["raw"] is None and row["found"] is None for row in reading if DONG_DANG not in row["unit"])


def test_runs_of_what_may_not_be_seen_are_not_there() -> None:
    def datasets(name: str) -> set[str]:
        return {row["dataset"] for row in gate.fetch(gate.ledger(gate.actor(name), "runs").table)}

    assert datasets("cong-chung") == {OPEN}
    assert BUDGET in datasets("lanh-dao")


def test_objects_follow_the_same_grants() -> None:
    from haidang.intake.models import Run

    for dataset in (BUDGET, OPEN):
        Run.objects.create(id=dataset, dataset=dataset, received_at=timezone.now())
    seen = {run.dataset for run in gate.objects(gate.actor("so-giao-duc"), "read", Run.objects.all())}
    assert seen == {OPEN}
    assert gate.objects(gate.operator(), "read", Run.objects.all()).count() == 2
    assert not gate.objects(gate.operator(), "read", Account.objects.all()).exists(), (
        "neither pack nor dataset: nothing"
    )


def test_as_of_a_day_before_anything_had_landed() -> None:
    with pytest.raises(Absent):
        gate.rows(gate.operator(), OPEN, as_of=date(2000, 1, 1))
    assert count(gate.rows(gate.operator(), OPEN, as_of=timezone.localdate())) == 756


def test_an_ended_grant_and_a_closed_account_count_no_more() -> None:
    given = Grant("", "so-giao-duc", "read", "kinh-te-xa-hoi", "20", Level.INTERNAL)
    actions.give(gate.operator(), Grant(**{**vars(given), "until": timezone.now() - timedelta(seconds=1)}))
    who = gate.actor("so-giao-duc")
    with pytest.raises(Denied):
        gate.rows(who, BUDGET)
    running = actions.give(gate.operator(), given)
    assert count(gate.rows(who, BUDGET)) > 0
    actions.withdraw(gate.operator(), int(running.id.split(":")[0]))
    with pytest.raises(Denied):
        gate.rows(who, BUDGET)
    actions.close_account(gate.operator(), "lanh-dao")
    with pytest.raises(Absent):
        gate.actor("lanh-dao")
    with pytest.raises(Denied):
        gate.rows(Actor("lanh-dao"), BUDGET)


def test_an_administrator_sees_no_data_and_nobody_else_manages() -> None:
    assert gate.accounts(gate.actor("quan-tri"))
    with pytest.raises(Denied):
        gate.rows(gate.actor("quan-tri"), BUDGET)
    with pytest.raises(Denied):
        gate.accounts(gate.actor("lanh-dao"))


def test_the_operator_is_traced_as_such_and_is_nobodys_account() -> None:
    gate.rows(gate.operator(), BUDGET)
    assert Trace.objects.filter(who="operator", subject__contains=BUDGET, outcome="allowed").count() == 1
    with pytest.raises(BadQuestion):
        actions.open_account(gate.operator(), actions.Person("operator"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(name="x", kind="operator")


def test_the_trace_is_only_added_to() -> None:
    row = Trace.objects.latest("pk")
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()


def test_passwords_and_tokens() -> None:
    assert authenticate(username="Lanh-Dao", password=PASSWORD) is not None
    assert authenticate(username="lanh-dao", password="sai") is None
    assert Trace.objects.filter(who="lanh-dao", action="sign-in", outcome="denied").exists()
    assert authenticate(username="cong-chung", password="") is None
    assert machine.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    token = actions.issue_token(gate.operator(), "peer-68")
    assert gate.of_token(token).name == "peer-68"
    assert not Account.objects.filter(tokens__digest=token).exists()
    old = actions.issue_token(gate.operator(), "peer-68", until=timezone.now() - timedelta(seconds=1))
    for wrong in (old, token[:-1], ""):
        with pytest.raises(Denied):
            gate.of_token(wrong)


def test_names_that_do_not_exist_come_with_the_nearest() -> None:
    with pytest.raises(Absent) as missing:
        gate.actor("lanh-dạo")
    assert missing.value.facts["nearest"] == "lanh-dao"
    for wrong in (Grant("", "lanh-dao", "xem"), Grant("", "lanh-dao", place="99999")):
        with pytest.raises((BadQuestion, Absent)):
            actions.give(gate.operator(), wrong)
