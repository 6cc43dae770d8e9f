"""A small line beside a number, as inline SVG made on the server: prints, needs no script."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from haidang.web import formats
from haidang.web.charts import Drawing, Style
from haidang.words.nouns import Answer, Cell
from haidang.words.texts import text

WIDTH, HEIGHT, EDGE = 100.0, 30.0, 4.0


def draw(answer: Answer, style: Style) -> Drawing:
    return Drawing()


def svg(answer: Answer, style: Style) -> SafeString:
    """The drawing, "" with fewer than two known values."""
    places = _places(answer.series)
    if len(places) < 2:
        return SafeString("")
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    return format_html(
        '<svg class="spark" viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<polyline points="{}"/><path class="now" d="M{} {}h.01"/></svg>',
        _said(answer, style),
        line,
        f"{x:.1f}",
        f"{y:.1f}",
    )


def _places(cells: Sequence[Cell]) -> list[tuple[float, float]]:
    known = [(index, cell.value) for index, cell in enumerate(cells) if cell.value is not None]
    if len(known) < 2:
        return []
    low, high = min(value for _, value in known), max(value for _, value in known)
    first, last = known[0][0], known[-1][0]
    wide, tall = (WIDTH - EDGE) / (last - first), (HEIGHT - 2 * EDGE) / ((high - low) or 1)
    return [((index - first) * wide, HEIGHT - EDGE - (value - low) * tall) for index, value in known]


def _said(answer: Answer, style: Style) -> str:
    known = [cell for cell in answer.series if cell.value is not None]
    first, last = (formats.number(cell.value, style.language, style.digits) for cell in (known[0], known[-1]))
    return text("tile.trend-label", style.language, title=answer.title.in_(style.language), first=first, last=last)
