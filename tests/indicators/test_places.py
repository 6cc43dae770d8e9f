"""Roll-up over places: what goes wrong when it is done without thinking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haidang.indicators.amounts import MISSING_PARTS, NO_DATA, NOT_ADDITIVE, PART_MERGED, PLACE_ENDED
from haidang.indicators.book import What
from haidang.indicators.spans import read

from .world import C1, C2, EAST, MERGED, SPLIT, STILL, VN, WEST, WHOLE, indicator, parted, reckoner, row

PARTS = st.tuples(st.floats(0, 1e6), st.integers(1, 10_000))


@given(PARTS, PARTS)
def test_a_mean_over_merged_places_equals_the_mean_of_all_facts(
    east: tuple[float, int], west: tuple[float, int]
) -> None:
    mean = indicator(kind="mean", column="x")
    found = reckoner([mean], [parted(mean, EAST, "2018", *east), parted(mean, WEST, "2018", *west)]).over(
        What(mean.key), MERGED.id, read("2018")
    )
    assert found.value == pytest.approx((east[0] + west[0]) / (east[1] + west[1]))
    assert found.n == east[1] + west[1]
    assert {unit for unit, _ in found.parts} == {EAST.id, WEST.id}


def test_never_an_average_of_averages() -> None:
    rate = indicator(kind="ratio", scale=100)
    rows = [parted(rate, EAST, "2018", 1, 10), parted(rate, WEST, "2018", 900, 1000)]
    found = reckoner([rate], rows).over(What(rate.key), MERGED.id, read("2018"))
    assert found.value == pytest.approx(901 / 1010 * 100)
    assert found.value != pytest.approx((10 + 90) / 2)


@given(st.lists(st.integers(-1000, 1000), min_size=3, max_size=3))
def test_the_sum_of_children_is_the_parent(values: list[int]) -> None:
    total = indicator()
    rows = [row(total, place, "2018", float(v)) for place, v in zip((STILL, EAST, WEST), values, strict=True)]
    found = reckoner([total], rows).over(What(total.key), VN.id, read("2018"))
    assert found.value == sum(values)
    assert sum(part.value or 0 for _, part in found.parts) == sum(values)


def test_an_index_over_merged_places_is_null_with_its_parts() -> None:
    index = indicator(kind="reported", adds_place="none", adds_time="none")
    rows = [row(index, EAST, "2015", 58.0), row(index, WEST, "2015", 61.0)]
    found = reckoner([index], rows).over(What(index.key), MERGED.id, read("2015"))
    assert (found.value, found.reason) == (None, NOT_ADDITIVE)
    assert [part.value for _, part in found.parts] == [58.0, 61.0]


def test_province_and_communes_both_report_is_not_counted_twice() -> None:
    total = indicator()
    rows = [row(total, STILL, "2018", 100.0), row(total, C1, "2018", 30.0), row(total, C2, "2018", 70.0)]
    assert reckoner([total], rows).over(What(total.key), STILL.id, read("2018")).value == 100.0


def test_a_missing_part_of_counted_facts_is_told_as_coverage() -> None:
    total = indicator()
    found = reckoner([total], [row(total, EAST, "2018", 5.0)]).over(What(total.key), MERGED.id, read("2018"))
    assert (found.value, found.have, found.expected) == (5.0, 1, 2)


def test_a_missing_part_of_official_values_makes_no_total() -> None:
    money = indicator(kind="reported", adds_place="sum", adds_time="sum")
    found = reckoner([money], [row(money, EAST, "2018", 5.0)]).over(What(money.key), MERGED.id, read("2018"))
    assert (found.value, found.reason) == (None, MISSING_PARTS)
    assert dict(found.parts)[WEST.id].reason == NO_DATA


def test_half_of_an_old_commune_cannot_be_cut_off_its_number() -> None:
    total = indicator()
    rows = [row(total, C1, "2018", 30.0), row(total, C2, "2018", 70.0)]
    work = reckoner([total], rows)
    for place in (WHOLE, SPLIT):
        found = work.over(What(total.key), place.id, read("2018"))
        assert (found.value, found.reason) == (None, PART_MERGED), place
    assert work.over(What(total.key), STILL.id, read("2018")).value == 100.0


def test_a_stock_is_summed_over_places() -> None:
    stock = indicator(kind="last", column="x")
    rows = [row(stock, EAST, "2018", 3.0), row(stock, WEST, "2018", 4.0)]
    assert reckoner([stock], rows).over(What(stock.key), MERGED.id, read("2018")).value == 7.0


def test_a_place_that_ended_has_no_number_afterwards() -> None:
    total = indicator()
    rows = [row(total, MERGED, "2026", 9.0)]
    found = reckoner([total], rows).over(What(total.key), EAST.id, read("2026"))
    assert (found.value, found.reason) == (None, PLACE_ENDED)


def test_a_formula_over_merged_places_is_made_of_the_merged_parts() -> None:
    num, den = indicator("num"), indicator("den")
    rate = indicator("rate", "formula", dataset="", formula="{num} / {den} * 100")
    rows = [
        *(row(num, place, "2018", value) for place, value in ((EAST, 1.0), (WEST, 900.0))),
        *(row(den, place, "2018", value) for place, value in ((EAST, 10.0), (WEST, 1000.0))),
    ]
    found = reckoner([num, den, rate], rows).over(What(rate.key), MERGED.id, read("2018"))
    assert found.value == pytest.approx(901 / 1010 * 100)
    assert [part.value for _, part in found.parts] == [10.0, 90.0]
    assert (
        reckoner([num, den, rate], [row(num, EAST, "2018", 1.0), row(den, EAST, "2018", 0.0)])
        .over(What(rate.key), EAST.id, read("2018"))
        .reason
        == "divided-by-zero"
    )


def test_a_place_renamed_keeps_even_its_index() -> None:
    from haidang.indicators.book import book_of
    from haidang.indicators.reckon import Reckoner, World
    from haidang.words.places import Register, Succession

    from .world import LAST, NEW, TODAY, unit

    before, after = unit("75", "province", VN.id, end=LAST), unit("75", "province", VN.id, NEW)
    index = indicator(kind="reported", adds_place="none", adds_time="none")
    places = Register([VN, before, after], [Succession(before.id, after.id, True)])
    work = Reckoner(book_of([row(index, before, "2015", 58.0)]), World(places, {index.key: index}.__getitem__, TODAY))
    assert work.over(What(index.key), after.id, read("2015")).value == 58.0
