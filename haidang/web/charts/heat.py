"""Two groups against each other as a field of squares (weekday × hour), the fuller the darker.

A cell's key reads `row|column`. The strongest squares carry their number; the table beside it has them all.
"""

from __future__ import annotations

from typing import Any

from haidang.web import formats
from haidang.web.charts import Drawing, Style
from haidang.web.charts import _shared as shared
from haidang.words.nouns import Answer, Cell

STEPS = 5
WEEK = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
"""Rows in this order from the top; others follow by their names."""
WEEK_EN = dict(zip(WEEK, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True))


def draw(answer: Answer, style: Style) -> Drawing:
    known = [cell for cell in answer.cells if cell.value is not None and "|" in cell.key]
    if not known:
        return Drawing()
    rows = sorted({_part(cell, 0) for cell in known}, key=_row)
    columns = _columns({_part(cell, 1) for cell in known})
    most = max(cell.value or 0 for cell in known)
    option = {
        "grid": {**shared.GRID, "top": 4},
        "tooltip": {"trigger": "item"},
        "xAxis": shared.categories(columns, splitArea={"show": False}),
        "yAxis": shared.categories([_said(row, style) for row in rows], inverse=True),
        "series": [{"type": "heatmap", "data": [_square(c, (rows, columns), most, (answer, style)) for c in known]}],
    }
    return Drawing("hd-chart", option)


def _part(cell: Cell, index: int) -> str:
    return cell.key.split("|")[index]


def _columns(names: set[str]) -> list[str]:
    """In order; of hours or other numbers also those in between, so that an empty one is seen as empty."""
    if not all(name.isdecimal() for name in names):
        return sorted(names)
    wide = max(map(len, names))
    return [f"{number:0{wide}d}" for number in range(min(map(int, names)), max(map(int, names)) + 1)]


def _row(name: str) -> tuple[int, str]:
    return (WEEK.index(name) if name in WEEK else len(WEEK), name)


def _said(row: str, style: Style) -> str:
    return WEEK_EN.get(row, row) if style.language == "en" else row


def _square(cell: Cell, axes: tuple[list[str], list[str]], most: float, about: tuple[Answer, Style]) -> dict[str, Any]:
    answer, style = about
    rows, columns = axes
    value = cell.value or 0
    step = min(STEPS, 1 + int(STEPS * value / most)) if most else 1
    place = [columns.index(_part(cell, 1)), rows.index(_part(cell, 0)), value]
    written = formats.number(value, style.language, style.digits)
    return {
        "value": place,
        "name": f"{_said(_part(cell, 0), style)} {_part(cell, 1)}",
        "text": shared.written(cell, answer, style),
        "itemStyle": {"color": f"var(--s{step})", "borderColor": "var(--panel)", "borderWidth": 1},
        "label": {"show": step == STEPS, "color": "var(--panel)", "formatter": written},
    }
