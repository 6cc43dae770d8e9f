"""Part of make_places: successors of a split commune that the main table leaves out.

A second table (with known slips where two communes share a name) is believed only where the map's publisher names the
old commune among what the new one was made of, and the new one touches, or nearly, a successor known already.
Never: takes a successor away.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from haidang.words.names import bare, fold

Row = dict[str, str]
NEAR = 0.004
"""Degrees; simplified neighbours may stand a few hundred metres apart."""


def glued(name: str) -> str:
    """A folded name without spaces: `Cư ÊWi` and `Cư Ê Wi` are one."""
    return fold(name).replace(" ", "")


class Splits:
    """The second table, the publisher's attributes and the shapes of today's communes."""

    def __init__(self, data: Path, old: list[Row], new: list[Row]) -> None:
        self.divided = _json(data / "admin-units" / "converter_2025_vietnamadminunits.json.gz")
        folder = data / "boundaries-2025"
        features = _json(folder / "wards_3321_simplified.geojson.gz")["features"]
        self.shapes: dict[str, BaseGeometry] = {f["id"]: shape(f["geometry"]) for f in features}
        with gzip.open(folder / "communes_attributes.csv.gz", "rt", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        made = {(glued(r["a04_tentinh"]), glued(r["a03_ten"])): f" {fold(r['a05_truocsn'])} " for r in rows}
        self.made_of = {row["wardCode"]: made.get((glued(row["province"]), glued(row["ward"])), "") for row in new}
        self.old = _only({"_".join(map(glued, (r["province"], r["district"], r["ward"]))): r for r in old}, old)
        self.new: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in new:
            self.new[glued(row["province"]), glued(row["ward"])].append(row["wardCode"])

    def pairs(self) -> Iterator[tuple[Row, str]]:
        """(old commune, code of a successor) of the second table, where both names mean one."""
        for province, communes in self.divided["DICT_PROVINCE_WARD_DIVIDED"].items():
            for key, successors in communes.items():
                for successor in successors:
                    codes = self.new[province, successor["newWardKey"]]
                    if key in self.old and len(codes) == 1:
                        yield self.old[key], codes[0]

    def believed(self, commune: Row, code: str, known: list[str]) -> bool:
        named = f" {bare(fold(commune['ward']))} " in self.made_of[code]
        return named and any(self.shapes[code].distance(self.shapes[other]) < NEAR for other in known)


def _only(by_key: dict[str, Row], rows: list[Row]) -> dict[str, Row]:
    """Without the keys that two communes share."""
    times: dict[str, int] = defaultdict(int)
    for row in rows:
        times["_".join(map(glued, (row["province"], row["district"], row["ward"])))] += 1
    return {key: row for key, row in by_key.items() if times[key] == 1 and row["wardCode"]}


def _json(path: Path) -> Any:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)
