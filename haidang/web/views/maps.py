"""The map of a chosen indicator, and the shapes it draws. Never: simplifies or changes a shape."""

from __future__ import annotations

import json
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page

from haidang.catalog import shapes as catalog
from haidang.catalog.places import register
from haidang.web import asking, mapping, page
from haidang.web.doors import door
from haidang.words.errors import BadQuestion

COUNTRY = "VN"


@door
def page_(request: HttpRequest) -> HttpResponse:
    """One indicator over all the places inside the chosen one."""
    seen = page.visit(request)
    wishes = mapping.wishes(seen)
    tiles = asking.tiles_of(seen, wishes, asking.ask(seen, wishes))
    context = {"tile": mapping.drawn(seen, tiles), "choices": mapping.ways(seen)}
    return page.render(request, "map", seen, **context)


@gzip_page
@cache_control(public=True, max_age=86_400)
@door
def shapes(request: HttpRequest, level: str, code: str) -> HttpResponse:
    """Shapes of a level inside a place as GeoJSON; the same for everybody, so caches may keep them."""
    day = _day(request.GET.get("on", ""))
    written = json.dumps(catalog.shapes(level, day, _inside(code, day)), ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(written, content_type="application/geo+json")


def _inside(code: str, day: date) -> str:
    """The unit meant: as it stood then, or (`68@2025-07-01`) the ground of one that did not stand yet or any more."""
    if code == COUNTRY:
        return ""
    return register().unit(code).id if "@" in code else register().resolve(f"{code}@{day.isoformat()}", day).id


def _day(text: str) -> date:
    """The day whose units are meant: today when none is said, or when that day is still to come."""
    if not text:
        return timezone.localdate()
    try:
        return min(date.fromisoformat(text), timezone.localdate())
    except ValueError:
        raise BadQuestion("not-a-date", found=text[:40]) from None
