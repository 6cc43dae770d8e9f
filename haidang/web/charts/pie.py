"""Shares of a whole as a ring: at most six, largest first, the rest left to the table; sea blues only."""

from __future__ import annotations

from typing import Any

from haidang.web import formats
from haidang.web.charts import Drawing, Style
from haidang.web.charts import _shared as shared
from haidang.words.nouns import Answer, Cell

COLOURS = ("var(--sea)", "var(--sea-2)", "var(--s5)", "var(--s3)", "var(--s2)", "var(--none)")


def draw(answer: Answer, style: Style) -> Drawing:
    known = [cell for cell in answer.cells if cell.value is not None and cell.value > 0]
    cells = sorted(known, key=lambda cell: -(cell.value or 0))
    if not cells or len(cells) > len(COLOURS):
        return Drawing()
    slices = [_slice(cell, colour, answer, style) for cell, colour in zip(cells, COLOURS, strict=False)]
    ring = {
        "type": "pie",
        "radius": ["40%", "60%"],
        "data": slices,
        "label": {"color": shared.SOFT, "formatter": "{b}"},
        "labelLine": {"lineStyle": {"color": shared.FAINT}},
        "itemStyle": {"borderColor": "var(--panel)", "borderWidth": 2},
    }
    return Drawing("hd-chart", {"tooltip": {"trigger": "item"}, "series": [ring]})


def _slice(cell: Cell, colour: str, answer: Answer, style: Style) -> dict[str, Any]:
    name = f"{shared.name(cell, answer, style)} {formats.number(cell.value, style.language, style.digits)}"
    return {**shared.point(cell, answer, style), "name": name, "itemStyle": {"color": colour}}
