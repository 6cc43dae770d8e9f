"""Upright columns over time or over a few groups; the newest stands in the beam."""

from __future__ import annotations

from typing import Any

from haidang.web.charts import Drawing, Style
from haidang.web.charts import _shared as shared
from haidang.words.nouns import Answer


def draw(answer: Answer, style: Style) -> Drawing:
    cells = answer.cells or answer.series
    if not shared.drawable(cells):
        return Drawing()
    points: list[dict[str, Any]] = [shared.point(cell, answer, style) for cell in cells]
    if cells == shared.over_time(answer):
        newest = shared.last_known(cells)
        last = newest == len(cells) - 1
        points[newest] = shared.lit(points[newest], cells[newest], style, align="right" if last else "center")
    option = {
        "grid": shared.GRID,
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "xAxis": shared.categories([shared.name(cell, answer, style) for cell in cells]),
        "yAxis": shared.values(),
        "series": [{"type": "bar", "data": points, "color": shared.SEA, "barMaxWidth": 48, "barCategoryGap": "32%"}],
    }
    return Drawing("hd-chart", option)
