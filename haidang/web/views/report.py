"""The operator's screen: a report taken while the caller speaks, with the keyboard alone.

Whoever takes no reports finds none of these pages. Never: decides who handles a Case (the desk's routes offer it).
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from haidang.access import gate
from haidang.cases import actions
from haidang.cases.actions import Wanted
from haidang.cases.calls import actions as calling
from haidang.cases.calls import reads, taking
from haidang.cases.calls.reads import CallFace, Card
from haidang.catalog.declared import Desk
from haidang.web import deskside, page
from haidang.web.calls import shift, shown
from haidang.web.calls.typed import Typed, arrival, fresh, typed
from haidang.web.cases import offering
from haidang.web.cases.lines import written
from haidang.web.cases.names import Names
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import BadQuestion, HaiDangError
from haidang.words.nouns import Subject
from haidang.words.texts import say, text

DONE = "report_done"
"""Of the session: the report just taken, and its code, to be read to the caller."""
HERE = "/cases/new"
FACES = ("3", "2", "1")
"""How satisfied, as a caller is asked: the best first."""


@sensitive_post_parameters("text", "phone", "name", "address")
@require_http_methods(["GET", "HEAD", "POST"])
@door
def new(request: HttpRequest) -> HttpResponse:
    """The form, with the call it is written down from; saved, it shows the code and an empty form."""
    if request.method == "POST" or _number(request):
        shift.renew(request)
    seen = page.visit(request, () if request.method == "POST" else (deskside.CALLS,))
    desk = _desk(request, seen)
    if seen.landed is not None:
        return page.render(request, "calls/live", seen, **bar(seen, desk, _number(request)))
    if request.method == "POST":
        return _save(request, seen, desk)
    number = _number(request)
    call = reads.call(seen.who, number) if number else None
    card = _card(seen, desk, call)
    said = _begun(call, card)
    answer = page.render(request, "calls/new", seen, **_context(request, seen, desk, said, call=call, card=card))
    answer["Cache-Control"] = "no-store"
    return answer


def _number(request: HttpRequest) -> int:
    """The call that is written down, 0 without one."""
    said = request.GET.get("call", "")
    return int(said) if said.isdecimal() and len(said) < 19 else 0


def _begun(call: CallFace | None, card: Card | None) -> Typed:
    """An empty form; of a call whose caller stands in clear with what is known of them."""
    if call is None:
        return fresh()
    return fresh(call=call.id, phone=call.phone, name=card.person.name) if card else fresh(call=call.id)


def _desk(request: HttpRequest, seen: Visit) -> Desk:
    """The desk meant; raises Absent for whoever takes no reports there."""
    first = reads.required(seen.who)
    wanted = request.POST.get("desk") or request.GET.get("desk", "")
    return next((one for one in reads.desks(seen.who) if one.key == wanted), first)


def bar(seen: Visit, desk: Desk, but: int = 0) -> dict[str, Any]:
    """The calls of now but the one being written down, and whether callers stand in clear."""
    return {
        "calls": [(one, shown.length(one)) for one in reads.bar(seen.who, but=but)],
        "shift": shown.shift(seen, desk),
        "desk": desk,
        "missed": reads.counts(seen.who).get(reads.MISSED, 0),
    }


def _card(seen: Visit, desk: Desk, call: CallFace | None) -> Card | None:
    """Who calls, for whoever may know it now."""
    if call is None or not call.phone or shown.shift(seen, desk) != "on":
        return None
    return reads.caller(seen.who, desk, call.phone)


def _context(
    request: HttpRequest,
    seen: Visit,
    desk: Desk,
    said: Typed,
    *,
    call: CallFace | None = None,
    card: Card | None = None,
) -> dict[str, Any]:
    done = request.session.get(DONE) if "done" in request.GET else None
    return {
        **bar(seen, desk, said.call),
        **way(seen, desk, said),
        "said": said,
        "call": call,
        "card": card,
        "earlier": shown.earlier(seen, card),
        "once": said.once,
        "faces": FACES,
        "categories": shown.chosen(shown.categories(desk, seen.language), said.category),
        "communes": shown.chosen(shown.communes(), said.place),
        "ground": shown.ground(said.place),
        "tabs": offering.pages(seen.who, request.path),
        "done": {**done, "spelled": shown.spelled(done["code"])} if isinstance(done, dict) else None,
    }


def way(seen: Visit, desk: Desk, said: Typed) -> dict[str, Any]:
    """Where the report would go, and by when it is to be answered."""
    offered = taking.offered(desk, said.category, said.place, said.lat, said.lon)
    office = said.office if said.office not in ("", said.was) else offered.office
    offices = shown.offices(Names(seen.catalog, seen.language))
    return {"offered": offered, "offices": shown.chosen(offices, office), "due": written(offered.due)}


# --- saving


def _save(request: HttpRequest, seen: Visit, desk: Desk) -> HttpResponse:
    try:
        said = typed(request.POST)
        gate.require(seen.who, "route", Subject(desk.pack, ""))
        if not said.text:
            raise BadQuestion("empty-report", found="")
        came = arrival(said, desk, seen.who.name)
        case = calling.written(seen.who, said.call, came) if said.call else actions.open_case(seen.who, came)
    except BadQuestion as wrong:
        said = typed({**request.POST.dict(), "lat": "", "lon": ""})
        context = {**_context(request, seen, desk, said), "trouble": say(wrong, seen.language)}
        return page.render(request, "calls/new", seen, status=422, **context)
    office = _forward(request, seen, said, case) if said.then == "assign" else ""
    request.session[DONE] = {"number": case.pk, "code": case.code, "office": office, "title": case.title}
    return HttpResponseRedirect(f"{HERE}?done={case.pk}")


def _forward(request: HttpRequest, seen: Visit, said: Typed, case: Any) -> str:
    """Assign at once, by hand or as the desk's routes say; gives the office's name.

    A report that is kept but could not be forwarded says so.
    """
    office = said.office or taking.routed(case)
    if not office:
        return ""
    try:
        once = f"{said.once}:assign" if said.once else ""
        actions.act(seen.who, case.pk, Wanted("assign", office=office, once=once))
    except HaiDangError as wrong:
        why = say(wrong, seen.language)
        messages.warning(request, text("calls.not-forwarded", seen.language, why=why), extra_tags="warn")
        return ""
    return Names(seen.catalog, seen.language).office(office)


# --- pieces


@require_POST
@door
def route(request: HttpRequest) -> HttpResponse:
    """The piece of the form that says who will handle it; a click on the map tells its commune beside it."""
    seen = page.visit(request)
    desk, said = _desk(request, seen), typed(request.POST)
    found = way(seen, desk, said)
    answer = render(request, "web/calls/way.html", {**found, "said": said, "language": seen.language})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@door
def where(request: HttpRequest) -> HttpResponse:
    """Places an address may mean, as buttons that fill the form."""
    seen = page.visit(request)
    _desk(request, seen)
    spots = taking.spots(seen.who, request.POST.get("address", "")[:300])
    answer = render(request, "web/calls/where.html", {"spots": shown.spots(spots), "language": seen.language})
    answer["Cache-Control"] = "no-store"
    return answer


@sensitive_post_parameters("phone")
@require_POST
@door
def card(request: HttpRequest) -> HttpResponse:
    """Who a typed number is, for whoever has begun a shift."""
    seen = page.visit(request)
    desk = _desk(request, seen)
    phone, standing = request.POST.get("phone", "")[:40], shown.shift(seen, desk)
    found = reads.caller(seen.who, desk, phone) if standing == "on" and phone.strip() else None
    earlier = shown.earlier(seen, found)
    context = {"card": found, "earlier": earlier, "shift": standing, "once": fresh().once, "faces": FACES}
    answer = render(request, "web/calls/card.html", {**context, "visit": seen, "language": seen.language})
    answer["Cache-Control"] = "no-store"
    return answer
