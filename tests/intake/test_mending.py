"""Many rows mended at once: groups of reasons, a rule now and for what arrives, a replay after the pack changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from haidang.catalog import declared as catalog
from haidang.intake import actions, clock, reads
from haidang.intake.mending import actions as mending
from haidang.intake.mending import picked
from haidang.intake.mending import reads as groups
from haidang.intake.models import Run
from haidang.words.errors import Absent, IntakeStopped
from haidang.words.texts import text
from tests.intake.conftest import OFFICER, Centre

HEAD = "SBD,HỘI ĐỒNG,TOÁN,mon"
MONDAY = datetime(2026, 3, 2, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _single_rows(centre: Centre, request: pytest.FixtureRequest) -> None:
    """Without the check of whole councils, which a few lines cannot meet."""
    if "repeats" not in request.node.name:
        redeclare(centre, "datasets/diem.yaml", lambda text: text[: text.index("checks:")])


def redeclare(centre: Centre, name: str, change: Callable[[str], str]) -> None:
    file = centre.packs / "thu" / name
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    catalog.forget()


def wrong(centre: Centre, *lines: str, day: int = 0, name: str = "tep.csv") -> actions.Landed:
    with clock.at(MONDAY + timedelta(days=day)):
        return centre.land("thu.diem", HEAD, *lines, name=name)


def test_open_rows_of_all_runs_stand_in_groups(centre: Centre) -> None:
    first = wrong(centre, "a1,Lạng Sơnn,5,6", "a2,Lạng Sơnn,6,6", "a3,Lâm Đồnh,7,6", "a4,10,11,6")
    second = wrong(centre, "a5,Lạng Sơnn,8,6", "a6,10,5,6", day=2, name="sau.csv")
    top, other = groups.groups(dataset="thu.diem")
    assert (top.code, top.column, top.rows, top.runs) == ("not-in-list", "tinh", 4, 2)
    assert [(value.found, value.rows) for value in top.values] == [("Lạng Sơnn", 3), ("Lâm Đồnh", 1)]
    assert (top.first_run, top.last_run, top.first_at) == (first.run, second.run, MONDAY)
    assert (other.code, other.rows) == ("above-max", 1)
    assert groups.groups(source="thu.khong-co") == ()
    assert groups.rows("thu.diem", "tinh", " Lạng Sơnn ") == 3


def test_a_rule_lands_every_row_it_is_about(centre: Centre) -> None:
    wrong(centre, "a1,Lạng Sơnn,5,6", "a2,  Lạng Sơnn ,6,6", "a3,Lâm Đồnh,7,6")
    wrong(centre, "a5,Lạng Sơnn,8,6", day=1, name="sau.csv")
    landed = mending.by_rule(OFFICER, "thu.diem", "tinh", "Lạng Sơnn", "10", why="gõ nhầm", later=False)
    assert (landed.read, landed.landed, landed.set_aside) == (3, 3, 0)
    assert {(row["khoa"], row["_mark"]) for row in centre.facts("thu.diem")} == {
        (key, "mended-by-rule") for key in ("a1", "a2", "a5")
    }
    assert [row["by_run"] for row in centre.rejects(state="mended")] == [landed.run] * 3
    (left,) = groups.groups(dataset="thu.diem")
    assert [value.found for value in left.values] == ["Lâm Đồnh"]
    (rule,) = groups.rules("thu.diem", ended=True)
    assert (rule.found, rule.becomes, rule.why, rule.later) == ("Lạng Sơnn", "10", "gõ nhầm", False)
    assert groups.rules("thu.diem") == ()
    again = wrong(centre, "a9,Lạng Sơnn,8,6", day=3, name="ba.csv")
    assert again.reasons == {"not-in-list": 1}, "it was said of what lay there, not of what comes"


def test_a_rule_for_later_too_changes_nothing_in_silence(centre: Centre) -> None:
    wrong(centre, "a1,Lạng Sơnn,5,6")
    mending.by_rule(OFFICER, "thu.diem", "tinh", "Lạng Sơnn", "10", why="", later=True)
    later = wrong(centre, "b1,Lạng Sơnn,5,6", "b2,10,5,6", "b3,Lạng Sơnn,99,6", day=1, name="sau.csv")
    assert (later.landed, later.reasons) == (2, {"above-max": 1})
    marks = {row["khoa"]: row["_mark"] for row in centre.facts("thu.diem")}
    assert marks == {"a1": "mended-by-rule", "b1": "mended-by-rule", "b2": ""}
    (note,) = (n for n in reads.run(later.run).log if n["code"] == "mended-by-rule")
    assert (note["found"], note["becomes"], note["rows"]) == ("Lạng Sơnn", "10", "2")
    assert "Lạng Sơnn" in text("mended-by-rule", "vi", **note)
    (rule,) = groups.rules("thu.diem")
    mending.end(OFFICER, rule.id)
    assert wrong(centre, "c1,Lạng Sơnn,5,6", day=2, name="ba.csv").reasons == {"not-in-list": 1}
    with pytest.raises(Absent, match="unknown-rule"):
        mending.end(OFFICER, rule.id)


def test_a_rule_that_mends_nothing_is_not_made(centre: Centre) -> None:
    wrong(centre, "a1,Lạng Sơnn,5,6")
    with pytest.raises(IntakeStopped) as stopped:
        mending.by_rule(OFFICER, "thu.diem", "tinh", "Lạng Sơnn", "Lạng Sơnnn", why="", later=True)
    assert stopped.value.code == "not-in-list"
    assert groups.rules("thu.diem", ended=True) == ()
    assert len(centre.rejects(state="open")) == 1
    with pytest.raises(Absent, match="no-such-rejects"):
        mending.by_rule(OFFICER, "thu.diem", "tinh", "Hà Nộii", "10", why="", later=False)
    with pytest.raises(Absent, match="unknown-column"):
        mending.by_rule(OFFICER, "thu.diem", "tinhh", "x", "10", why="", later=False)
    with pytest.raises(IntakeStopped, match="rule-changes-nothing"):
        mending.by_rule(OFFICER, "thu.diem", "tinh", "x", " x", why="", later=False)


def test_a_row_with_a_second_fault_stays_open_with_that_one(centre: Centre) -> None:
    wrong(centre, "a1,Lạng Sơnn,5,6", "a2,Lạng Sơnn,99,6")
    landed = mending.by_rule(OFFICER, "thu.diem", "tinh", "Lạng Sơnn", "10", why="", later=False)
    assert (landed.read, landed.landed) == (1, 1)
    (left,) = centre.rejects(state="open")
    assert (left["column"], left["code"], left["found"]) == ("toan", "above-max", "99")
    actions.mend(OFFICER, left["id"], {"toan": "9.9"})
    assert sorted(row["khoa"] for row in centre.facts("thu.diem")) == ["a1", "a2"], "what the rule said was kept"


def test_a_replay_after_the_list_grew(centre: Centre) -> None:
    wrong(centre, "a1,77,5,6", "a2,78,6,6")
    with pytest.raises(IntakeStopped, match="not-in-list"):
        mending.replay(OFFICER, "thu.diem", "not-in-list")
    redeclare(centre, "codes/hoi-dong.csv", lambda text: text + "77,68,Mới,New,4\n")
    landed = mending.replay(OFFICER, "thu.diem", "not-in-list")
    assert (landed.landed, len(centre.rejects(state="open"))) == (1, 1)
    assert [(row["khoa"], row["tinh"], row["_mark"]) for row in centre.facts("thu.diem")] == [("a1", "68", "")]
    note = reads.run(landed.run).log[-1]
    assert (note["code"], note["rows"]) == ("still-at-fault", "1")


def test_what_a_later_arrival_brought_is_not_overwritten(centre: Centre) -> None:
    wrong(centre, "a1,Lạng Sơnn,1,6", "a2,Lạng Sơnn,2,6")
    wrong(centre, "a1,Lạng Sơnn,3,6", "a2,10,9,6", day=1, name="sau.csv")
    landed = mending.by_rule(OFFICER, "thu.diem", "tinh", "Lạng Sơnn", "10", why="", later=False)
    assert {row["khoa"]: row["toan"] for row in centre.facts("thu.diem")} == {"a1": 3.0, "a2": 9.0}
    assert (landed.landed, [row["state"] for row in centre.rejects()]) == (1, ["discarded", "discarded", "mended"])
    assert reads.run(landed.run).log[-1]["code"] == "outrun-by-later"


def test_groups_and_repeats_are_not_replayed(centre: Centre) -> None:
    wrong(centre, "a1,42,1,6", "a1,42,2,6")
    for code in ("volume", "duplicate-key"):
        with pytest.raises(IntakeStopped, match="cannot-replay"):
            mending.replay(OFFICER, "thu.diem", code)


def test_batches_are_bounded_and_end(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picked, "BATCH", 2)
    wrong(centre, *(f"a{n},Lạng Sơnn,{99 if n == 2 else 5},6" for n in range(5)))
    landed = mending.by_rule(OFFICER, "thu.diem", "tinh", "Lạng Sơnn", "10", why="", later=False)
    assert (landed.landed, len(centre.rejects(state="open"))) == (4, 1)
    assert Run.objects.filter(kind="mend").count() == 3


def test_only_rows_of_ones_own_places(centre: Centre) -> None:
    wrong(centre, "a1,10,99,6", "a2,42,99,6", "a3,42,5,6", "a4,10,5,6")
    redeclare(centre, "datasets/diem.yaml", lambda text: text.replace("max: 10", "max: 100"))
    (unit,) = {row["_unit"] for row in centre.facts("thu.diem") if row["khoa"] == "a4"}
    assert mending.replay(OFFICER, "thu.diem", "above-max", units=frozenset({unit})).landed == 1
    assert [row["raw"][:12] for row in centre.rejects(state="open")] == ['{"khoa":"a2"']
