"""Places coloured in five steps of sea by their value; what has no figure stays plain and says so."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import Any

from haidang.web import formats
from haidang.web.charts import Style
from haidang.words.nouns import Answer, Cell
from haidang.words.periods import parse
from haidang.words.texts import text

STEPS = 5
EMPTY = "var(--s0)"


def layers(answer: Answer, style: Style) -> dict[str, Any]:
    """`shapes`, `layers`, `tips` and `links` by place code, `legend` of each step; {} when no place has a cell."""
    cells = {_code(cell): cell for cell in answer.cells}
    if not cells or answer.question.by != "place":
        return {}
    limits = breaks([cell.value for cell in cells.values() if cell.value is not None])
    return {
        "shapes": shapes_address(answer, style),
        "layers": _layers({code: step(cell.value, limits) for code, cell in cells.items()}, style.chosen),
        "tips": {code: _tip(cell, answer, style) for code, cell in cells.items()},
        "links": {code: f"/places/{code}{style.query}" for code in cells},
        "legend": legend(limits, style),
    }


def shapes_address(answer: Answer, style: Style) -> str:
    """Which shapes: those of the breakdown's level inside the place asked about, as they stood then."""
    codes = [_code(cell) for cell in answer.cells] if answer.question.by == "place" else [""]
    level = {2: "province", 3: "district"}.get(max(map(len, codes)), "commune")
    inside = answer.place.partition("@")[0] or "VN"
    return f"/map/shapes/{level}/{inside}.json?on={_last_day(answer.period)}"


def _last_day(code: str) -> str:
    return parse(code).end.isoformat() if code else ""


def _code(cell: Cell) -> str:
    return cell.key.partition("@")[0]


def breaks(values: list[float]) -> list[float]:
    """Inner limits of steps that hold about as many places each; fewer when the values do not differ enough."""
    known = sorted(values)
    if not known:
        return []
    found = [known[len(known) * index // STEPS] for index in range(1, STEPS)]
    return sorted({limit for limit in found if limit > known[0]})


def step(value: float | None, limits: list[float]) -> int:
    """1 the lowest … 5 the highest, 0 without a figure; with few limits the upper steps are used."""
    if value is None:
        return 0
    return bisect_right(limits, value) + max(1, STEPS - len(limits))


def _layers(steps: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    colour: list[Any] = ["match", ["get", "code"]]
    for number in range(1, STEPS + 1):
        if codes := sorted(code for code, its in steps.items() if its == number):
            colour += [codes, f"var(--s{number})"]
    fill: Any = [*colour, EMPTY] if len(colour) > 2 else EMPTY
    over = ["boolean", ["feature-state", "over"], False]
    return [
        {"id": "areas", "type": "fill", "source": "places", "paint": {"fill-color": fill}},
        {
            "id": "edges",
            "type": "line",
            "source": "places",
            "paint": {"line-color": "var(--panel)", "line-width": ["case", over, 0, 0.9]},
        },
        {
            "id": "over",
            "type": "line",
            "source": "places",
            "paint": {"line-color": "var(--ink)", "line-width": ["case", over, 2, 0]},
        },
        {
            "id": "chosen",
            "type": "line",
            "source": "places",
            "filter": ["==", ["get", "code"], chosen],
            "paint": {"line-color": "var(--beam)", "line-width": 2.4},
        },
    ]


def _tip(cell: Cell, answer: Answer, style: Style) -> list[str]:
    said = formats.with_unit(cell.value, answer.unit, style.language, style.digits)
    why = text(f"why.{cell.reason or 'no-data'}", style.language)
    return [cell.label, said if cell.value is not None else why, formats.period(answer.period, style.language)]


def legend(limits: list[float], style: Style) -> list[dict[str, str]]:
    """Each step with the class of its colour and what it means: `dưới 5`, `5 – 8`, `từ 8`."""
    written = [formats.number(limit, style.language, style.digits) for limit in limits]
    base = max(1, STEPS - len(limits))
    if not limits:
        return [{"step": f"s{STEPS}", "text": text("tile.any", style.language)}]
    first = text("tile.below", style.language, limit=written[0])
    middle = [f"{low} – {high}" for low, high in pairwise(written)]
    last = text("tile.from", style.language, limit=written[-1])
    return [{"step": f"s{base + index}", "text": said} for index, said in enumerate([first, *middle, last])]
