"""Position → commune, by shape. Never: keeps a position, guesses outside every shape."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils import timezone
from shapely import STRtree, points
from shapely.geometry import shape

from haidang.access import territory
from haidang.catalog import shapes
from haidang.catalog.places import register


def unit(lat: float | None, lon: float | None) -> str:
    """The id of the commune a position (WGS 84, degrees) lies in, of the home province; "" outside or without one."""
    if lat is None or lon is None:
        return ""
    tree, ids = _tree(timezone.localdate(), territory.home())
    found = tree.query(points(lon, lat), predicate="intersects")
    return ids[int(found[0])] if len(found) else ""


def commune(code: str) -> str:
    """The unit id of a commune's code as it stands today, "" when there is none."""
    found = register().at(code, timezone.localdate()) if code else None
    return found.id if found else ""


@lru_cache(maxsize=4)
def _tree(day: date, home: str) -> tuple[STRtree, tuple[str, ...]]:
    features = shapes.shapes("commune", day, home)["features"]
    return STRtree([shape(one["geometry"]) for one in features]), tuple(one["properties"]["unit"] for one in features)
