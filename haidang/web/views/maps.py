"""The map of a chosen indicator, and the shapes it draws. Never: simplifies or changes a shape."""

from __future__ import annotations

import importlib

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from haidang.web import asking, mapping, page
from haidang.web.doors import door


@door
def page_(request: HttpRequest) -> HttpResponse:
    """One indicator over all the places inside the chosen one."""
    seen = page.visit(request)
    wishes = mapping.wishes(seen)
    tiles = asking.tiles_of(seen, wishes, asking.ask(seen, wishes))
    context = {"tile": tiles[0] if tiles else None, "choices": mapping.ways(seen)}
    return page.render(request, "map", seen, **context)


@cache_control(public=True, max_age=86_400)
@door
def shapes(request: HttpRequest, level: str, code: str) -> HttpResponse:
    """Shapes of a level inside a place as GeoJSON; the same for everybody, so caches may keep them."""
    found = importlib.import_module("haidang.catalog.shapes").shapes(level, code)
    return HttpResponse(found, content_type="application/geo+json")
