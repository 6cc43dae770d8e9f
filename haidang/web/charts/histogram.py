"""A distribution: columns that touch, in the order of the groups."""

from __future__ import annotations

from haidang.web.charts import Drawing, Style
from haidang.web.charts import _shared as shared
from haidang.words.nouns import Answer


def draw(answer: Answer, style: Style) -> Drawing:
    if not shared.drawable(answer.cells):
        return Drawing()
    points = [shared.point(cell, answer, style) for cell in answer.cells]
    option = {
        "grid": shared.GRID,
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "xAxis": shared.categories([shared.name(cell, answer, style) for cell in answer.cells]),
        "yAxis": shared.values(),
        "series": [{"type": "bar", "data": points, "color": shared.SEA, "barCategoryGap": "6%"}],
    }
    return Drawing("hd-chart", option)
