"""Charts are pure functions of an Answer: what they draw, what they leave out, that texts travel with the points."""

from __future__ import annotations

import json

import pytest

from haidang.web import charts
from haidang.web.charts import Style, draw, kinds, sparkline
from haidang.web.maps import choropleth
from haidang.words.errors import Absent
from haidang.words.nouns import Cell
from tests.web.samples import made, months, places, years

VI = Style("vi", 1)
NAMED = ("bar", "column", "histogram", "line", "map", "number", "pie", "sparkline", "table")


def test_kinds_are_found_by_listing() -> None:
    assert set(NAMED) <= set(kinds())


@pytest.mark.parametrize("kind", NAMED)
def test_every_kind_bears_an_answer_without_anything(kind: str) -> None:
    assert draw(kind, made(value=None, period="", reason="no-data"), VI) == charts.Drawing()


@pytest.mark.parametrize("kind", NAMED)
def test_every_drawing_is_plain_json(kind: str) -> None:
    answer = made(by="place", cells=places(c06184=9.1, c06187=None, c05971=3.0), series=years(1.0, None, 3.0))
    json.dumps(draw(kind, answer, VI).option, allow_nan=False)


def test_an_unknown_kind_names_those_there_are() -> None:
    with pytest.raises(Absent) as found:
        draw("radar", made(), VI)
    assert "histogram" in str(found.value.facts["nearest"])


def test_line_keeps_gaps_and_lights_the_newest_known_value() -> None:
    (line,) = draw("line", made(series=years(1.0, None, 3.5, None)), VI).option["series"]
    assert [point["value"] for point in line["data"]] == [1.0, None, 3.5, None]
    assert [point["text"] for point in line["data"]] == ["1,0 tỷ đồng", "chưa có số", "3,5 tỷ đồng", "chưa có số"]
    assert [("label" in point) for point in line["data"]] == [False, False, True, False]


def test_a_long_monthly_line_is_folded_over_the_year_before() -> None:
    values = [float(value) for value in range(24)]
    option = draw("line", made(series=months(2024, *values)), VI).option
    now, before = option["series"]
    assert [point["value"] for point in now["data"]] == values[12:]
    assert [point["value"] for point in before["data"]] == values[:12]
    assert option["xAxis"]["data"][0] == "01/2025"


def test_a_very_long_line_keeps_its_own_past() -> None:
    (line,) = draw("line", made(series=months(2000, *map(float, range(120)))), VI).option["series"]
    assert len(line["data"]) == 120


def test_yearly_lines_are_not_folded() -> None:
    option = draw("line", made(series=years(*map(float, range(20)))), VI).option
    assert len(option["series"]) == 1
    assert len(option["series"][0]["data"]) == 20


def test_bars_are_ranked_and_lead_to_the_place() -> None:
    answer = made(by="place", cells=places(c06184=9.1, c06187=None, c05971=13.0))
    option = draw("bar", answer, Style("vi", 1, chosen="06184")).option
    assert option["yAxis"]["data"] == ["Xã 05971", "Xã 06184"]
    first, second = option["series"][0]["data"]
    assert first["href"] == "/indicators/ngan-sach.thu?place=05971"
    assert second["itemStyle"]["color"] == "var(--lamp)"


def test_pie_leaves_many_slices_to_the_table() -> None:
    few = tuple(Cell(str(i), f"Nhóm {i}", float(i + 1)) for i in range(3))
    many = tuple(Cell(str(i), f"Nhóm {i}", float(i + 1)) for i in range(7))
    assert draw("pie", made(by="loai", cells=few), VI).element == "hd-chart"
    assert draw("pie", made(by="loai", cells=many), VI).element == ""


def test_histogram_keeps_the_order_of_its_groups() -> None:
    cells = (Cell("0", "0–1", 5.0), Cell("1", "1–2", 50.0), Cell("2", "2–3", 7.0))
    option = draw("histogram", made(by="khoang", cells=cells), VI).option
    assert option["xAxis"]["data"] == ["0–1", "1–2", "2–3"]


def test_colours_are_the_themes_own() -> None:
    answer = made(by="place", cells=places(c06184=9.1, c05971=3.0), series=years(1.0, 2.0))
    for kind in NAMED:
        written = json.dumps(draw(kind, answer, VI).option)
        assert "#" not in written
        assert "rgb" not in written


def test_english_points_are_written_in_english() -> None:
    (line,) = draw("line", made(series=years(1234.5, 2345.6)), Style("en", 1)).option["series"]
    assert line["data"][0]["text"] == "1,234.5 bn VND"


def test_sparkline_spans_its_box_and_needs_two_values() -> None:
    assert sparkline.svg(made(series=years(None, 4.0, None)), VI) == ""
    drawn = sparkline.svg(made(series=years(1.0, None, 3.0)), VI)
    assert 'points="0.0,26.0 96.0,4.0"' in drawn
    assert "từ 1,0 đến 3,0" in drawn


def test_sparkline_of_a_level_series_is_a_level_line() -> None:
    assert 'points="0.0,26.0 96.0,26.0"' in sparkline.svg(made(series=years(5.0, 5.0)), VI)


def test_map_colours_by_fifths_and_says_what_is_missing() -> None:
    cells = places(**{f"c{6000 + i:05d}": float(i) for i in range(10)}, c06999=None)
    plan = choropleth.layers(made(by="place", cells=cells), VI)
    colour = plan["layers"][0]["paint"]["fill-color"]
    assert colour[0] == "match"
    assert [codes for codes in colour if isinstance(codes, list)][1] == ["06000", "06001"]
    assert colour[-1] == "var(--s0)"
    assert plan["tips"]["06999"][1] == "ẩn vì ít người"
    assert plan["links"]["06000"] == "/places/06000"
    assert plan["shapes"] == "/map/shapes/commune/20.json?on=2015-12-31"
    assert [key["text"] for key in plan["legend"]] == ["dưới 2,0", "2,0 – 4,0", "4,0 – 6,0", "6,0 – 8,0", "từ 8,0"]


def test_map_of_provinces_asks_for_provinces() -> None:
    cells = (Cell("20@1976-07-02", "Tỉnh Lạng Sơn", 1.0), Cell("01@2008-08-01", "Hà Nội", 2.0))
    plan = choropleth.layers(made(by="place", place="VN", cells=cells), VI)
    assert plan["shapes"].startswith("/map/shapes/province/VN.json")


def test_a_map_where_all_are_alike_has_one_step() -> None:
    plan = choropleth.layers(made(by="place", cells=places(c06184=2.0, c06187=2.0)), VI)
    assert len(plan["legend"]) == 1
    assert choropleth.step(2.0, []) == 5


def test_steps_lie_between_one_and_five() -> None:
    for count in range(1, 30):
        limits = choropleth.breaks([float(i % 7) for i in range(count)])
        steps = {choropleth.step(float(i % 7), limits) for i in range(count)}
        assert steps <= {1, 2, 3, 4, 5}, (count, limits)
        assert max(steps) == 5
