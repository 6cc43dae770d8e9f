"""The map of the desk and the points it draws. Never: decides who sees a Case (`cases.reads` asks the gate)."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from haidang.web import deskside, page
from haidang.web.cases import mapped, offering
from haidang.web.cases import wanted as addresses
from haidang.web.doors import door


@require_safe
@door
def map_(request: HttpRequest) -> HttpResponse:
    """Where the Cases of a search lie: as dots that lead to them, or as warmth."""
    seen = page.visit(request, (deskside.CASES,))
    offering.require(seen.who)
    want, heat = addresses.wanted(request.GET), request.GET.get("view") == "heat"
    offered = offering.pages(seen.who, mapped.PATH)
    return page.render(request, "cases/map", seen, tabs=offered, **mapped.context(seen, want, heat=heat))


@gzip_page
@require_safe
@door
def points(request: HttpRequest) -> HttpResponse:
    """The points as GeoJSON; one's own, kept by no cache between."""
    seen = page.visit(request)
    offering.require(seen.who)
    asked = addresses.sought(addresses.wanted(request.GET), seen)
    found = mapped.features(seen, asked, heat=request.GET.get("view") == "heat")
    written = json.dumps({"type": "FeatureCollection", "features": found}, ensure_ascii=False, separators=(",", ":"))
    answer = HttpResponse(written, content_type="application/geo+json")
    answer["Cache-Control"] = "private, no-store"
    return answer
