"""What is unusual is told, what is usual is not; and why: the judgement and the phrase reports share."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haidang.cases.digest.common import common
from haidang.cases.digest.usual import LEAST_WEEKS, judge, tail, usual

FEW = (0, 1, 0, 2, 1, 1, 0, 1)
MANY = (40, 44, 38, 41, 43, 39, 42, 40)


def test_eight_where_one_is_usual_is_an_outbreak() -> None:
    found = judge(8, FEW, looks=300)
    assert found is not None
    assert (found.kind, found.by, found.low, found.high) == ("much", "poisson", 0, 1)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_more_than_usual_are_no_outbreak(count: int) -> None:
    assert judge(count, FEW) is None


def test_many_are_judged_by_the_robust_score_which_one_odd_week_does_not_move() -> None:
    odd = (*MANY[:7], 400)
    assert judge(80, MANY) is not None
    found = judge(80, odd)
    assert found is not None
    assert found.by == "z"
    assert judge(45, MANY) is None
    assert judge(45, odd) is None


def test_a_channel_that_fell_silent_is_told() -> None:
    found = judge(0, (9, 8, 7, 9, 10, 8, 9, 9))
    assert found is not None
    assert found.kind == "little"
    assert judge(0, (1, 0, 2, 1, 0, 1, 1, 2)) is None


def test_nothing_is_unusual_before_there_are_weeks_to_hold_it_against() -> None:
    assert judge(100, (0,) * (LEAST_WEEKS - 1)) is None
    assert judge(100, (0,) * LEAST_WEEKS) is not None


def test_the_more_places_are_looked_at_the_rarer_it_must_be() -> None:
    assert judge(6, FEW, looks=1) is not None
    assert judge(6, FEW, looks=10_000) is None


@given(st.integers(0, 60), st.floats(0.05, 30))
def test_the_tail_is_the_poisson_one(count: int, mean: float) -> None:
    below = sum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(count))
    assert tail(count, mean) == pytest.approx(1 - below, abs=1e-9)


@given(st.lists(st.integers(0, 200), min_size=4, max_size=8), st.integers(0, 200))
def test_what_lies_within_the_usual_range_is_never_unusual(before: list[int], count: int) -> None:
    low, high = usual(tuple(before))
    assert low <= high
    found = judge(count, tuple(before))
    assert found is None or not low <= count <= high


def test_the_phrase_most_reports_share() -> None:
    texts = [
        "Rác chất đống trước chợ Giếng Vuông, xe không đến.",
        "Gần chợ Giếng Vuông nước rỉ ra đường.",
        "Điểm tập kết ở chợ Giếng Vuông quá tải",
        "Mùi hôi khắp phố.",
    ]
    assert common(texts) == ("chợ Giếng Vuông", 3)


def test_reports_that_share_nothing_have_no_phrase() -> None:
    assert common(["Mất nước từ sáng", "Ổ gà lớn", "Đèn không sáng", "Cây đổ"]) == ("", 0)
    assert common([]) == ("", 0)
