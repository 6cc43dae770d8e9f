"""Places coloured by value: the choropleth of web/maps as a tile."""

from __future__ import annotations

from haidang.web.charts import Drawing, Style
from haidang.web.maps import choropleth
from haidang.words.nouns import Answer


def draw(answer: Answer, style: Style) -> Drawing:
    """The country with its islands is high and narrow: its map is taller."""
    plan = choropleth.layers(answer, style)
    size = "tall" if answer.place.partition("@")[0] == "VN" else ""
    return Drawing("hd-map", plan, size) if plan else Drawing()
