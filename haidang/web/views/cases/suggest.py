"""What the desk is offered for a report: a partial for the operator's form and for the page of a Case, and the same as
JSON. Never: changes anything; puts a report's words into an address.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from haidang.cases import machine, reads
from haidang.cases.suggest import reads as suggest
from haidang.cases.suggest.faces import Draft, Offered
from haidang.web import page
from haidang.web.cases import helping
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import Absent

MOST = 8000


@require_http_methods(["GET", "HEAD", "POST"])
@door
def offers(request: HttpRequest) -> HttpResponse:
    """GET `number`: for a Case that came. POST `desk text address category place lat lon`: for one being written.

    HTML unless `Accept` asks for JSON. Raises Absent for whoever does not see the Case, or routes nothing at the desk.
    """
    seen = page.visit(request)
    number = request.GET.get("number", "")
    if request.method == "POST":
        draft = _draft(request, seen)
        found, whole = suggest.offered(seen.who, draft), None
    else:
        if not number.isdigit():
            raise Absent("unknown-case", found=number[:20])
        whole = reads.case(seen.who, int(number))
        found = suggest.for_case(seen.who, int(number))
    return _answer(request, seen, found, helping.context(seen, found, whole))


def _answer(request: HttpRequest, seen: Visit, found: Offered, context: dict[str, object]) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(helping.plain(found, seen))
    return render(request, "web/cases/suggest.html", {"language": seen.language, **context})


def _draft(request: HttpRequest, seen: Visit) -> Draft:
    said = request.POST
    roles = {desk.key: works for desk, works in reads.desks(seen.who)}
    key = said.get("desk", "") or next(iter(roles), "")
    if machine.ROUTE not in roles.get(key, frozenset()):
        raise Absent("unknown-desk", found=key[:64])
    return Draft(
        key,
        text=said.get("text", "")[:MOST],
        address=said.get("address", "")[:300],
        category=said.get("category", "")[:64],
        unit=helping.unit(said.get("place", "")),
        lat=helping.degrees(said.get("lat", ""), 90),
        lon=helping.degrees(said.get("lon", ""), 180),
    )
