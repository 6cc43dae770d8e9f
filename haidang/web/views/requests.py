"""Asking for rights and answering: one's own requests, those of one's people. Never: decides who may answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from haidang.access import gate
from haidang.access.people.granting import rules, words
from haidang.access.people.requests import actions, reads
from haidang.access.people.requests.reads import Asked
from haidang.web import giving, granted, page, telling
from haidang.web.doors import door
from haidang.web.giving import Form
from haidang.web.page import Visit
from haidang.words.errors import Denied, HaiDangError
from haidang.words.nouns import ANY, Grant, Level
from haidang.words.texts import text

MARKS = {"asked": "watch", "approved": "good", "refused": "bad", "taken-back": "none"}


@dataclass(frozen=True)
class Row:
    """One request in words."""

    asked: Asked
    said: str
    to: str
    at: str
    mark: str
    state: str
    answered: str


@door
def listing(request: HttpRequest) -> HttpResponse:
    """Those that wait for one's answer, then one's own; `done=1`: those already answered."""
    seen = _signed_in(request)
    done = request.GET.get("done") == "1"
    answers = rules.administers(seen.who) or bool(rules.ceilings(seen.who))
    waiting = [row(one, seen) for one in reads.to_answer(seen.who, done=done)] if answers else []
    own = [row(one, seen) for one in reads.own(seen.who)]
    context = {"waiting": waiting, "own": own, "answers": answers, "done": done}
    return page.render(request, "requests", seen, **context)


def _signed_in(request: HttpRequest) -> Visit:
    seen = page.visit(request)
    if seen.who.kind == "public":
        raise Denied("no-grant")
    return seen


def row(one: Asked, seen: Visit) -> Row:
    language = seen.language
    by = granted.titled(one.decided_by) if one.decided_by else ""
    answered = f"{by} · {granted.moment(one.decided_at)}" if one.decided_at else ""
    to = words.recipient(one.grant, language) if one.grant.actor != one.asker else ""
    state = "second" if one.state == "asked" and one.first_by else one.state
    return Row(
        one,
        words.said(one.grant, language),
        to,
        granted.moment(one.at),
        MARKS[one.state],
        text(f"request.{state}", language),
        answered,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a right; what the page one came from is about stands in the form already (`at`)."""
    seen = _signed_in(request)
    form = giving.read(request.POST if request.method == "POST" else request.GET, seen.language)
    if request.method == "POST" and (done := _ask(request, seen, form)):
        return done
    if request.method != "POST":
        _prefill(form, request.GET.get("at", ""), seen)
    context = {
        "form": form,
        "packs": giving.packs(seen, giving.coded(form.get("pack"))),
        "levels": [way for way in giving.levels(seen.language) if way.url != "public"],
        "acts": [way for way in giving.lent(seen.language)],
        "places": giving.places(seen),
        "whom": reads.to_ask(seen.who),
    }
    return page.render(request, "request_new", seen, **context, status=400 if form.wrong else 200)


def _prefill(form: Form, at: str, seen: Visit) -> None:
    """By the address alone: nothing is looked up, so that what is denied and what is absent read alike."""
    parts = urlsplit(at)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        at = ""
    steps = parts.path.strip("/").split("/") if at else []
    pack = steps[1].partition(".")[0] if len(steps) > 1 and steps[0] in ("boards", "indicators", "sources") else ""
    form.values["page"] = form.get("page") or at[:300]
    form.values["pack"] = form.get("pack") or pack
    form.values["level"] = form.get("level") or "internal"
    form.values["place"] = form.get("place") or giving.placed(seen.place.id, seen.language)


def _ask(request: HttpRequest, seen: Visit, form: Form) -> HttpResponse | None:
    grant = giving.grant(form)
    if form.wrong:
        return None
    try:
        number = actions.ask(seen.who, grant, form.get("why"), form.get("page"))
    except HaiDangError as trouble:
        form.blame(trouble)
        return None
    telling.asked(number)
    messages.success(request, text("request.sent", seen.language), extra_tags="good")
    return HttpResponseRedirect("/requests/")


@door
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One request, with the form of the answer for whoever may give it."""
    return _page(request, _signed_in(request), number)


def _page(request: HttpRequest, seen: Visit, number: int, form: Form | None = None) -> HttpResponse:
    found = reads.one(seen.who, number)
    form = form or Form(_as_asked(found, seen), {}, seen.language)
    context: dict[str, Any] = {
        "row": row(found, seen),
        "form": form,
        "may_answer": found.state == "asked" and reads.may_answer(seen.who, found),
        "may_take_back": found.state == "asked" and found.asker == seen.who.name and not seen.who.real,
        "levels": giving.levels(seen.language, found.grant.level),
        "places": giving.places(seen),
        "weighty": rules.weighty(found.grant),
        "first": granted.titled(found.first_by) if found.first_by else "",
        "has": [words.said(one, seen.language) for one in _has(found)],
    }
    return page.render(request, "request", seen, **context, status=400 if form.wrong else 200)


def _as_asked(found: Asked, seen: Visit) -> dict[str, str]:
    grant = found.grant
    until = f"{granted.moment(grant.until)}" if grant.until else ""
    place = giving.placed(grant.place, seen.language)
    return {"place": place, "level": grant.level.name.lower(), "until": until, "words": ""}


def _has(found: Asked) -> list[Grant]:
    """What whoever would get it has of that pack already."""
    try:
        who = gate.actor(found.grant.actor or found.asker)
    except HaiDangError:
        return []
    return [one for one in gate.grants(who) if one.actor == who.name and one.pack in (ANY, found.grant.pack)]


@require_POST
@door
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Give it, or less of it."""
    seen = _signed_in(request)
    found = reads.one(seen.who, number)
    form = giving.read(request.POST, seen.language)
    less = actions.Less(giving.place(form), _level(form), giving.until(form))
    if form.wrong:
        return _page(request, seen, number, form)
    try:
        given = actions.approve(seen.who, number, less, form.get("words"))
    except HaiDangError as trouble:
        form.blame(trouble)
        return _page(request, seen, number, form)
    return _approved(request, seen, found, given)


def _level(form: Form) -> Level:
    return giving.level(form)


def _approved(request: HttpRequest, seen: Visit, found: Asked, given: Grant | None) -> HttpResponse:
    if given is None:
        telling.asked(found.number)
        messages.warning(request, text("grant.waits", seen.language), extra_tags="watch")
    else:
        telling.answered(reads.one(seen.who, found.number), seen.who, given)
        said = text("request.given", seen.language, what=words.said(given, seen.language))
        messages.success(request, said, extra_tags="good")
    return HttpResponseRedirect("/requests/")


@require_POST
@door
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Say no, in words."""
    seen = _signed_in(request)
    found = reads.one(seen.who, number)
    form = giving.read(request.POST, seen.language)
    try:
        actions.refuse(seen.who, number, form.get("words"))
    except HaiDangError as trouble:
        form.wrong["words"] = giving.said(trouble, seen.language)
        form.values = {**_as_asked(found, seen), "words": form.get("words")}
        return _page(request, seen, number, form)
    telling.answered(reads.one(seen.who, number), seen.who)
    messages.success(request, text("request.said-no", seen.language), extra_tags="good")
    return HttpResponseRedirect("/requests/")


@require_POST
@door
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """One's own, while it waits."""
    seen = _signed_in(request)
    actions.take_back(seen.who, number)
    messages.success(request, text("request.back", seen.language), extra_tags="good")
    return HttpResponseRedirect("/requests/")
