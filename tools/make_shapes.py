"""One-off: restates the open boundaries as packs/dia-ban/shapes (gzipped GeoJSON keyed by unit id).

Usage: python tools/make_shapes.py ../shared/data   (after make_places.py)
Each shape is simplified by itself; no island is dropped. Old provinces get Hoàng Sa and Trường Sa from the set of 2025.
Never: run by the centre itself; no district's shape passes through here (their only source may not ship).
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from shapely import MultiPolygon, Polygon
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from haidang.catalog.places import SHIPPED, register_of
from haidang.words.names import fold

Feature = dict[str, Any]
OUT = SHIPPED / "shapes"
EVE, REFORM = date(2025, 6, 30), date(2025, 7, 1)
PLACES = register_of(Path("/nonexistent"))

MISNAMED = {"dong bac": "06", "dong bang song hong": "33", "dong nam bo": "75", "quang nam": "49"}
"""Shapes of the old set that carry a region's name or a slip; told apart by where they lie and how large they are."""
ODD = {"VN.DT": "87", "VN.HC": "79", "VN.TT": "46"}
ZONES = {"48": "20333", "56": "22736"}
"""Old province → today's special zone that lay in it: Hoàng Sa, Trường Sa."""
SPECK = 1e-9
"""Square degrees, about ten square metres: a stroke left by an earlier simplification, no islet."""


def polygons(geometry: BaseGeometry) -> list[Polygon]:
    return [g for g in getattr(geometry, "geoms", [geometry]) if isinstance(g, Polygon)]


def ring(points: Iterable[tuple[float, ...]], digits: int) -> list[list[float]]:
    rounded = [[round(x, digits), round(y, digits)] for x, y, *_ in points]
    return [p for at, p in enumerate(rounded) if at == 0 or p != rounded[at - 1]]


def thinned(polygon: Polygon, tolerance: float) -> list[list[list[float]]]:
    """Rings of one polygon; an islet keeps its own outline, since the tolerance would flatten it to a stroke."""
    small = polygon.area < (tolerance * 8) ** 2
    simple = polygon if small else polygon.simplify(tolerance)
    digits = 4 if small or tolerance < 0.002 else 3
    outer, *holes = [ring(line.coords, digits) for line in (simple.exterior, *simple.interiors)]
    if len(outer) < 4:
        return [ring(polygon.exterior.coords, 6)]
    return [outer, *(hole for hole in holes if len(hole) >= 4)]


def feature(unit: str, geometry: BaseGeometry, tolerance: float) -> Feature:
    parts = [thinned(p, tolerance) for p in sorted(polygons(geometry), key=lambda p: -p.area) if p.area > SPECK]
    if len(parts) == 1:
        return {"type": "Feature", "id": unit, "geometry": {"type": "Polygon", "coordinates": parts[0]}}
    return {"type": "Feature", "id": unit, "geometry": {"type": "MultiPolygon", "coordinates": parts}}


def write(name: str, features: list[Feature]) -> None:
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    file = OUT / f"{name}.geojson.gz"
    file.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{file.name}: {len(features)} shapes, {len(text):,} bytes, {file.stat().st_size:,} gzipped")


def read(path: Path) -> dict[str, BaseGeometry]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return {f["id"]: shape(f["geometry"]) for f in json.load(file)["features"]}


def standing(code: str, day: date) -> str:
    unit = PLACES.at(code, day)
    if unit is None:
        raise SystemExit(f"no unit bears {code} on {day}")
    return unit.id


class Topology:
    """A TopoJSON file: arcs are delta-coded and shared; ~i is arc i backwards."""

    def __init__(self, path: Path) -> None:
        data = json.loads(path.read_text(encoding="utf-8"))
        (self.scale, self.shift) = data["transform"]["scale"], data["transform"]["translate"]
        self.arcs = [self._decoded(arc) for arc in data["arcs"]]
        self.geometries = data["objects"]["vnm"]["geometries"]

    def _decoded(self, arc: list[list[int]]) -> list[tuple[float, float]]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * self.scale[0] + self.shift[0], y * self.scale[1] + self.shift[1]))
        return points

    def _ring(self, arcs: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for arc in arcs:
            piece = self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]
            points += piece[1:] if points else piece
        return points

    def shape(self, geometry: Feature) -> BaseGeometry:
        parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        return MultiPolygon([(self._ring(p[0]), [self._ring(hole) for hole in p[1:]]) for p in parts]).buffer(0)


def old_code(geometry: Feature) -> str:
    """The old province's code of a shape of the old set, by its id or its (mended) name."""
    name = fold((geometry["properties"]["name"] or "").removesuffix(" city"))
    if code := ODD.get(geometry["id"]) or MISNAMED.get(name):
        return code
    found = [u.code for u in PLACES.find(name, day=EVE, level="province", limit=1)]
    return found[0] if found else ""


def islet_owner(part: Polygon, communes: dict[str, BaseGeometry]) -> str:
    """The old province of an unnamed islet: that of the commune of today nearest to it."""
    near = min(communes, key=lambda code: communes[code].distance(part))
    before = PLACES.parts(standing(near, REFORM), EVE)[0][0]
    return next(u.code for u in PLACES.above(before.id, EVE) if u.level == "province")


def old_provinces(data: Path, communes: dict[str, BaseGeometry]) -> Iterator[tuple[str, BaseGeometry]]:
    topology = Topology(data / "boundaries-old-provinces-free" / "vnm.topo.json")
    whole: dict[str, list[BaseGeometry]] = {old: [communes[zone]] for old, zone in ZONES.items()}
    for geometry in topology.geometries:
        drawn = topology.shape(geometry)
        if geometry["id"] == "-99":
            for part in polygons(drawn):
                whole.setdefault(islet_owner(part, communes), []).append(part)
        else:
            whole.setdefault(old_code(geometry), []).append(drawn)
    if len(whole) != 63 or "" in whole:
        raise SystemExit(f"{len(whole)} old provinces drawn, not 63: {sorted(whole)}")
    yield from ((code, unary_union(parts)) for code, parts in sorted(whole.items()))


def main(data: Path) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    folder = data / "boundaries-2025"
    communes = read(folder / "wards_3321_simplified.geojson.gz")
    old = old_provinces(data, communes)
    write("provinces-old", [feature(standing(c, EVE), g, 0.004) for c, g in old])
    new = read(folder / "provinces_34.geojson")
    write("provinces-2025", [feature(standing(c, REFORM), g, 0.009) for c, g in sorted(new.items())])
    communes |= read(folder / "wards_20_detailed.geojson.gz") | read(folder / "wards_68_detailed.geojson.gz")
    for province in PLACES.of_level("province", REFORM):
        children = PLACES.children(province.id, REFORM)
        tolerance = {"20": 0.0006, "68": 0.0013}.get(province.code, 0.0012)
        write(f"communes-{province.code}", [feature(u.id, communes[u.code], tolerance) for u in children])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
