"""Where reports crowd: a field of warmth over the places, from cells of a grid (`latitude,longitude` as their keys)."""

from __future__ import annotations

from typing import Any

from haidang.web.charts import Style
from haidang.web.maps import choropleth
from haidang.words.nouns import Answer, Cell

RAMP = ((0.08, "var(--s1)"), (0.25, "var(--s2)"), (0.45, "var(--s3)"), (0.7, "var(--s4)"), (1.0, "var(--s5)"))
CLEAR = "rgba(0,0,0,0)"


def layers(answer: Answer, style: Style) -> dict[str, Any]:
    """`shapes`, `layers`, and `sources` with a point per cell (its value as `weight`); {} when no cell has a value."""
    points = [found for cell in answer.cells if cell.value and (found := _point(cell))]
    if not points:
        return {}
    most = max(point["properties"]["weight"] for point in points)
    return {
        "shapes": choropleth.shapes_address(answer, style),
        "sources": {"spots": {"type": "geojson", "data": {"type": "FeatureCollection", "features": points}}},
        "layers": [
            {"id": "areas", "type": "fill", "source": "places", "paint": {"fill-color": choropleth.EMPTY}},
            _line("edges", {"line-color": "var(--line)", "line-width": 0.8}),
            {"id": "warmth", "type": "heatmap", "source": "spots", "paint": _paint(most)},
        ],
        "tips": {},
        "links": {},
        "legend": [],
    }


def _point(cell: Cell) -> dict[str, Any] | None:
    """The middle of the cell; None for what has no position."""
    lat, comma, lon = cell.key.partition(",")
    if not comma:
        return None
    place = {"type": "Point", "coordinates": [float(lon), float(lat)]}
    return {"type": "Feature", "geometry": place, "properties": {"weight": cell.value}}


def _line(name: str, paint: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "type": "line", "source": "places", "paint": paint}


def _paint(most: float) -> dict[str, Any]:
    """The busiest cell alone reaches the strongest colour; many weak ones side by side add up."""
    colour: list[Any] = ["interpolate", ["linear"], ["heatmap-density"], 0, CLEAR]
    for at, name in RAMP:
        colour += [at, name]
    return {
        "heatmap-weight": ["^", ["/", ["get", "weight"], most], 0.5],
        "heatmap-intensity": ["interpolate", ["linear"], ["zoom"], 7, 0.9, 12, 1.6],
        "heatmap-radius": ["interpolate", ["linear"], ["zoom"], 7, 14, 10, 34, 13, 90],
        "heatmap-color": colour,
        "heatmap-opacity": 0.9,
    }
