"""Places: searching them by name with or without tones, their list, one place. Never: knows an administrative rule."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haidang.catalog.places import register
from haidang.web import formats, page
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
    inside = register().children(seen.place.id, seen.place.end or seen.today)
    return page.render(request, "places", seen, inside=inside)


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
    code = unit.code if unit.end is None else f"{unit.code}@{unit.end.year}"
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
    seen = page.visit(request)
    unit = register().resolve(code, seen.today)
    inside = register().children(unit.id, unit.end or seen.today)
    return page.render(request, "place", seen, unit=unit, inside=inside)
