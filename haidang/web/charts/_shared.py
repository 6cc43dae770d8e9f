"""What chart kinds share: points with their written text, axes, the grid, the beam on the current value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from haidang.web import formats
from haidang.web.charts import Style
from haidang.words.nouns import Answer, Cell
from haidang.words.texts import text

GRID = {"left": 4, "right": 12, "top": 26, "bottom": 4, "outerBoundsMode": "same", "outerBoundsContain": "axisLabel"}
SEA, SECOND, SOFT, FAINT = "var(--sea)", "var(--sea-2)", "var(--soft)", "var(--faint)"
BEAM, LAMP = "var(--beam)", "var(--lamp)"
"""The one light on the current value: as text, and as a shape."""
BY_TIME = ("day", "month", "quarter", "year")


def written(cell: Cell, answer: Answer, style: Style) -> str:
    """The value with its unit, or why there is none."""
    if cell.value is None:
        return text(f"why.{cell.reason or 'no-data'}", style.language)
    return formats.with_unit(cell.value, answer.unit, style.language, style.digits)


def point(cell: Cell, answer: Answer, style: Style) -> dict[str, Any]:
    return {"value": cell.value, "text": written(cell, answer, style)}


def lit(made: dict[str, Any], cell: Cell, style: Style, *, align: str = "center") -> dict[str, Any]:
    """The point to look at: in the beam's colour, its number written beside it."""
    label = {
        "show": True,
        "position": "top",
        "align": align,
        "backgroundColor": "var(--panel)",
        "padding": [1, 3],
        "borderRadius": 3,
        "color": BEAM,
        "fontWeight": 600,
        "formatter": formats.number(cell.value, style.language, style.digits),
    }
    return {**made, "symbol": "circle", "symbolSize": 9, "itemStyle": {"color": LAMP}, "label": label}


def over_time(answer: Answer) -> tuple[Cell, ...]:
    """The series, or the breakdown when it is one of time."""
    return answer.series or (answer.cells if answer.question.by in BY_TIME else ())


def name(cell: Cell, answer: Answer, style: Style) -> str:
    """How a cell is called on an axis: a period in short, else its label."""
    timely = cell in answer.series or answer.question.by in BY_TIME
    return formats.short_period(cell.key, style.language) if timely else (cell.label or cell.key)


def drawable(cells: Sequence[Cell]) -> bool:
    return any(cell.value is not None for cell in cells)


def last_known(cells: Sequence[Cell]) -> int:
    """Index of the newest cell with a value, -1 when there is none."""
    return max((index for index, cell in enumerate(cells) if cell.value is not None), default=-1)


def categories(names: Sequence[str], **more: Any) -> dict[str, Any]:
    label = {"alignMinLabel": "left", "alignMaxLabel": "right"} if not more.get("inverse") else {}
    return {"type": "category", "data": list(names), "axisLabel": label, **more}


def values(**more: Any) -> dict[str, Any]:
    return {"type": "value", "splitNumber": 3, "axisLine": {"show": False}, **more}
