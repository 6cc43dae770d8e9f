"""Grants on screen: the list, the table of who has what, giving one, withdrawing one. Never: decides who may give."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from haidang.access.people.granting import actions, reads, rules, words
from haidang.web import giving, granted, page, sheets, telling
from haidang.web.doors import door
from haidang.web.giving import Form
from haidang.web.page import Visit
from haidang.words.errors import Absent, Denied, HaiDangError
from haidang.words.texts import text


@door
def listing(request: HttpRequest) -> HttpResponse:
    """Every grant one keeps, narrowed as chosen."""
    seen = page.visit(request)
    return page.render(request, "grants", seen, **granted.context(seen, request.GET))


@door
def table(request: HttpRequest) -> HttpResponse:
    """Offices and accounts × packs."""
    seen = page.visit(request)
    return page.render(request, "grants_table", seen, **granted.table(seen, request.GET))


@door
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as a file."""
    seen = page.visit(request)
    rows = [granted.row(one, seen) for one in reads.grants(seen.who, granted.wanted(request.GET))]
    heads = [text(code, seen.language) for code in granted.HEADS]
    return sheets.answer(sheets.Sheet("quyen", heads, [granted.cells(one) for one in rows]), kind)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def new(request: HttpRequest) -> HttpResponse:
    """Give a grant: to an account, an office, a post."""
    seen = _giving(request)
    form = giving.read(request.POST if request.method == "POST" else request.GET, seen.language)
    if request.method == "POST" and (done := _give(request, seen, form)):
        return done
    if request.method != "POST":
        form.values["place"] = form.get("place") or giving.placed(page.centre().id, seen.language)
        form.values["level"] = form.get("level") or "internal"
    return page.render(request, "grant_new", seen, **_offer(seen, form), status=400 if form.wrong else 200)


def _giving(request: HttpRequest) -> Visit:
    """Whoever may give something; raises Denied."""
    seen = page.visit(request)
    if seen.who.real or not (rules.administers(seen.who) or rules.ceilings(seen.who)):
        raise Denied("no-grant")
    return seen


def _offer(seen: Visit, form: Form) -> dict[str, Any]:
    return {
        "form": form,
        "accounts": reads.accounts(seen.who),
        "offices": reads.offices(seen.who),
        "posts": {post: words.title_of_post(post, seen.language) for post in reads.posts()},
        "packs": giving.every_pack(seen),
        "levels": giving.levels(seen.language, rules.most_level(seen.who)),
        "acts": giving.actions(seen),
        "places": giving.places(seen),
        "ceilings": [words.said(one, seen.language) for one in rules.ceilings(seen.who)],
        "administers": rules.administers(seen.who),
        "two": rules.administers(seen.who) and actions.two_needed(seen.who),
    }


def _give(request: HttpRequest, seen: Visit, form: Form) -> HttpResponse | None:
    to, through = giving.recipient(form)
    grant = giving.grant(form, to=to, through=through)
    if form.wrong:
        return None
    try:
        given = actions.give(seen.who, grant, form.get("why"))
    except HaiDangError as trouble:
        form.blame(trouble)
        return None
    if isinstance(given, int):
        telling.asked(given)
        messages.warning(request, text("grant.waits", seen.language), extra_tags="watch")
        return HttpResponseRedirect(f"/requests/{given}")
    telling.given(given, seen.who)
    said = text(
        "grant.done", seen.language, to=words.recipient(given, seen.language), what=words.said(given, seen.language)
    )
    messages.success(request, said, extra_tags="good")
    return HttpResponseRedirect("/grants/")


@require_http_methods(["GET", "HEAD", "POST"])
@door
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Say what ends and for how many; then end it."""
    seen = page.visit(request)
    found = next((one for one in reads.grants(seen.who) if one.number == number and one.mine), None)
    if found is None or seen.who.real:
        raise Absent("unknown-grant", found=number)
    wrong = ""
    if request.method == "POST":
        try:
            actions.withdraw(seen.who, number)
            telling.withdrawn(found.grant, seen.who)
            messages.success(request, text("grant.withdrawn", seen.language), extra_tags="good")
            return HttpResponseRedirect("/grants/")
        except HaiDangError as trouble:
            wrong = giving.said(trouble, seen.language)
    shown = granted.row(found, seen)
    return page.render(request, "grant_end", seen, row=shown, wrong=wrong, people=len(reads.counted(number)))
