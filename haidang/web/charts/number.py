"""The number alone: nothing is drawn beside what every tile shows already."""

from __future__ import annotations

from haidang.web.charts import Drawing, Style
from haidang.words.nouns import Answer


def draw(answer: Answer, style: Style) -> Drawing:
    return Drawing()
