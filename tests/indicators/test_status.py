"""Red, amber, green: by limits, by plan and pace, by the same period; old data is told; small groups are hidden."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haidang.catalog.declared import Dataset
from haidang.indicators.amounts import MASKED, Amount
from haidang.indicators.book import What
from haidang.indicators.compare import Target
from haidang.indicators.lens import Lens
from haidang.indicators.quality import Beneath, known_at, ledger_of, quality
from haidang.indicators.spans import read
from haidang.indicators.status import Signs, judge
from haidang.words.nouns import Comparison, Label
from haidang.words.texts.indicators import TEXTS

from .world import EAST, MERGED, STILL, WEST, indicator, parted, reckoner, row

UP, DOWN = indicator(direction="up"), indicator(direction="down")


@pytest.mark.parametrize(
    ("direction", "value", "state"),
    [("up", 3.9, "bad"), ("up", 4.5, "warn"), ("up", 5.0, "good"), ("down", 6.1, "bad"), ("down", 5.5, "warn")],
)
def test_limits_are_read_by_direction(direction: str, value: float, state: str) -> None:
    amber, red = (5.0, 4.0) if direction == "up" else (5.0, 6.0)
    found = judge(indicator(direction=direction, amber=amber, red=red), Signs(value))
    assert found.state == state
    assert f"status.{found.reason}" in TEXTS


@pytest.mark.parametrize(("so_far", "state"), [(50.0, "good"), (45.0, "warn"), (44.0, "bad")])
def test_half_the_year_asks_for_half_the_plan(so_far: float, state: str) -> None:
    found = judge(UP, Signs(so_far, target=Target(100.0, "2018", so_far, 0.5)))
    assert found.state == state
    assert dict(found.facts)["pace"] == "50"


def test_where_less_is_good_a_plan_is_a_ceiling() -> None:
    assert judge(DOWN, Signs(40.0, target=Target(100.0, "2018", 40.0, 0.5))).state == "good"
    assert judge(DOWN, Signs(90.0, target=Target(100.0, "2018", 90.0, 0.5))).state == "bad"


def test_without_plan_the_same_period_judges() -> None:
    same = Comparison("same-period", "2017", 100.0, -5.0, -5.0, good=False)
    assert judge(UP, Signs(95.0, same=same)).state == "warn"
    far = Comparison("same-period", "2017", 100.0, -20.0, -20.0, good=False)
    assert judge(UP, Signs(80.0, same=far)).reason == "worse-than-same-period"
    assert judge(indicator(), Signs(80.0, same=far)).reason == "neutral"


def test_old_data_is_told_but_never_hides_a_red() -> None:
    target = Target(100.0, "2018", 100.0, 1.0)
    assert judge(UP, Signs(100.0, target=target, age=40, promise=31)).reason == "stale"
    bad = judge(UP, Signs(10.0, target=Target(100.0, "2018", 10.0, 1.0), age=40, promise=31))
    assert (bad.state, dict(bad.facts)["age"]) == ("bad", "40")
    assert judge(UP, Signs(100.0, target=target, age=30, promise=31)).state == "good"


@given(st.lists(st.integers(0, 40), min_size=2, max_size=2), st.integers(2, 10))
def test_no_small_group_is_shown(counts: list[int], floor: int) -> None:
    mean = indicator(kind="mean")
    rows = [parted(mean, place, "2018", n * 5.0, n) for place, n in zip((EAST, WEST), counts, strict=True) if n]
    found = Lens(reckoner([mean], rows), floor).over(What(mean.key), MERGED.id, read("2018"))
    shown = [part for _, part in found.parts if part.value is not None]
    assert all((part.n or 0) >= floor for part in shown)
    hidden = [part for _, part in found.parts if part.reason == MASKED]
    assert all(part.num is None and part.den is None and part.n is None for part in hidden)


def _dataset(**more: object) -> Dataset:
    label = Label("Nguồn", "Source")
    return Dataset("p.d", "p", label, (), (), "tinh", "nam", "year", source=label, licence="CC0", **more)  # type: ignore[arg-type]


def test_quality_counts_what_was_set_aside_here_not_elsewhere() -> None:
    runs = [{"run": "r1", "dataset": "p.d", "file": "a.csv", "landed_at": datetime(2026, 11, 1, 20), "count": 90}]
    rejects = [
        {"dataset": "p.d", "unit": STILL.id, "code": "volume", "count": 8},
        {"dataset": "p.d", "unit": STILL.id, "code": "duplicate-row", "count": 2},
        {"dataset": "p.d", "unit": EAST.id, "code": "volume", "count": 500},
        {"dataset": "p.d", "unit": "", "code": "required-missing", "count": 7},
    ]
    ledger = ledger_of(runs, rejects)
    beneath = Beneath({"p.d": _dataset(promise_days=10)}, frozenset({STILL.id}), 90)
    found = quality(Amount(1.0, have=3, expected=4), beneath, ledger, date(2026, 11, 22))
    assert (found.complete, found.correct, found.clean) == (0.75, 0.92, 0.98)
    assert found.alive == pytest.approx(10 / 20)
    assert found.notes == (("coverage", "3/4"), ("set-aside:volume", "8"), ("set-aside:duplicate-row", "2"))
    assert known_at(ledger, frozenset({"r1"})) == "2026-11-02T03:00:00+07:00", "the store keeps UTC"


def test_an_official_value_of_one_row_is_not_a_small_group() -> None:
    index = indicator(kind="reported", adds_place="none", adds_time="none")
    assert (
        Lens(reckoner([index], [row(index, STILL, "2018", 5.0, n=1)]))
        .over(What(index.key), STILL.id, read("2018"))
        .value
        == 5.0
    )
