"""Where things crowd on the map: the field of warmth of web/maps as a tile."""

from __future__ import annotations

from haidang.web.charts import Drawing, Style
from haidang.web.maps import hotspots
from haidang.words.nouns import Answer


def draw(answer: Answer, style: Style) -> Drawing:
    plan = hotspots.layers(answer, style)
    return Drawing("hd-map", plan) if plan else Drawing()
