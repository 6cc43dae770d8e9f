"""The kinds of drawing the desk's board brought: squares of hour and week-day, warmth on the map."""

from __future__ import annotations

from dataclasses import replace

from haidang.web.charts import Style, draw
from haidang.words.nouns import Cell
from tests.web.samples import made

VI = Style("vi")


def cell(key: str, value: float | None) -> Cell:
    return Cell(key, key, value, value, None, int(value or 0), "" if value is not None else "no-data")


def test_squares_stand_by_week_day_and_hour_with_hours_nobody_wrote_in_between() -> None:
    cells = (cell("CN|22", 1), cell("T2|08", 10), cell("T2|10", 4), cell("", 3))
    drawn = draw("heat", made(by="thu_gio", cells=cells), VI)
    assert drawn.element == "hd-chart"
    assert drawn.option["yAxis"]["data"] == ["T2", "CN"]
    assert drawn.option["xAxis"]["data"] == [f"{hour:02d}" for hour in range(8, 23)]
    first = next(one for one in drawn.option["series"][0]["data"] if one["name"] == "T2 08")
    assert first["value"] == [0, 0, 10]
    assert first["itemStyle"]["color"] == "var(--s5)"
    assert first["label"]["show"]
    english = draw("heat", made(by="thu_gio", cells=cells), Style("en"))
    assert english.option["yAxis"]["data"] == ["Mon", "Sun"]


def test_nothing_to_draw_draws_nothing() -> None:
    assert draw("heat", made(by="thu_gio", cells=(cell("", 3),)), VI).element == ""
    assert draw("hotspots", made(by="o_luoi", cells=(cell("", 3), cell("21.85,106.76", None))), VI).element == ""


def test_warmth_is_a_point_per_cell_weighed_by_the_busiest() -> None:
    cells = (cell("21.85,106.76", 9), cell("21.94,106.70", 3), cell("", 4))
    answer = replace(made(by="o_luoi", cells=cells), place="20@1976-07-02")
    plan = draw("hotspots", answer, VI).option
    points = plan["sources"]["spots"]["data"]["features"]
    assert [one["geometry"]["coordinates"] for one in points] == [[106.76, 21.85], [106.70, 21.94]]
    assert [one["properties"]["weight"] for one in points] == [9, 3]
    warmth = plan["layers"][-1]
    assert (warmth["type"], warmth["source"]) == ("heatmap", "spots")
    assert warmth["paint"]["heatmap-weight"][1][2] == 9
    assert plan["shapes"].startswith("/map/shapes/commune/20.json")
