"""What a tile says: comparisons, the plan and its pace, age, source, what is missing and why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from haidang.web import digest, reasons, tiles
from haidang.web.charts import Style
from haidang.words.nouns import Answer, Comparison, Provenance, Status
from haidang.words.texts import texts
from tests.web.samples import BAD, better, made, places, plan, years

NOW = datetime(2026, 11, 20, 10, 5, tzinfo=UTC)


def tile(answer: Answer, *, language: str = "vi", chart: str = "number") -> tiles.Tile:
    return tiles.build(answer, tiles.Setting(None, "/i", NOW, Style(language, 1), "20"), chart=chart)


def test_a_number_never_stands_alone() -> None:
    shown = tile(made(compare=(better(), plan()), series=years(1.0, 2.0), status=BAD))
    assert (shown.value, shown.unit, shown.period) == ("9.020,5", "tỷ đồng", "năm 2015")
    assert [(c.direction, c.amount, c.against, c.tone) for c in shown.changes] == [
        ("up", "8,7 %", "so cùng kỳ", "good")
    ]
    assert shown.plan is not None
    assert shown.plan.words == "90,2 % kế hoạch 10.000,0"
    assert shown.plan.pace_words == "tiến độ đều 88 %"
    assert shown.source == "Kho bạc Nhà nước"
    assert shown.age == "5 phút trước"
    assert shown.lag == "số năm 2015, trễ 10 năm"
    assert shown.why == "mới đạt 71,4 % kế hoạch, tiến độ đều 79,5 %"
    assert "<svg" in shown.spark


def test_shares_are_compared_in_points() -> None:
    lower = Comparison("same-period", "2014", 99.4, -0.3, -0.302, False)
    (change,) = tile(made(value=99.1, unit="%", compare=(lower,))).changes
    assert (change.direction, change.amount, change.tone) == ("down", "0,3 điểm", "bad")


def test_without_a_direction_a_change_is_neither_good_nor_bad() -> None:
    (change,) = tile(made(compare=(better(good=None),))).changes
    assert change.tone == "soft"


def test_the_same_other_period_is_said_once() -> None:
    previous = Comparison("previous", "2014", 8298.0, 722.5, 8.7, True)
    assert [c.against for c in tile(made(compare=(better(), previous))).changes] == ["so cùng kỳ"]


def test_any_two_periods() -> None:
    other = Comparison("2010", "2010", 8298.0, 722.5, 8.7, True)
    assert tile(made(compare=(other,))).changes[0].against == "so 2010"


def test_the_bar_ends_at_its_end() -> None:
    bar = tile(made(compare=(plan(reached=223.4, pace=100.0),))).plan
    assert bar is not None
    assert bar.reached == 100.0
    assert bar.words.startswith("223,4 %")
    assert bar.pace_words == ""


def test_past_the_plan_the_bar_shows_where_it_was_fulfilled() -> None:
    past = tile(made(compare=(plan(reached=200.0, pace=50.0),))).plan
    assert past is not None
    assert (past.reached, past.whole, past.pace) == (100.0, 50.0, 25.0)
    short = tile(made(compare=(plan(reached=40.0, pace=50.0),))).plan
    assert short is not None
    assert (short.reached, short.whole, short.pace) == (40.0, 100.0, 50.0)


def test_what_is_missing_says_why() -> None:
    shown = tile(made(value=None, reason="index-not-additive"))
    assert shown.missing == "chỉ số, không cộng gộp giữa các địa bàn"
    assert shown.value == "–"


def test_masked_groups_are_counted() -> None:
    assert tile(made(by="place", cells=places(c06184=None, c06187=3.0))).masked == 1


def test_simulated_is_told() -> None:
    origin = Provenance("mau.x", "r", "f", "s", "MIT", "", simulated=True)
    assert tile(made(sources=(origin,))).simulated
    assert not tile(made()).simulated


def test_elsewhere_is_named() -> None:
    assert tile(made(asked_place="VN", place_name="Việt Nam")).elsewhere == "Việt Nam"
    assert tile(made()).elsewhere == ""


def test_table_rows_follow_the_drawing() -> None:
    assert tile(made(series=years(1.0, None)), chart="line").rows == (("2010", "1,0 tỷ đồng"), ("2011", "chưa có số"))


STATUSES = [
    "past-red",
    "past-amber",
    "within-limits",
    "on-plan",
    "behind-plan",
    "far-behind-plan",
    "as-same-period",
    "better-than-same-period",
    "worse-than-same-period",
    "stale",
    "neutral",
    "nothing-to-judge-by",
    "no-data",
    "index-not-additive",
    "not-additive-over-time",
    "missing-parts",
    "part-merged",
    "place-ended",
    "finer-than-kept",
    "masked",
    "denied",
    "no-plan",
]


@pytest.mark.parametrize("reason", STATUSES)
def test_every_reason_has_words(reason: str) -> None:
    assert f"why.{reason}" in texts()


def test_worst_of_states() -> None:
    assert reasons.worst(["good", "none", "warn", "watch"]) == "warn"
    assert reasons.worst(["none", "good"]) == "good"
    assert reasons.worst(["none"]) == "none"
    assert reasons.worst([]) == "none"


def test_decisions_are_the_places_own_and_the_worst_first() -> None:
    amber, red, well = (tile(made(f"a.{state}", status=Status(state, "stale"))) for state in ("warn", "bad", "good"))
    country = tile(made("a.vn", asked_place="VN", status=BAD))
    assert [t.state for t in digest.decisions([amber, well, country, red])] == ["bad", "warn"]


def test_headlines_take_packs_in_turn_and_figures_before_none() -> None:
    a, b, c = (tile(made(key)) for key in ("a.one", "a.two", "b.one"))
    none = tile(made("b.none", value=None, reason="no-data"))
    keys = [["a.one", "a.two"], ["b.none", "b.one"]]
    assert [t.answer.indicator for t in digest.headlines(keys, [a, b, c, none])] == [
        "a.one",
        "a.two",
        "b.one",
        "b.none",
    ]


def test_bulletin_escapes_what_packs_say() -> None:
    from haidang.words.nouns import Label

    evil = tile(made(title=Label("<script>x</script>", "x"), compare=(better(),), status=BAD))
    said = "".join(digest.bulletin([evil], [evil], "vi"))
    assert "<script>" not in said
    assert "tăng 8,7 % so cùng kỳ" in said
    assert "<mark>9.020,5 tỷ đồng</mark>" in said
