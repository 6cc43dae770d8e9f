"""Lying bars, longest first: a ranking of places or groups. What does not fit stands in the table."""

from __future__ import annotations

from typing import Any

from haidang.web import formats
from haidang.web.charts import Drawing, Style
from haidang.web.charts import _shared as shared
from haidang.words.nouns import Answer, Cell

MOST = 14


def draw(answer: Answer, style: Style) -> Drawing:
    cells = sorted((c for c in answer.cells if c.value is not None), key=lambda c: -(c.value or 0))[:MOST]
    if not cells:
        return Drawing()
    option = {
        "grid": {**shared.GRID, "top": 4, "right": 64},
        "tooltip": {"trigger": "item"},
        "xAxis": shared.values(axisLabel={"show": False}, splitLine={"show": False}),
        "yAxis": shared.categories([shared.name(c, answer, style) for c in cells], inverse=True),
        "series": [{"type": "bar", "data": [_point(c, answer, style) for c in cells], "barMaxWidth": 14}],
    }
    return Drawing("hd-chart", option, "high" if len(cells) > 8 else "")


def _point(cell: Cell, answer: Answer, style: Style) -> dict[str, Any]:
    chosen = bool(style.chosen) and cell.key.partition("@")[0] == style.chosen
    label = {"show": True, "position": "right", "color": shared.BEAM if chosen else shared.SOFT}
    made = {
        **shared.point(cell, answer, style),
        "itemStyle": {"color": shared.LAMP if chosen else shared.SEA, "borderRadius": 3},
        "label": {**label, "formatter": formats.number(cell.value, style.language, style.digits)},
    }
    if answer.question.by == "place":
        made["href"] = f"/indicators/{answer.indicator}?place={cell.key.partition('@')[0]}"
    return made
