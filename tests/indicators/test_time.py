"""Roll-up over time, the reform in the middle of a year, the year still running, plans and pace."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haidang.indicators.amounts import FINER, MISSING_PARTS, NOT_OVER_TIME
from haidang.indicators.book import What
from haidang.indicators.compare import View, compared, target
from haidang.indicators.lens import Lens
from haidang.indicators.spans import Span, read
from haidang.words.periods import Period, parse

from .world import EAST, MERGED, STILL, WEST, indicator, parted, reckoner, row

MONTHS = [f"2018-{m:02d}" for m in range(1, 13)]


@given(st.lists(st.integers(0, 1000), min_size=12, max_size=12))
def test_months_quarters_and_year_agree(values: list[int]) -> None:
    flow = indicator(grain="month")
    work = reckoner([flow], [row(flow, STILL, m, float(v)) for m, v in zip(MONTHS, values, strict=True)])
    year = work.over(What(flow.key), STILL.id, read("2018")).value
    quarters = [work.over(What(flow.key), STILL.id, read(f"2018-Q{q}")).value for q in range(1, 5)]
    assert year == sum(q or 0 for q in quarters) == sum(values)
    so_far = work.over(What(flow.key), STILL.id, read("2018-12", cumulative=True)).value
    assert so_far == year


def test_a_stock_is_not_summed_over_time() -> None:
    stock = indicator(kind="last", column="x", grain="month")
    work = reckoner([stock], [row(stock, STILL, "2018-01", 10.0), row(stock, STILL, "2018-11", 12.0)])
    assert work.over(What(stock.key), STILL.id, read("2018")).value == 12.0


def test_a_mean_over_a_year_is_redivided_not_averaged() -> None:
    mean = indicator(kind="mean", grain="month")
    rows = [parted(mean, STILL, "2018-01", 10, 1), parted(mean, STILL, "2018-02", 0, 99)]
    assert reckoner([mean], rows).over(What(mean.key), STILL.id, read("2018")).value == pytest.approx(0.1)


def test_an_index_is_not_added_over_time() -> None:
    index = indicator(kind="reported", adds_place="none", adds_time="none", grain="month")
    rows = [row(index, STILL, "2018-01", 101.0), row(index, STILL, "2018-02", 102.0)]
    work = reckoner([index], rows)
    assert work.over(What(index.key), STILL.id, read("2018")).reason == NOT_OVER_TIME
    assert work.over(What(index.key), STILL.id, read("2018-02", cumulative=True)).reason == NOT_OVER_TIME
    assert work.over(What(index.key), STILL.id, read("2018-02")).value == 102.0


def test_a_year_is_not_told_by_the_month() -> None:
    yearly = indicator()
    work = reckoner([yearly], [row(yearly, STILL, "2018", 1.0)])
    assert work.over(What(yearly.key), STILL.id, read("2018-03")).reason == FINER


def test_the_year_of_the_reform_uses_each_months_own_places() -> None:
    flow = indicator(grain="month")
    before = [row(flow, place, f"2025-{m:02d}", 1.0) for place in (EAST, WEST) for m in range(1, 7)]
    after = [row(flow, MERGED, f"2025-{m:02d}", 10.0) for m in range(7, 13)]
    work = reckoner([flow], before + after)
    assert work.over(What(flow.key), MERGED.id, read("2025")).value == 2 * 6 + 6 * 10
    assert work.over(What(flow.key), MERGED.id, read("2025-Q2")).value == 6
    same = Span((parse("2026-03"),)).same_period()
    assert work.over(What(flow.key), MERGED.id, same).value == 2  # rebuilt from the two


def test_an_official_year_with_a_hole_is_no_total() -> None:
    money = indicator(kind="reported", adds_place="sum", adds_time="sum", grain="month")
    rows = [row(money, STILL, m, 1.0) for m in MONTHS if m != "2018-05"]
    assert reckoner([money], rows).over(What(money.key), STILL.id, read("2018")).reason == MISSING_PARTS


def test_the_running_year_is_compared_with_as_many_months() -> None:
    flow = indicator(grain="month")
    rows = [row(flow, STILL, f"{y}-{m:02d}", 1.0) for y in (2025, 2026) for m in range(1, 13) if (y, m) < (2026, 10)]
    lens = Lens(reckoner([flow], rows))
    what, span = What(flow.key), read("2026")
    cut = lens.kept(what, STILL.id, span)
    view = View(flow, what, STILL.id, cut, lens.over(what, STILL.id, cut))
    assert view.amount.value == 9
    assert compared("same-period", view, lens).value == 9, "nine months against nine, not against twelve"
    assert lens.over(what, STILL.id, read("2025")).value == 12


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(1, 30))
def test_previous_and_back_is_the_same_span(day: date, steps: int) -> None:
    span = Span((Period(day.replace(day=1), day.replace(day=1), parse(f"{day:%Y-%m-%d}").grain),))
    assert span.previous(steps).previous(-steps).asked[0].start == span.asked[0].start


def test_a_range_is_shifted_by_its_own_length() -> None:
    assert read("2018-04..2018-06").previous().text == "2018-01..2018-03"
    assert read("2018-04..2018-06").same_period().text == "2017-04..2017-06"


def _view(indicator_: object, lens: Lens, period: str) -> View:
    what = What(indicator_.key)  # type: ignore[attr-defined]
    span = read(period)
    return View(indicator_, what, STILL.id, span, lens.over(what, STILL.id, span))  # type: ignore[arg-type]


def test_the_months_so_far_stand_against_the_years_plan_and_its_pace() -> None:
    flow = indicator(kind="reported", adds_place="sum", adds_time="sum", grain="month", direction="up")
    rows = [row(flow, STILL, m, 5.0) for m in MONTHS[:9]] + [row(flow, STILL, "2018", 60.0, kind="plan")]
    lens = Lens(reckoner([flow], rows))
    found = target(_view(flow, lens, "2018-09"), lens)
    assert found is not None
    assert (found.plan, found.so_far, found.period) == (60.0, 45.0, "2018")
    assert found.reached == pytest.approx(75.0)
    assert found.pace == pytest.approx(0.75)
    said = compared("plan", _view(flow, lens, "2018-09"), lens)
    assert (said.value, said.reached, said.good) == (60.0, 75.0, True)


def test_a_stock_stands_against_its_plan_without_a_pace() -> None:
    stock = indicator(kind="reported", adds_place="sum", adds_time="last", grain="month", direction="up")
    rows = [row(stock, STILL, "2018-03", 90.0), row(stock, STILL, "2018", 100.0, kind="plan")]
    lens = Lens(reckoner([stock], rows))
    found = target(_view(stock, lens, "2018-03"), lens)
    assert found is not None
    assert (found.so_far, found.pace) == (90.0, 1.0)


def test_the_plan_of_the_very_period_comes_first_and_is_never_the_value() -> None:
    flow = indicator(kind="reported", adds_place="sum", adds_time="sum", direction="up")
    rows = [row(flow, STILL, "2018", 110.0, kind="final"), row(flow, STILL, "2018", 100.0, kind="plan")]
    rows.append(row(flow, STILL, "2018", 105.0, kind="estimate"))
    lens = Lens(reckoner([flow], rows))
    view = _view(flow, lens, "2018")
    assert (view.amount.value, view.amount.kind) == (110.0, "final")
    assert compared("plan", view, lens).reached == pytest.approx(110.0)
    assert compared("plan", _view(flow, lens, "2019"), lens).reason == "no-data"


def test_latest_is_the_newest_with_data_of_the_place_not_of_another() -> None:
    flow = indicator(grain="month")
    rows = [row(flow, STILL, "2018-03", 1.0), row(flow, EAST, "2018-09", 1.0), row(flow, STILL, "2027-01", 1.0)]
    work = reckoner([flow], rows)
    assert work.latest(What(flow.key), STILL.id) == parse("2018-03"), "2027 has not begun"
    assert work.latest(What(flow.key), MERGED.id) == parse("2018-09")
