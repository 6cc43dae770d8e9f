"""Published results counted, for the public's map and list: how many in all, of each commune, how many are content.

Never: writes, counts what is not published, tells a position finer than `reads.Published`.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import cos, radians

from django.db.models import Count
from django.utils import timezone
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from haidang.access import territory
from haidang.cases import reads
from haidang.cases.models import Case
from haidang.cases.reads import Sought
from haidang.catalog import shapes
from haidang.words.nouns import Actor

WIDE = 1000
"""Units of the drawing across; its height follows the ground."""
_FINE = 0.0022
"""Degrees a border may be moved by: a drawing of a whole province in few bytes."""


@dataclass(frozen=True)
class Counted:
    """`units`: unit id → how many; `good`: share of ratings 2 and 3, None where fewer than `FEW` rated."""

    total: int
    units: dict[str, int]
    rated: int
    good: float | None


FEW = 5
_MOST_KEPT = 200
_kept: OrderedDict[Hashable, Counted] = OrderedDict()


def counted(who: Actor, sought: Sought | None = None) -> Counted:
    """Of the published results that answer to `sought`; counted anew when any Case changed, and every minute."""
    newest = Case.objects.order_by("-changed").values_list("number", "changed").first()
    key = (who.name, sought or Sought(), newest, int(time.time() // 60))
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = _counted(who, sought)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _counted(who: Actor, sought: Sought | None) -> Counted:
    rows = reads.results(who, sought).order_by()
    units = dict(rows.values_list("unit").annotate(many=Count("number")))
    ratings = dict(rows.filter(rating__isnull=False).values_list("rating").annotate(many=Count("number")))
    rated = sum(ratings.values())
    good = sum(many for rating, many in ratings.items() if rating >= 2) / rated if rated >= FEW else None
    return Counted(sum(units.values()), units, rated, good)


@dataclass(frozen=True)
class Drawn:
    """A commune on the drawing: its outline as an SVG path, and where its middle is."""

    unit: str
    code: str
    name: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Ground:
    """The home province as a drawing `WIDE` × `high`; `at` puts a position on it."""

    drawn: tuple[Drawn, ...]
    high: int
    west: float
    north: float
    scale: float
    squeeze: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        return round((lon - self.west) * self.squeeze * self.scale, 1), round((self.north - lat) * self.scale, 1)


def ground() -> Ground:
    """The communes of the home province as they stand today."""
    return _ground(timezone.localdate(), territory.home())


@lru_cache(maxsize=2)
def _ground(day: date, home: str) -> Ground:
    features = shapes.shapes("commune", day, home)["features"]
    outlines = [(one["properties"], shape(one["geometry"])) for one in features]
    if not outlines:
        return Ground((), 1, 0.0, 0.0, 1.0, 1.0)
    west, south, east, north = _bounds(outline for _, outline in outlines)
    squeeze = cos(radians((south + north) / 2))
    scale = WIDE / ((east - west) * squeeze)
    empty = Ground((), round((north - south) * scale), west, north, scale, squeeze)
    drawn = tuple(
        Drawn(said["unit"], said["code"], said["name"], _path(outline, empty), *_middle(outline, empty))
        for said, outline in outlines
    )
    return Ground(drawn, empty.high, west, north, scale, squeeze)


def _bounds(outlines: Iterable[BaseGeometry]) -> tuple[float, float, float, float]:
    west, south, east, north = zip(*(outline.bounds for outline in outlines), strict=True)
    return min(west), min(south), max(east), max(north)


def _middle(outline: BaseGeometry, on: Ground) -> tuple[float, float]:
    point = outline.representative_point()
    return on.at(point.y, point.x)


def _path(outline: BaseGeometry, on: Ground) -> str:
    """Whole numbers, relative steps: a third of the bytes."""
    simple = outline.simplify(_FINE)
    parts = simple.geoms if isinstance(simple, MultiPolygon) else (simple,)
    return "".join(_ring(part, on) for part in parts if isinstance(part, Polygon) and part.area > _FINE**2)


def _ring(part: Polygon, on: Ground) -> str:
    points = [tuple(map(round, on.at(lat, lon))) for lon, lat in part.exterior.coords]
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(points) if (x, y) != (a, b)]
    return f"M{points[0][0]} {points[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps[:-1]) + "z"


__all__ = ["FEW", "WIDE", "Counted", "Drawn", "Ground", "counted", "ground"]
