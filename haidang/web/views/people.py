"""Accounts for those who keep them: the list, opening one, one account and what is done to it.

For everybody else they are absent. Never: decides who keeps whom (`access.people` does), keeps a password.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from haidang.access.people import actions, dossier, reads
from haidang.access.people.actions import Said
from haidang.access.people.granting import words
from haidang.access.people.granting.reads import audits as audits_
from haidang.access.people.reads import Line
from haidang.access.tracing import reads as tracing
from haidang.access.tracing import telling
from haidang.web import choices, formats, page, roll, sheets
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.web.views.factors import tell
from haidang.words.errors import Absent, BadQuestion, Denied, HaiDangError
from haidang.words.nouns import ANY, Grant
from haidang.words.texts import say, text

FIELDS = ("title", "holder", "office", "post", "phone", "email", "use", "kind")
KINDS = ("officer", "robot", "peer", "citizen")


@door
def listing(request: HttpRequest) -> HttpResponse:
    """The accounts one keeps: searched without tones, narrowed, sorted, page by page."""
    seen = page.visit(request)
    want = roll.wanted(request.GET)
    return page.render(request, "people", seen, **roll.context(seen, want, reads.people(seen.who, want)))


@door
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list as a file, every page of it; traced."""
    seen = page.visit(request)
    found = reads.people(seen.who, roll.wanted(request.GET), every=True)
    answer = sheets.answer(roll.sheet(seen, found), kind)
    actions.exported(seen.who, "people", found.total)
    return answer


@sensitive_variables("made")
@require_http_methods(["GET", "HEAD", "POST"])
@door
def new(request: HttpRequest) -> HttpResponse:
    """The form of a new account; what was typed comes back with what is wrong."""
    seen = page.visit(request)
    if not reads.keeps_any(seen.who):
        raise Denied("no-grant")
    said = _said(request, request.POST.get("name", ""))
    if request.method != "POST":
        return page.render(request, "person_new", seen, **_form(seen, said))
    try:
        made = actions.open_person(seen.who, said)
    except HaiDangError as wrong:
        context = {**_form(seen, said), **_trouble(wrong, seen)}
        return page.render(request, "person_new", seen, status=422, **context)
    return _shown_once(request, seen, said.name.strip().lower(), made)


@door
def person(request: HttpRequest, name: str) -> HttpResponse:
    """One account."""
    seen = page.visit(request)
    return page.render(request, "person", seen, **_context(seen, reads.person(seen.who, name)))


@require_POST
@door
def act(request: HttpRequest, name: str, act: str) -> HttpResponse:
    """One act on an account; what is refused for a reason the keeper may know is said on its page."""
    seen = page.visit(request)
    line = reads.person(seen.who, name)
    done = ACTS.get(act)
    if done is None:
        raise Absent("unknown-download", found=act[:20], nearest="")
    try:
        answer = done(request, seen, line)
    except HaiDangError as wrong:
        messages.error(request, _trouble(wrong, seen)["trouble"], extra_tags="bad")
        answer = None
    return answer or HttpResponseRedirect(f"/people/{line.name}")


# --- the acts


def _change(request: HttpRequest, seen: Visit, line: Line) -> HttpResponse | None:
    said = _said(request, line.name)
    try:
        actions.change(seen.who, said)
    except HaiDangError as wrong:
        context = {**_context(seen, line), **_form(seen, said), **_trouble(wrong, seen)}
        return page.render(request, "person", seen, status=422, **context)
    _good(request, seen, "people.saved", name=line.name)
    return None


def _disable(request: HttpRequest, seen: Visit, line: Line) -> None:
    actions.disable(seen.who, line.name, request.POST.get("why", ""))
    _good(request, seen, "people.disabled-done", name=line.name)


def _enable(request: HttpRequest, seen: Visit, line: Line) -> None:
    actions.enable(seen.who, line.name)
    _good(request, seen, "people.enabled-done", name=line.name)


def _unlock(request: HttpRequest, seen: Visit, line: Line) -> None:
    actions.unlock(seen.who, line.name)
    _good(request, seen, "people.unlocked-done", name=line.name)


@sensitive_variables("made")
def _password(request: HttpRequest, seen: Visit, line: Line) -> HttpResponse:
    made = actions.new_password(seen.who, line.name)
    return _shown_once(request, seen, line.name, made)


def _factor(request: HttpRequest, seen: Visit, line: Line) -> None:
    count = actions.reset_factor(seen.who, line.name)
    tell(request, line.name, "factor-reset", "totp")
    _good(request, seen, "people.factor-done", name=line.name, count=count)


def _sessions(request: HttpRequest, seen: Visit, line: Line) -> None:
    actions.end_sessions(seen.who, line.name, request.POST.get("session", ""))
    _good(request, seen, "people.ended-done")


