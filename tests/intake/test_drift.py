"""Schema drift: noticed, named, told once, and stopping only what it breaks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from haidang.intake import clock, reads
from haidang.intake.drift.reads import drift, of_run
from haidang.words.errors import IntakeStopped
from haidang.words.texts import text
from tests.intake.conftest import Centre

MONDAY = datetime(2026, 3, 2, 3, tzinfo=UTC)
SOURCE = "by-hand:thu.dich"
HEAD = "tinh,thang,ca,nam,nu"
MONTHS = tuple(f"2018-{month:02d}" for month in range(1, 7))


def arrive(centre: Centre, head: str, rest: str, *, day: int = 0) -> str:
    with clock.at(MONDAY + timedelta(days=day)):
        return centre.land("thu.dich", head, *(f"20,{month},{rest}" for month in MONTHS), name=f"{day}.csv").run


def told(source: str = SOURCE) -> list[tuple[str, str, str]]:
    return [(one.kind, one.column, one.nearest) for one in drift(source)]


def test_the_first_arrival_and_the_same_again_are_no_drift(centre: Centre) -> None:
    arrive(centre, HEAD + ",la", "5,2,3,x")
    arrive(centre, HEAD + ",la", "7,3,4,x", day=1)
    assert told() == []


def test_a_new_column_stops_nothing_and_is_told_once(centre: Centre) -> None:
    arrive(centre, HEAD, "5,2,3")
    run = arrive(centre, HEAD + ",Tử vong", "6,3,3,0", day=1)
    assert told() == [("new-column", "Tử vong", "")]
    assert [one.run for one in of_run(run)] == [run]
    (note,) = (one for one in reads.run(run).log if one["code"] == "drift-new-column")
    assert "Tử vong" in text(note["code"], "vi", **note)
    assert len(centre.facts("thu.dich")) == 6
    arrive(centre, HEAD + ",Tử vong", "7,3,4,0", day=2)
    assert len(told()) == 1


def test_an_optional_column_that_went_is_named_with_what_is_near(centre: Centre) -> None:
    arrive(centre, HEAD, "5,2,3")
    arrive(centre, "tinh,thang,ca,nam", "5,2", day=1)
    assert told() == [("missing-column", "nu", "")]
    arrive(centre, HEAD, "6,3,3", day=2)
    arrive(centre, "tinh,thang,Số ca mắc,nam,nu", "2,2,0", day=3)
    assert told()[0] == ("renamed-column", "Số ca mắc", "ca")
    assert len(told()) == 2, "renamed is not missing besides"


def test_a_required_column_that_went_stops_the_arrival(centre: Centre) -> None:
    arrive(centre, HEAD, "5,2,3")
    with pytest.raises(IntakeStopped, match="missing-column"):
        centre.land("thu.dich", "tinh,thangg,ca,nam,nu", "20,2018-07,5,2,3", name="hong.csv")
    assert told() == [("missing-column", "thang", "thangg")]


def test_a_type_that_changed_wholesale(centre: Centre) -> None:
    arrive(centre, HEAD, "5,2,3")
    run = arrive(centre, HEAD, "năm ca,2,3", day=1)
    assert told() == [("type-changed", "ca", "")]
    assert reads.run(run).set_aside == 6
    centre.land("thu.dich", HEAD, *(f"20,2017-{m:02d},{'x' if m == 1 else 5},2,3" for m in range(1, 8)), name="mot.csv")
    assert len(told()) == 1, "one bad value is no change of type"


def test_a_few_records_say_nothing_about_what_is_missing(centre: Centre) -> None:
    arrive(centre, HEAD, "5,2,3")
    with clock.at(MONDAY):
        centre.land("thu.dich", "tinh,thang,ca", "20,2018-09,5", name="mot.csv")
    assert told() == []
    arrive(centre, HEAD, "6,3,3", day=1)
    assert told() == []


def test_what_comes_and_goes_is_told_once_a_week(centre: Centre) -> None:
    for day, head in enumerate((HEAD, HEAD + ",x", HEAD, HEAD + ",x")):
        arrive(centre, head, f"{5 + day},2,{3 + day}" + (",1" if head != HEAD else ""), day=day)
    assert told() == [("new-column", "x", "")]
    arrive(centre, HEAD, "30,2,28", day=20)
    arrive(centre, HEAD + ",x", "31,2,29,1", day=21)
    assert told() == [("new-column", "x", "")] * 2
