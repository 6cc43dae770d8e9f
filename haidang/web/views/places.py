"""Places: searching them by name with or without tones, their list, one place with everything known of it.

Never: knows an administrative rule.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haidang.catalog.places import register
from haidang.web import asking, catalogue, drill, formats, lineage, meaning, page
from haidang.web.asking import Wish
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.web.switches import Way
from haidang.words.places import Unit
from haidang.words.texts import text

MOST = 12


@door
def listing(request: HttpRequest) -> HttpResponse:
    """The units inside the chosen place, and the search."""
    seen = page.visit(request)
    return page.render(request, "places", seen, inside=lineage.inside(seen, seen.place))


@door
def search(request: HttpRequest) -> HttpResponse:
    """Places like `q` as links that lead `back` with that place chosen; a piece of page for htmx."""
    seen = page.visit(request)
    wanted = request.GET.get("q", "").strip()[:80]
    found = [way(seen, unit, request.GET.get("back", "")) for unit in find(wanted, seen)]
    context = {"found": found, "searched": wanted, "language": seen.language}
    if request.headers.get("HX-Request"):
        return render(request, "web/parts/places_found.html", context)
    return page.render(request, "places", seen, **context)


def find(wanted: str, seen: Visit) -> tuple[Unit, ...]:
    """Units in force first, then those that have ended."""
    if not wanted:
        return ()
    found = register().find(wanted, limit=MOST * 2)
    return tuple(sorted(found, key=lambda unit: unit.end is not None))[:MOST]


def way(seen: Visit, unit: Unit, back: str = "") -> Way:
    """A link to a unit: back where one came from with it chosen, else to its own page."""
    code = meaning.code(unit.id, seen.today)
    return Way(
        unit.name, back_with(back, code) or f"/places/{code}", unit.id == seen.place.id, note(unit, seen.language)
    )


def note(unit: Unit, language: str) -> str:
    parent = register().unit(unit.parent).name if unit.parent else ""
    ended = text("frame.until", language, day=formats.day(unit.end)) if unit.end else ""
    return " · ".join(part for part in (parent, ended) if part)


def back_with(back: str, code: str) -> str:
    """The page one came from with the place changed; "" for anything but a path of our own."""
    parts = urlsplit(back)
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith(("//", "/\\")):
        return ""
    pairs = [(key, value) for key, value in parse_qsl(parts.query) if key != "place"]
    return f"{parts.path}?{urlencode([('place', code), *pairs])}"


@door
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One place: what it is, was and became, every figure of it one may see, the places within."""
    seen = page.visit(request)
    unit = register().resolve(code, seen.today)
    wishes = _wishes(seen, meaning.code(unit.id, seen.today))
    found = catalogue.rows(seen, [seen.catalog.indicator(w.question.indicator) for w in wishes], _ask(seen, wishes))
    return page.render(request, "place", seen, **_context(seen, unit, found))


def _wishes(seen: Visit, code: str) -> list[Wish]:
    every = catalogue.matching(seen, catalogue.Wanted())
    return [Wish(catalogue.question(seen, one, code)) for one in every if one.has_data]


def _ask(seen: Visit, wishes: list[Wish]) -> Any:
    return asking.ask(seen, wishes)


def _context(seen: Visit, unit: Unit, found: list[catalogue.Row]) -> dict[str, Any]:
    known = [row for row in found if not row.tile.missing]
    groups = [(name, list(its)) for name, its in groupby(known, key=lambda row: row.group)]
    area = formats.with_unit(unit.area_km2, "km²", seen.language) if unit.area_km2 else ""
    return {
        "unit": unit,
        "kind": lineage.kind(unit, seen.language),
        "validity": lineage.validity(unit, seen.language),
        "area": area,
        "trail": drill.trail(seen, unit, "/places"),
        "before": lineage.before(seen, unit),
        "after": lineage.after(seen, unit),
        "inside": lineage.inside(seen, unit),
        "groups": groups,
        "known": len(known),
        "without": len(found) - len(known),
        "map": lineage.drawing(seen, unit),
        "here": seen.choice.url("/", place=meaning.code(unit.id, seen.today)),
    }
