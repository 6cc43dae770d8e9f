"""The morning sheet: what came since the last working morning, the unusual first. Never: counts (`cases.digest`)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from haidang.cases import reads
from haidang.cases.digest import reads as digest
from haidang.catalog.declared import Desk
from haidang.web import choices, page
from haidang.web.cases import morning, offering
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import Absent


@require_safe
@door
def today(request: HttpRequest) -> HttpResponse:
    """The sheet of a morning (`day`, today's without), of the desk one works at (`desk`, the first without)."""
    seen = page.visit(request)
    offering.require(seen.who)
    desk = _desk(seen, request.GET.get("desk", ""))
    day = min(choices.day(request.GET.get("day", "")) or seen.today, seen.today)
    made = digest.sheet(seen.who, desk, day, timezone.now())
    tabs = offering.pages(seen.who, request.path)
    return page.render(request, "cases/today", seen, tabs=tabs, **morning.context(seen, made, desk))


def _desk(seen: Visit, wanted: str) -> Desk:
    found = [desk for desk, _ in reads.desks(seen.who) if wanted in ("", desk.key)]
    if not found:
        raise Absent("unknown-desk", found=wanted[:64])
    return found[0]
