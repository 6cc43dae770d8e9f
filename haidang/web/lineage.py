"""One administrative unit in words: what it is, where it lies, what it was made of and what became of it; its map.

Never: knows an administrative rule (the register holds them).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from haidang.catalog.places import register
from haidang.catalog.shapes import REFORM
from haidang.web import formats, meaning
from haidang.web.page import Visit
from haidang.words.places import Succession, Unit
from haidang.words.texts import text


@dataclass(frozen=True)
class Kin:
    """A unit before or after this one; `part`: only a part of its ground is meant."""

    name: str
    url: str
    when: str
    part: bool


@dataclass(frozen=True)
class Line:
    """One place of the table of those within."""

    code: str
    name: str
    url: str
    kind: str
    area: str
    made_of: str


def before(seen: Visit, unit: Unit) -> list[Kin]:
    return [_kin(seen, step.old, step) for step in register().predecessors(unit.id)]


def after(seen: Visit, unit: Unit) -> list[Kin]:
    return [_kin(seen, step.new, step) for step in register().successors(unit.id)]


def _kin(seen: Visit, unit_id: str, step: Succession) -> Kin:
    unit = register().unit(unit_id)
    return Kin(unit.name, url(seen, unit), validity(unit, seen.language), not step.whole)


def url(seen: Visit, unit: Unit) -> str:
    return seen.choice.url(f"/places/{meaning.code(unit.id, seen.today)}", place="")


def validity(unit: Unit, language: str) -> str:
    """`từ 01/07/2025`, `01/01/2004 – 30/06/2025`."""
    if unit.end is None:
        return text("place.since", language, day=formats.day(unit.start))
    return f"{formats.day(unit.start)} – {formats.day(unit.end)}"


def kind(unit: Unit, language: str) -> str:
    return text(f"place.kind-{unit.kind}", language)


def inside(seen: Visit, unit: Unit) -> list[Line]:
    """The units right beneath as they stood last (or stand today)."""
    units = register().children(unit.id, unit.end or seen.today)
    return [_line(seen, child) for child in sorted(units, key=lambda child: child.code)]


def _line(seen: Visit, unit: Unit) -> Line:
    steps = register().predecessors(unit.id)
    names = [register().unit(step.old).name + ("" if step.whole else "*") for step in steps]
    area = formats.with_unit(unit.area_km2, "km²", seen.language) if unit.area_km2 else ""
    return Line(unit.code, unit.name, url(seen, unit), kind(unit, seen.language), area, ", ".join(names[:6]))


def drawing(seen: Visit, unit: Unit) -> dict[str, Any]:
    """The unit with those within; of a unit whose own are not drawn, it among its neighbours."""
    day = unit.end or seen.today
    above = register().above(unit.id, day)
    level, where = _shown(unit, above)
    units = register().of_level(level, day, "" if where == "VN" else register().resolve(f"{where}@{day}", day).id)
    paint: dict[str, Any] = {"fill-color": ["match", ["get", "code"], [unit.code], "var(--s4)", "var(--s2)"]}
    if level in ("commune", "province") and unit.level != level:
        paint = {"fill-color": "var(--s2)"}
    return {
        "shapes": f"/map/shapes/{level}/{where}.json?on={day.isoformat()}",
        "layers": [
            {"id": "areas", "type": "fill", "source": "places", "paint": paint},
            {"id": "edges", "type": "line", "source": "places", "paint": _edges()},
            {"id": "chosen", "type": "line", "source": "places", "filter": ["==", ["get", "code"], unit.code]}
            | {"paint": {"line-color": "var(--beam)", "line-width": 2.4}},
        ],
        "tips": {one.code: [one.name, text("places.code", seen.language, code=one.code)] for one in units},
        "links": {one.code: url(seen, one) for one in units},
    }


def _edges() -> dict[str, Any]:
    over = ["boolean", ["feature-state", "over"], False]
    return {
        "line-color": ["case", over, "var(--ink)", "var(--panel)"],
        "line-width": ["case", over, 2, 0.9],
    }


def _shown(unit: Unit, above: tuple[Unit, ...]) -> tuple[str, str]:
    """(level, inside what): shapes exist of provinces of any time, and of communes since the reform."""
    today = unit.end is None or unit.end >= REFORM
    if unit.level == "province" and today:
        return "commune", unit.code
    if unit.level == "commune" and today and above:
        return "commune", above[0].code
    return "province", "VN"
