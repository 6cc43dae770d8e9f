"""Position → commune, by shape. Never: keeps a position, guesses outside every shape."""

from __future__ import annotations

from collections.abc import Sequence
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


def units(positions: Sequence[tuple[float | None, float | None]]) -> list[str]:
    """The same for many positions (lat, lon) at once."""
    told = [(n, lat, lon) for n, (lat, lon) in enumerate(positions) if lat is not None and lon is not None]
    found = [""] * len(positions)
    if told:
        tree, ids = _tree(timezone.localdate(), territory.home())
        where = points([lon for _, _, lon in told], [lat for _, lat, _ in told])
        for at, shape_at in zip(*tree.query(where, predicate="intersects").tolist(), strict=True):
            found[told[at][0]] = found[told[at][0]] or ids[shape_at]
    return found


def middles() -> tuple[tuple[float, float], ...]:
    """A point (lat, lon) within each commune of the home province."""
    tree, _ = _tree(timezone.localdate(), territory.home())
    inner = [one.representative_point() for one in tree.geometries]
    return tuple((one.y, one.x) for one in inner)


def commune(code: str) -> str:
    """The unit id of a commune's code as it stands today, "" when there is none."""
    found = register().at(code, timezone.localdate()) if code else None
    return found.id if found else ""


def inside(unit: str) -> bool:
    """Whether a unit id is of this centre."""
    return bool(unit) and unit in territory.inside(territory.home())


@lru_cache(maxsize=4)
def _tree(day: date, home: str) -> tuple[STRtree, tuple[str, ...]]:
    features = shapes.shapes("commune", day, home)["features"]
    return STRtree([shape(one["geometry"]) for one in features]), tuple(one["properties"]["unit"] for one in features)
