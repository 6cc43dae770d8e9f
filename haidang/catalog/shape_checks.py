"""What an imported map must be: sound GeoJSON in degrees, of units that exist, with the islands that belong to them.

Never: repairs a shape; a file with one fault is refused whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from haidang.words.errors import Problem
from haidang.words.places import Register, Unit

LON, LAT = (101.0, 118.5), (5.5, 24.0)
"""Degrees the country lies within, Trường Sa included."""

MOST_FEATURES, MOST_PROBLEMS = 20_000, 200

ISLANDS = {
    "48": ("Hoàng Sa", (110.5, 113.5), (15.0, 17.6)),
    "20333": ("Hoàng Sa", (110.5, 113.5), (15.0, 17.6)),
    "56": ("Trường Sa", (109.0, 118.5), (5.5, 12.2)),
    "22736": ("Trường Sa", (109.0, 118.5), (5.5, 12.2)),
}
"""By code: the archipelago its shape must reach, with the degrees of longitude and latitude it lies in."""

_MAINLAND_EAST = 109.6  # Trường Sa lies east of the whole mainland coast


def faults_of(data: Any, places: Register, name: str) -> tuple[list[tuple[Unit, dict[str, Any]]], tuple[Problem, ...]]:
    """The units with their geometries, and every fault (at most MOST_PROBLEMS) with `file:feature`."""
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or not features or data.get("type") != "FeatureCollection":
        return [], (Problem("shape-no-collection", name),)
    if len(features) > MOST_FEATURES:
        return [], (Problem("shape-too-many", name, found=str(len(features)), expected=str(MOST_FEATURES)),)
    found: dict[str, tuple[Unit, dict[str, Any]]] = {}
    problems: list[Problem] = []
    for number, feature in enumerate(features, 1):
        unit, faults = _checked(feature, places, f"{name}:{number}")
        if unit and unit.id in found:
            faults = [*faults, Problem("shape-twice", f"{name}:{number}", found=unit.name)]
        if unit and not faults:
            found[unit.id] = (unit, feature["geometry"])
        problems += faults
    return list(found.values()), tuple(problems[:MOST_PROBLEMS])


def _checked(feature: Any, places: Register, where: str) -> tuple[Unit | None, list[Problem]]:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        return None, [Problem("shape-no-feature", where)]
    key = _key(feature)
    unit = _unit(key, places)
    faults = [] if unit else [Problem("shape-unknown-place", where, found=key[:60])]
    problem = _geometry_fault(feature.get("geometry"), where)
    if problem:
        return unit, [*faults, problem]
    if unit and unit.code in ISLANDS and not _reaches(feature["geometry"], unit.code):
        faults.append(Problem("shape-islands-missing", where, found=unit.name, expected=ISLANDS[unit.code][0]))
    return unit, faults


def _key(feature: dict[str, Any]) -> str:
    properties = feature.get("properties") or {}
    return str(feature.get("id") or properties.get("unit") or properties.get("code") or "")


def _unit(key: str, places: Register) -> Unit | None:
    if "@" in key:
        return next((unit for unit in places.versions(key.partition("@")[0]) if unit.id == key), None)
    return next((unit for unit in places.versions(key) if unit.end is None), None)


def _geometry_fault(geometry: Any, where: str) -> Problem | None:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        return Problem("shape-wrong-kind", where, found=str(kind)[:40])
    coordinates = geometry.get("coordinates")
    parts = coordinates if kind == "MultiPolygon" else [coordinates]
    if not isinstance(parts, list) or not parts:
        return Problem("shape-bad-ring", where)
    rings = [ring for part in parts for ring in (part if isinstance(part, list) and part else [None])]
    return next((fault for ring in rings if (fault := _ring_fault(ring, where))), None)


def _ring_fault(ring: Any, where: str) -> Problem | None:
    if not isinstance(ring, list) or len(ring) < 4 or not all(_is_point(point) for point in ring):
        return Problem("shape-bad-ring", where)
    if ring[0][:2] != ring[-1][:2]:
        return Problem("shape-open-ring", where)
    astray = next((p for p in ring if not (LON[0] <= p[0] <= LON[1] and LAT[0] <= p[1] <= LAT[1])), None)
    return Problem("shape-astray", where, found=f"{astray[0]}, {astray[1]}") if astray else None


def _is_point(point: Any) -> bool:
    """Two or three numbers; true and false are numbers to Python, not to a map."""
    return isinstance(point, list) and len(point) in {2, 3} and all(type(value) in {int, float} for value in point)


def _points(geometry: dict[str, Any]) -> Iterator[list[float]]:
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    yield from (point for part in parts for ring in part for point in ring)


def _reaches(geometry: dict[str, Any], code: str) -> bool:
    _, lon, lat = ISLANDS[code]
    west = max(lon[0], _MAINLAND_EAST)
    return any(west <= x <= lon[1] and lat[0] <= y <= lat[1] for x, y, *_ in _points(geometry))
