"""A handling unit's own work. Never: decides what one may do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from haidang.web import deskside, page
from haidang.web.cases import offering, work
from haidang.web.doors import door
from haidang.words.errors import Denied


@require_safe
@door
def mine(request: HttpRequest) -> HttpResponse:
    """What one's office has to do, by deadline; absent for whoever works for none."""
    seen = page.visit(request, (deskside.CASES,))
    parts = offering.require(seen.who)
    if not parts & offering.WORK:
        raise Denied("no-grant")
    tabs = offering.pages(seen.who, "/cases/mine")
    return page.render(request, "cases/mine", seen, tabs=tabs, **work.context(seen, request.GET.get("part", ""), parts))
