"""The map of the desk: the Cases of a search as dots or as warmth over the communes. Never: decides, writes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from haidang.access import territory
from haidang.cases import reads
from haidang.cases.reads import Sought
from haidang.web.cases import listed, points
from haidang.web.cases import wanted as addresses
from haidang.web.cases.lines import row
from haidang.web.cases.names import Names
from haidang.web.cases.wanted import Wanted
from haidang.web.page import Visit

MOST = 2000
"""Dots drawn at once: the newest; warmth counts them all."""
LISTED = 50
PATH = "/cases/map"


def context(seen: Visit, want: Wanted, *, heat: bool) -> dict[str, Any]:
    """Everything the page of the map needs; the points themselves come from an address of their own."""
    names = Names(seen.catalog, seen.language)
    asked = addresses.sought(want, seen)
    counts = reads.by_state(seen.who, addresses.sought(want, seen, states=()))
    total = listed.total(seen, want, counts)
    rows = [row(line, names, seen.now) for line in reads.cases(seen.who, asked, size=LISTED)]
    return {
        "wanted": want,
        "filters": listed.filters(seen, want, names),
        "strip": listed.strip(want, counts, names, PATH),
        "total": total,
        "most": MOST,
        "few": total > MOST and not heat,
        "heat": heat,
        "as_dots": addresses.url(want, PATH),
        "as_heat": _with(addresses.url(want, PATH), view="heat"),
        "list": addresses.url(want),
        "plain": PATH,
        "path": PATH,
        "plan": plan(want, heat=heat),
        "rows": rows,
        "simulated": any(one.line.simulated for one in rows),
    }


def plan(want: Wanted, *, heat: bool) -> dict[str, Any]:
    """The drawing. Its address of points changes with every change of a Case, so that an open map asks again."""
    inside = want.place or territory.home().partition("@")[0]
    newest = reads.newest()
    more = {"view": "heat"} if heat else {}
    points_at = _with(addresses.url(want, "/cases/points.json"), at=newest.isoformat() if newest else "", **more)
    layers = [*points.ground(), *(points.heat() if heat else points.dots())]
    return {
        "shapes": f"/map/shapes/commune/{inside.partition('@')[0]}.json",
        "layers": layers,
        "tips": {},
        "sources": {"points": {"type": "geojson", "data": points_at}},
    }


def _with(url: str, **more: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(more)}"


def features(seen: Visit, asked: Sought, *, heat: bool) -> list[dict[str, Any]]:
    """The points of a search: cells with how many, or the newest Cases with a position."""
    if heat:
        return [_cell(*one) for one in reads.cells(seen.who, asked)]
    names = Names(seen.catalog, seen.language)
    found = reads.cases(seen.who, asked, size=MOST)
    return [points.feature(line, names, seen) for line in found if line.lat is not None and line.lon is not None]


def _cell(lat: float, lon: float, many: int) -> dict[str, Any]:
    place = {"type": "Point", "coordinates": [round(lon, 4), round(lat, 4)]}
    return {"type": "Feature", "geometry": place, "properties": {"many": many}}
