"""The list of the desk, and the same as a file. Never: decides who sees a Case (`cases.reads` asks the gate)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from haidang.access.people import actions
from haidang.cases import reads
from haidang.web import deskside, page, sheets
from haidang.web.cases import listed, offering, sheet
from haidang.web.cases import wanted as addresses
from haidang.web.doors import door


@require_safe
@door
def listing(request: HttpRequest) -> HttpResponse:
    """Cases one sees: narrowed, searched without tones, sorted, page by page; the address holds what was chosen."""
    seen = page.visit(request, (deskside.CASES,))
    offering.require(seen.who)
    want = addresses.wanted(request.GET)
    offered = offering.pages(seen.who, request.path)
    return page.render(request, "cases/list", seen, tabs=offered, **listed.context(seen, want))


@require_safe
@door
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list as a file, every page of it; traced."""
    seen = page.visit(request)
    offering.require(seen.who)
    want = addresses.sought(addresses.wanted(request.GET), seen)
    answer = sheets.answer(sheet.sheet(seen, want), kind)
    actions.exported(seen.who, "cases", reads.count(seen.who, want))
    return answer
