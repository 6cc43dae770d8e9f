"""Calls: their list, those to be called back, their records; taking one; what a caller says about an earlier report.

Never: shows a caller's number to whoever has said no purpose (`cases.calls.reads` covers it).
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from haidang.cases import actions
from haidang.cases.actions import Wanted
from haidang.cases.calls import actions as calling
from haidang.cases.calls import reads
from haidang.web import deskside, page
from haidang.web.calls import shift, shown
from haidang.web.cases import offering
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import Absent, BadQuestion, NotNow
from haidang.words.texts import say, text

ACTS = {"take": calling.take, "back": calling.back}


@require_safe
@door
def listing(request: HttpRequest) -> HttpResponse:
    """The calls, newest first, by state; missed ones to be called back."""
    seen = page.visit(request, (deskside.CALLS,))
    desk = reads.required(seen.who)
    state = request.GET.get("state", "")
    state = state if state in reads.STATES else ""
    number = request.GET.get("page", "1")
    at = int(number) if number.isdecimal() and len(number) < 6 else 1
    found, counts = reads.calls(seen.who, state, page=at), reads.counts(seen.who)
    total = counts.get(state, 0) if state else sum(counts.values())
    context = {
        "calls": [(one, shown.length(one)) for one in found],
        "states": [(one, counts.get(one, 0)) for one in reads.STATES],
        "total": sum(counts.values()),
        "state": state,
        "shift": shown.shift(seen, desk),
        "number": at,
        "pages": max(1, -(-total // reads.PAGE)),
        "tabs": offering.pages(seen.who, request.path),
    }
    return page.render(request, "calls/list", seen, **context)


@require_POST
@door
def act(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """`take` a call (its report is opened) or say that a missed caller was called `back`."""
    done = ACTS.get(act)
    if done is None:
        raise Absent("unknown-act", found=act[:16], expected=", ".join(ACTS))
    shift.renew(request)
    seen = page.visit(request)
    try:
        done(seen.who, number)
    except NotNow as taken:
        messages.warning(request, say(taken, seen.language), extra_tags="warn")
        return HttpResponseRedirect("/cases/calls" if act == "back" else "/cases/new")
    return HttpResponseRedirect(f"/cases/new?call={number}")


@require_safe
@door
def record(request: HttpRequest, number: int) -> HttpResponseBase:
    """The recording of a call: a voice is personal data; traced each time it is opened."""
    seen = page.visit(request)
    file, kind = reads.record(seen.who, number)
    answer = FileResponse(file.open("rb"), content_type=kind)
    answer["Cache-Control"] = "no-store, private"
    return answer


@require_POST
@door
def begin(request: HttpRequest) -> HttpResponse:
    """A shift begins: what callers are looked at for is said once."""
    seen = page.visit(request)
    desk = reads.required(seen.who)
    if not reads.reaches(seen.who, desk) or seen.who.real:
        raise Absent("unknown-desk", found="")
    shift.begin(request, seen.who, desk)
    return HttpResponseRedirect(_back(request))


@require_POST
@door
def said(request: HttpRequest) -> HttpResponse:
    """What a caller says about an earlier report: adds, supplies, rates, opens it again."""
    seen = page.visit(request)
    reads.required(seen.who)
    number, act = request.POST.get("number", ""), request.POST.get("act", "")
    if act not in shown.BY_PHONE or not number.isdecimal() or len(number) > 18:
        raise Absent("unknown-case", found=number[:20])
    try:
        actions.act(seen.who, int(number), _wanted(request, act))
    except (BadQuestion, NotNow) as wrong:
        messages.error(request, say(wrong, seen.language), extra_tags="bad")
    else:
        _tell(request, seen, act, number)
    return HttpResponseRedirect(_back(request))


def _wanted(request: HttpRequest, act: str) -> Wanted:
    rating = request.POST.get("rating", "")
    once = request.POST.get("once", "")[:80]
    words = request.POST.get("words", "")[:4000]
    return Wanted(act, words=words, rating=int(rating) if rating in ("1", "2", "3") else 0, once=once)


def _tell(request: HttpRequest, seen: Visit, act: str, number: str) -> None:
    facts: dict[str, Any] = {"act": text(f"case.act-{act}", seen.language).lower(), "number": number}
    messages.success(request, text("calls.said", seen.language, **facts), extra_tags="good")


def _back(request: HttpRequest) -> str:
    """The operator's screen with the same call."""
    call = request.POST.get("call", "")
    return f"/cases/new?call={call}" if call.isdecimal() and 0 < int(call) < 10**18 else "/cases/new"
