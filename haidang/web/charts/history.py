"""A line over time that also marks the day the country's places were merged, when it lies inside the line.

Never: computes; figures before that day are what the Answer gave for today's place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from haidang.catalog.shapes import REFORM
from haidang.web import formats
from haidang.web.charts import Drawing, Style, line
from haidang.web.charts import _shared as shared
from haidang.words.errors import BadQuestion
from haidang.words.nouns import Answer, Cell
from haidang.words.periods import parse
from haidang.words.texts import text


def draw(answer: Answer, style: Style) -> Drawing:
    """The line of `line`, taller, with the merger's mark."""
    made = line.draw(answer, style)
    if not made.option:
        return made
    first = made.option["series"][0]
    shown = shared.over_time(answer)[-len(first["data"]) :]
    if (at := _merger(shown)) is not None:
        first["markLine"] = _mark(formats.short_period(shown[at].key, style.language), style)
    return Drawing(made.element, made.option, "high" if len(shown) > 2 else "low")


def _merger(cells: Sequence[Cell]) -> int | None:
    """Index of the period in which the places were merged, when there are figures on both of its sides."""
    try:
        starts = [parse(cell.key).start for cell in cells]
    except BadQuestion:
        return None
    after = [index for index, start in enumerate(starts) if start >= REFORM]
    return after[0] if after and after[0] > 0 else None


def _mark(at: str, style: Style) -> dict[str, Any]:
    label = {"formatter": text("fiche.merger", style.language), "position": "insideEndTop", "rotate": 0}
    return {
        "symbol": "none",
        "silent": True,
        "animation": False,
        "lineStyle": {"color": shared.FAINT, "type": "dashed", "width": 1},
        "label": {**label, "color": shared.SOFT, "align": "left"},
        "data": [{"xAxis": at}],
    }
