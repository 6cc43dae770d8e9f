"""Shapes of places for maps: GeoJSON by level, day and territory; and importing better ones.

Shipped shapes lie in packs/dia-ban/shapes, those of the house under HAIDANG_HOME/places/shapes and go first.
Never: draws a shape on a day it is not true of; changes what a caller was given (copy before adding to it).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from haidang.catalog.places import SHIPPED, home, register_of
from haidang.catalog.shape_checks import faults_of
from haidang.words.errors import PackProblem, Problem
from haidang.words.places import Register, Unit

REFORM = date(2025, 7, 1)
"""From this day the map has the provinces and communes of two-tier government; before it the 63 provinces."""

LARGEST = 60_000_000
"""Bytes of an imported file, unpacked."""

_FOLDER = SHIPPED / "shapes"
Geometry = dict[str, Any]


def shapes(level: str, day: date, inside: str = "") -> dict[str, Any]:
    """A FeatureCollection of the units of a level in force on `day` (inside a unit's territory when given).

    Each feature has `id` = code and properties `unit`, `code`, `name`; degrees, WGS 84. A unit whose shape is not
    known (districts, communes before the reform, provinces before a split) has no feature.
    """
    return shapes_of(home(), level, day, inside)


def shapes_of(home: Path, level: str, day: date, inside: str = "") -> dict[str, Any]:
    """The same for a given home."""
    places = register_of(home)
    units = places.of_level(level, day, inside)
    known = (*_imported(_stamps(home)), *(_read(file) for file in _files(places, units, day)))
    drawn = ((unit, _geometry(places, unit, known)) for unit in units)
    return {"type": "FeatureCollection", "features": [_feature(unit, shape) for unit, shape in drawn if shape]}


def import_shapes(file: Path, home: Path) -> tuple[Unit, ...]:
    """Check a GeoJSON file (plain or .gz) and keep it under `home/places/shapes`, preferred over what is shipped.

    A feature's `id` (or property `unit` or `code`) is a unit id, or a code: then the unit in force now.
    Returns the units it draws; raises PackProblem with every fault, keeping nothing.
    """
    try:
        content = _unpacked(file)
        data = json.loads(content)
    except (OSError, EOFError, ValueError, RecursionError, zlib.error):
        raise PackProblem((Problem("shape-file-unreadable", file.name, expected="GeoJSON, UTF-8"),)) from None
    found, problems = faults_of(data, register_of(home), file.name)
    if problems:
        raise PackProblem(problems)
    _keep(found, hashlib.sha256(content).hexdigest()[:12], home / "places" / "shapes")
    return tuple(unit for unit, _ in found)


def _unpacked(file: Path) -> bytes:
    with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise PackProblem((Problem("place-file-too-large", file.name, expected=f"{LARGEST:,}"),))
    return content


def _keep(found: list[tuple[Unit, Geometry]], digest: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    kept = sorted(folder.glob("[0-9]*.geojson.gz"))
    if kept and kept[-1].name.endswith(f"-{digest}.geojson.gz"):
        return
    features = [{"type": "Feature", "id": unit.id, "geometry": geometry} for unit, geometry in found]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    target = folder / f"{len(kept) + 1:04d}-{digest}.geojson.gz"
    draft = folder / f".{target.name}.{os.getpid()}"
    draft.write_bytes(gzip.compress(text.encode(), 6))
    draft.replace(target)


def _feature(unit: Unit, geometry: Geometry) -> dict[str, Any]:
    properties = {"unit": unit.id, "code": unit.code, "name": unit.name}
    return {"type": "Feature", "id": unit.code, "properties": properties, "geometry": geometry}


def _files(places: Register, units: Iterable[Unit], day: date) -> Iterator[Path]:
    """The shipped files that may hold these units."""
    levels = {unit.level for unit in units}
    if "province" in levels:
        yield _FOLDER / ("provinces-2025.geojson.gz" if day >= REFORM else "provinces-old.geojson.gz")
    if "commune" in levels and day >= REFORM:
        parents = {unit.parent.partition("@")[0] for unit in units}
        yield from (file for code in sorted(parents) if (file := _FOLDER / f"communes-{code}.geojson.gz").exists())


def _geometry(places: Register, unit: Unit, known: tuple[dict[str, Geometry], ...]) -> Geometry | None:
    """The unit's own shape, else that of another version of its code with the same territory (a change of name)."""
    for shapes in known:
        if unit.id in shapes:
            return shapes[unit.id]
    same = (other.id for other in places.versions(unit.code) if other.id != unit.id and _alike(places, unit, other))
    return next((shapes[id_] for id_ in same for shapes in known if id_ in shapes), None)


def _alike(places: Register, one: Unit, other: Unit) -> bool:
    return other.id in places.territory(one.id) and one.id in places.territory(other.id)


def _stamps(home: Path) -> tuple[tuple[Path, int], ...]:
    """Kept files, newest first."""
    kept = sorted((home / "places" / "shapes").glob("[0-9]*.geojson.gz"), reverse=True)
    return tuple((file, file.stat().st_mtime_ns) for file in kept)


@lru_cache(maxsize=4)
def _imported(stamps: tuple[tuple[Path, int], ...]) -> tuple[dict[str, Geometry], ...]:
    return tuple(_read.__wrapped__(file) for file, _ in stamps)


@lru_cache(maxsize=40)
def _read(file: Path) -> dict[str, Geometry]:
    """Geometry by unit id."""
    with gzip.open(file, "rt", encoding="utf-8") as text:
        return {feature["id"]: feature["geometry"] for feature in json.load(text)["features"]}
