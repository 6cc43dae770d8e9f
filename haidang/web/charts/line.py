"""A line over time, with the same period of the year before beneath it when the line is long enough."""

from __future__ import annotations

from typing import Any

from haidang.web.charts import Drawing, Style
from haidang.web.charts import _shared as shared
from haidang.words.errors import BadQuestion
from haidang.words.nouns import Answer, Cell
from haidang.words.periods import parse
from haidang.words.texts import text

FOLDED = range(14, 38)
"""So many points are folded over the year before; fewer have none, more would lose their own past."""


def draw(answer: Answer, style: Style) -> Drawing:
    cells = shared.over_time(answer)
    if not shared.drawable(cells):
        return Drawing()
    before = _year_before(cells)
    shown = cells[-len(cells) // 2 :] if before else cells
    lines = [_line(shown, answer, style)]
    if before:
        lines.append(_second([before.get(cell.key) for cell in shown], answer, style))
    option: dict[str, Any] = {
        "grid": {**shared.GRID, **({"top": 40} if before else {})},
        "tooltip": {"trigger": "axis"},
        "xAxis": shared.categories([shared.name(c, answer, style) for c in shown], boundaryGap=len(shown) == 1),
        "yAxis": shared.values(scale=True),
        "series": lines,
    }
    if before:
        option["legend"] = {"top": 0, "left": 0, "data": [line["name"] for line in lines]}
    return Drawing("hd-chart", option)


def _line(cells: tuple[Cell, ...], answer: Answer, style: Style) -> dict[str, Any]:
    points = [shared.point(cell, answer, style) for cell in cells]
    newest = shared.last_known(cells)
    points[newest] = shared.lit(points[newest], cells[newest], style, align="right" if newest else "center")
    return {
        "type": "line",
        "name": text("tile.now", style.language),
        "data": points,
        "symbol": "none",
        "lineStyle": {"width": 2.4},
        "color": shared.SEA,
        "z": 3,
    }


def _second(cells: list[Cell | None], answer: Answer, style: Style) -> dict[str, Any]:
    points = [shared.point(cell, answer, style) if cell else {"value": None} for cell in cells]
    return {
        "type": "line",
        "name": text("tile.year-before", style.language),
        "data": points,
        "symbol": "none",
        "lineStyle": {"width": 1.4},
        "color": shared.SECOND,
    }


def _year_before(cells: tuple[Cell, ...]) -> dict[str, Cell]:
    """For each period the cell of a year earlier, when the line is long enough to be folded over itself."""
    if len(cells) not in FOLDED:
        return {}
    known = {cell.key: cell for cell in cells}
    try:
        pairs = {cell.key: known.get(parse(cell.key).same_period().text) for cell in cells}
    except BadQuestion:
        return {}
    finer_than_year = len({key[:4] for key in known}) < len(known)
    found = {key: cell for key, cell in pairs.items() if cell}
    return found if finer_than_year and all(cell.key in found for cell in cells[-len(cells) // 2 :]) else {}