@sensitive_variables("made")
def _token(request: HttpRequest, seen: Visit, line: Line) -> HttpResponse:
    day = choices.day(request.POST.get("until", ""))
    if day is None or day <= seen.today:
        raise BadQuestion("no-until")
    until = datetime.combine(day, time.max, timezone.get_default_timezone())
    made = actions.issue_token(seen.who, line.name, request.POST.get("label", ""), until)
    return _shown_once(request, seen, line.name, made, what="token-once")


def _revoke(request: HttpRequest, seen: Visit, line: Line) -> None:
    number = request.POST.get("token", "")
    actions.revoke_token(seen.who, line.name, int(number) if number.isdecimal() and len(number) < 19 else 0)
    _good(request, seen, "people.token-revoked")


ACTS: dict[str, Callable[[HttpRequest, Visit, Line], HttpResponse | None]] = {
    "change": _change,
    "disable": _disable,
    "enable": _enable,
    "unlock": _unlock,
    "password": _password,
    "factor": _factor,
    "sessions": _sessions,
    "token": _token,
    "revoke": _revoke,
}


def _good(request: HttpRequest, seen: Visit, code: str, **facts: object) -> None:
    messages.success(request, text(code, seen.language, **facts), extra_tags="good")


@sensitive_variables("made")
def _shown_once(request: HttpRequest, seen: Visit, name: str, made: str, *, what: str = "once") -> HttpResponse:
    """The page that shows a password or token this one time; neither browser nor proxy keeps it."""
    answer = page.render(request, "person_once", seen, name=name, made=made, code=f"people.{what}")
    answer["Cache-Control"] = "no-store"
    return answer


def _trouble(wrong: HaiDangError, seen: Visit) -> dict[str, Any]:
    """What is wrong in words; an error that must look like absence is raised on."""
    if wrong.code in ("no-grant", "unknown-actor") or not isinstance(wrong, BadQuestion | Denied | Absent):
        raise wrong
    return {"trouble": say(wrong, seen.language), "twins": wrong.code == "same-person"}


# --- the pages


def _said(request: HttpRequest, name: str) -> Said:
    typed = {field: str(request.POST.get(field, "")).strip() for field in FIELDS}
    typed["use"] = typed["use"] or "business"
    typed["kind"] = typed["kind"] if typed["kind"] in KINDS else KINDS[0]
    office = typed["office"] or str(request.GET.get("office", ""))[:64]
    return Said(name, sure=request.POST.get("sure") == "1", **{**typed, "office": office})


def _form(seen: Visit, said: Said) -> dict[str, Any]:
    whole = reads.keeps_all(seen.who)
    uses = [use for use in reads.USES if use != "admin" or whole or said.use == "admin"]
    return {
        "said": said,
        "offices": reads.offices_of(seen.who),
        "whole": whole,
        "uses": {use: text(f"people.use-{use}", seen.language) for use in uses},
        "kinds": {kind: text(f"people.kind-{kind}", seen.language) for kind in KINDS},
        "posts": {post: roll.post(post, seen.language) for post in reads.posts()},
    }


def _context(seen: Visit, line: Line) -> dict[str, Any]:
    around = dossier.dossier(seen.who, line.name)
    same = {field: getattr(line, field) for field in FIELDS if field != "office"}
    said = Said(line.name, office=line.office.key if line.office else "", **same)
    return {
        **_form(seen, said),
        "one": line,
        "mark": roll.MARKS[line.state],
        "why": roll.why(line.why, seen.language),
        "post": roll.post(line.post, seen.language),
        "around": around,
        "held": [_held(one.where, one.until, seen.language) for one in around.held],
        "grants": [_grant(grant, seen.language) for grant in reads.grants(seen.who, line.name)],
        "tokens": reads.tokens(seen.who, line.name),
        "acts": _acts(seen, line.name) if audits_(seen.who) else None,
        "people_kind": line.kind in ("officer", "citizen"),
    }


def _acts(seen: Visit, name: str) -> list[tuple[str, datetime]]:
    """The last acts of an account and upon it, each as a sentence."""
    titles = tracing.titles()
    return [(telling.sentence(row, seen.language, titles), row.at) for row in reads.last_acts(seen.who, name)]


def _held(where: str, until: datetime, language: str) -> str:
    place = text(f"people.held-{where}", language) if where in ("device", "everywhere") else where
    written = formats.moment(timezone.localtime(until).isoformat())
    return text("people.held-until", language, where=place, until=written)


def _grant(grant: Grant, language: str) -> tuple[str, str]:
    """A grant in words, and where it comes from."""
    return words.said(replace(grant), language), origin(grant, language)


def origin(grant: Grant, language: str) -> str:
    """Where a grant comes from: the account's own, its office's, its post's."""
    office, _, post = grant.through.partition("/")
    office, post = ("" if office == ANY else office), ("" if post == ANY else post)
    way = "both" if office and post else "office" if office else "post" if post else "own"
    names = reads.office_names()
    name = names[office].in_(language) if office in names else office
    return text(f"people.from-{way}", language, office=name, post=roll.post(post, language))
