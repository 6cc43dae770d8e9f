"""Cases as points on the map of places: of one Case and those near it, of a whole list, and how dense they lie.

Never: holds who sent one. A map without streets: the shapes of communes are what this centre has of the ground.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from haidang.access import territory
from haidang.cases import reads
from haidang.cases.faces import Line
from haidang.cases.reads import Sought
from haidang.web.cases import lines
from haidang.web.cases.names import Names
from haidang.web.page import Visit

COLOURS = {"bad": "var(--bad)", "warn": "var(--warn)", "watch": "var(--watch)", "good": "var(--good)"}
NEAR_DEGREES = 0.004
"""About 400 m."""
MOST_NEAR = 20


def around(seen: Visit, line: Line, names: Names) -> dict[str, Any]:
    """The drawing of one Case within its commune and the open ones near it; {} without a position."""
    if line.lat is None or line.lon is None:
        return {}
    code = line.unit.partition("@")[0] or territory.home().partition("@")[0]
    beside = [feature(one, names, seen) for one in near(seen, line)]
    own = feature(line, names, seen)
    own["properties"] |= {"own": 1, "href": ""}
    return {
        "shapes": f"/map/shapes/commune/{code}.json",
        "layers": [*ground(), *dots()],
        "tips": {},
        "sources": source([*beside, own]),
    }


def near(seen: Visit, line: Line) -> tuple[Line, ...]:
    """Other open Cases close by."""
    lat, lon = line.lat or 0.0, line.lon or 0.0
    box = (lon - NEAR_DEGREES, lat - NEAR_DEGREES, lon + NEAR_DEGREES, lat + NEAR_DEGREES)
    found = reads.cases(seen.who, Sought(desk=line.desk, states=("open",), box=box), size=MOST_NEAR + 1)
    return tuple(one for one in found if one.number != line.number)[:MOST_NEAR]


def feature(line: Line, names: Names, seen: Visit) -> dict[str, Any]:
    """One Case as GeoJSON: what its tip says, where it leads, the colour of its clock."""
    clock = lines.clock(line, seen.now, seen.language)
    tip = [f"{line.number} · {line.title}", names.category(line.desk, line.category), names.state(line.state)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(line.lon or 0, 5), round(line.lat or 0, 5)]},
        "properties": {"tip": [*tip, clock.words], "href": f"/cases/{line.number}", "mark": clock.mark},
    }


def ground() -> list[dict[str, Any]]:
    """The shapes beneath: plain, edged, none of them a figure."""
    over = ["boolean", ["feature-state", "over"], False]
    return [
        {"id": "areas", "type": "fill", "source": "places", "paint": {"fill-color": "var(--s0)"}},
        {"id": "edges", "type": "line", "source": "places", "paint": {"line-color": "var(--edge)", "line-width": 0.8}},
        {
            "id": "over",
            "type": "line",
            "source": "places",
            "paint": {"line-color": "var(--ink)", "line-width": ["case", over, 1.6, 0]},
        },
    ]


def dots() -> list[dict[str, Any]]:
    """Each Case a dot coloured by its clock; one's own larger and ringed."""
    colour: list[Any] = ["match", ["get", "mark"], *(part for pair in COLOURS.items() for part in pair), "var(--sea)"]
    own = ["==", ["get", "own"], 1]
    grown = ["interpolate", ["linear"], ["zoom"], 8, ["case", own, 8, 3.5], 13, ["case", own, 10, 7]]
    paint = {
        "circle-color": colour,
        "circle-radius": grown,
        "circle-stroke-color": ["case", own, "var(--lamp)", "var(--panel)"],
        "circle-stroke-width": ["case", own, 3, 1.2],
    }
    first = ["match", ["get", "mark"], "bad", 4, "warn", 3, "watch", 2, "good", 0, 1]
    above = {"circle-sort-key": ["case", own, 9, first]}
    return [{"id": "dots", "type": "circle", "source": "points", "layout": above, "paint": paint}]


def heat() -> list[dict[str, Any]]:
    """How dense they lie, in steps of sea; `many` of a cell is its weight."""
    ramp = [0, "rgba(0,0,0,0)", 0.2, "var(--s2)", 0.45, "var(--s3)", 0.75, "var(--s4)", 1, "var(--s5)"]
    paint = {
        "heatmap-weight": ["get", "many"],
        "heatmap-radius": ["interpolate", ["exponential", 1.6], ["zoom"], 7, 10, 13, 60],
        "heatmap-color": ["interpolate", ["linear"], ["heatmap-density"], *ramp],
        "heatmap-opacity": 0.85,
    }
    return [{"id": "heat", "type": "heatmap", "source": "points", "paint": paint}]


def source(features: Iterable[dict[str, Any]], name: str = "points") -> dict[str, Any]:
    """Points as the map takes them."""
    return {name: {"type": "geojson", "data": {"type": "FeatureCollection", "features": list(features)}}}
