"""The table alone: the tile shows its rows open instead of folded beneath a drawing."""

from __future__ import annotations

from haidang.web.charts import Drawing, Style
from haidang.words.nouns import Answer


def draw(answer: Answer, style: Style) -> Drawing:
    return Drawing(element="table") if answer.cells or answer.series else Drawing()
