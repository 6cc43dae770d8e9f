"""Privileged sessions: opening one, ending it, seeing as another, what was looked at in one. Never: decides a right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from haidang.access import gate
from haidang.access.people.granting import reads as granting
from haidang.access.people.granting import rules, words
from haidang.access.privilege import actions, reads
from haidang.access.privilege.reads import Look, Session
from haidang.web import giving, granted, page, proving
from haidang.web.doors import door
from haidang.web.giving import Form
from haidang.web.page import Visit
from haidang.words.errors import Denied, HaiDangError
from haidang.words.nouns import Level
from haidang.words.texts import text

PRIVILEGE, SEEN_AS = "privilege", "seen_as"
MINUTES = (10, 15, 30, 45, 60)


@door
def listing(request: HttpRequest) -> HttpResponse:
    """The session that runs, the form of a new one (administrators), those that were."""
    seen = page.visit(request)
    return _page(request, seen, _empty(seen))


def _empty(seen: Visit) -> Form:
    place = giving.placed(page.centre().id, seen.language)
    return Form({"minutes": "30", "level": "restricted", "place": place}, {}, seen.language)


def _page(request: HttpRequest, seen: Visit, form: Form) -> HttpResponse:
    opens = rules.administers(seen.who)
    found = reads.sessions(seen.who)
    if not opens and not found and not granting.audits(seen.who):
        raise Denied("no-grant")
    most = actions.most_minutes()
    context = {
        "form": form,
        "opens": opens,
        "now": reads.current(seen.who),
        "packs": giving.every_pack(seen) if opens else [],
        "levels": giving.levels(seen.language, reads.most_level()),
        "places": giving.places(seen),
        "minutes": [f"{count}" for count in MINUTES if count <= most],
        "code": opens and proving.needs_code(request.user),
        "password": opens and proving.needs_password(request.user),
        "people": _seeable(seen) if opens else {},
        "rows": [_row(one, seen) for one in found],
    }
    return page.render(request, "privilege", seen, **context, status=400 if form.wrong else 200)


def _seeable(seen: Visit) -> dict[str, str]:
    hidden = {*rules.administrators(), seen.who.name}
    return {name: title for name, title in granting.accounts(seen.who).items() if name not in hidden}


def _row(one: Session, seen: Visit) -> dict[str, Any]:
    ended = granted.clock(one.ended) if one.minutes(seen.now) == 0 else ""
    return {"one": one, "said": words.said(one.grant, seen.language), "at": granted.clock(one.opened), "ended": ended}


@sensitive_post_parameters("password", "code")
@require_POST
@door
def open_(request: HttpRequest) -> HttpResponse:
    """Begin, after the password (and the code) once more."""
    seen = page.visit(request)
    if not rules.administers(seen.who):
        raise Denied("no-grant")
    form = giving.read(request.POST, seen.language)
    place, level, pack = giving.place(form), giving.level(form), giving.coded(form.get("pack")) or "*"
    minutes = int(form.get("minutes")) if form.get("minutes").isdecimal() else 0
    if form.wrong:
        return _page(request, seen, form)
    try:
        actions.check(seen.who, form.get("why"), level, minutes)
        proving.prove(request, request.user, request.POST.get("password", ""), request.POST.get("code", ""))
        number = actions.open(seen.who, form.get("why"), pack=pack, place=place, level=level, minutes=minutes)
    except HaiDangError as trouble:
        form.blame(trouble)
        return _page(request, seen, form)
    request.session[PRIVILEGE] = number
    request.session.pop(SEEN_AS, None)
    messages.warning(request, text("privilege.opened", seen.language), extra_tags="warn")
    return HttpResponseRedirect("/privilege/")


@require_POST
@door
def end(request: HttpRequest) -> HttpResponse:
    """End it now, seeing as another too."""
    who = gate.of_request(request)
    number = request.session.pop(PRIVILEGE, None)
    request.session.pop(SEEN_AS, None)
    if isinstance(number, int):
        actions.close(who, number)
        messages.success(request, text("privilege.ended", page.visit(request).language), extra_tags="good")
    return HttpResponseRedirect("/privilege/")


@require_POST
@door
def see_as(request: HttpRequest) -> HttpResponse:
    """See the centre as another, within the session that runs."""
    seen = page.visit(request)
    if not rules.administers(seen.who):
        raise Denied("no-grant")
    try:
        request.session[SEEN_AS] = actions.see_as(seen.who, giving.coded(request.POST.get("name", "")))
    except HaiDangError as trouble:
        form = _empty(seen)
        form.wrong["name"] = giving.said(trouble, seen.language)
        return _page(request, seen, form)
    return HttpResponseRedirect("/")


@require_POST
@door
def see_as_end(request: HttpRequest) -> HttpResponse:
    """Be oneself again."""
    actions.see_as_end(gate.of_request(request))
    request.session.pop(SEEN_AS, None)
    return HttpResponseRedirect("/privilege/")


@require_http_methods(["GET", "HEAD"])
@door
def one(request: HttpRequest, number: int) -> HttpResponse:
    """What was looked at in one session: for the head, administrators, `audit`."""
    seen = page.visit(request)
    found = reads.one(seen.who, number)
    looks = reads.looks(number)
    context = {
        "row": _row(found, seen),
        "looks": [_look(one, seen) for one in looks],
        "reads": sum(one.count for one in looks if one.action == "read"),
        "seen_as": [(title, granted.clock(since), granted.clock(to)) for _, title, since, to in reads.seen_as(number)],
        "told": ", ".join(giving.titled(name) for name in reads.told(number)),
        "level": Level(found.grant.level).name.lower(),
    }
    return page.render(request, "privilege_one", seen, **context)


def _look(one: Look, seen: Visit) -> dict[str, str | int]:
    language = seen.language
    pack = words.pack(one.pack, language) if one.pack else ""
    return {
        "who": giving.titled(one.who),
        "action": text(f"trace.act.{one.action}", language).removeprefix("trace.act."),
        "pack": pack,
        "thing": _title(seen, one),
        "outcome": text("privilege.denied" if one.outcome == "denied" else "privilege.allowed", language),
        "count": one.count,
        "first": granted.clock(one.first),
        "last": granted.clock(one.last),
    }


def _title(seen: Visit, one: Look) -> str:
    """An indicator or dataset by its title, with its key; anything else as the trace names it."""
    try:
        key = one.thing if "." in one.thing else f"{one.pack}.{one.thing}"
        return seen.catalog.indicator(key).title.in_(seen.language)
    except HaiDangError:
        return one.thing
