"""Offices for those who keep the people of some: the tree, one office, making, changing, closing one.

Never: decides who keeps whom (`access.people` does).
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from haidang.access.people import reads
from haidang.access.people.offices import actions
from haidang.access.people.offices.actions import Named
from haidang.access.people.offices.reads import OfficeFace
from haidang.access.people.reads import Wanted
from haidang.access.people.reviews import reads as reviews
from haidang.catalog.places import register
from haidang.web import page, roll
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import Absent, Denied, HaiDangError
from haidang.words.names import fold
from haidang.words.texts import say, text

FIELDS = ("name_vi", "name_en", "above", "place", "head")


@door
def listing(request: HttpRequest) -> HttpResponse:
    """The offices one keeps, as a tree, with how many people are in each; searched without tones."""
    seen = page.visit(request)
    kept = _kept(seen)
    q = request.GET.get("q", "").strip()[:80]
    closed = request.GET.get("closed") == "1"
    shown = [one for one in kept if (closed or one.closed is None) and _matches(one, q)]
    least = min((one.depth for one in shown), default=0)
    lines = [(one, _place(one), "·" * (0 if q else one.depth - least)) for one in shown]
    context = {"lines": lines, "q": q, "closed": closed, "every": len(kept), "found": len(shown)}
    return page.render(request, "offices", seen, whole=reads.keeps_all(seen.who), **context)


def _kept(seen: Visit) -> tuple[OfficeFace, ...]:
    """Raises Denied for whoever keeps nobody."""
    kept = reads.offices_of(seen.who, closed=True)
    if not kept and not reads.keeps_all(seen.who):
        raise Denied("no-grant")
    return kept


def _matches(one: OfficeFace, q: str) -> bool:
    said = f" {fold(f'{one.name.vi} {one.name.en} {one.key} {one.head_title}')}"
    return all(f" {word}" in said for word in fold(q).split())


def _place(one: OfficeFace) -> str:
    try:
        return register().unit(one.place).name if one.place else ""
    except Absent:
        return one.place


@require_http_methods(["GET", "HEAD", "POST"])
@door
def new(request: HttpRequest) -> HttpResponse:
    """The form of a new office."""
    seen = page.visit(request)
    _kept(seen)
    said = _said(request, request.POST.get("key", "").strip().lower(), above=request.GET.get("above", "")[:64])
    if request.method != "POST":
        return page.render(request, "office_new", seen, **_form(seen, said))
    try:
        actions.set_office(seen.who, said, new=True)
    except HaiDangError as wrong:
        return page.render(request, "office_new", seen, status=422, **_form(seen, said), trouble=_trouble(wrong, seen))
    return _back(request, seen, said.key, "office.saved", name=said.name_vi)


@require_POST
@door
def seed(request: HttpRequest) -> HttpResponse:
    """The committees of the centre's place and its communes, from the register; for administrators."""
    seen = page.visit(request)
    if not reads.keeps_all(seen.who):
        raise Denied("no-grant")
    count = actions.seed(seen.who)
    return _back(request, seen, "", "office.seeded", count=count)


@door
def office(request: HttpRequest, key: str) -> HttpResponse:
    """One office: what it is, its people, what is within it, what was given to it as a whole, its reviews."""
    seen = page.visit(request)
    return page.render(request, "office", seen, **_context(seen, _one(seen, key)))


@require_POST
@door
def act(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """`save`, `close` or `reopen` an office."""
    seen = page.visit(request)
    one = _one(seen, key)
    try:
        if act == "save":
            actions.set_office(seen.who, _said(request, key))
            return _back(request, seen, key, "office.saved", name=one.name.in_(seen.language))
        if act == "close":
            actions.close(seen.who, key)
            return _back(request, seen, key, "office.closed-done", name=one.name.in_(seen.language))
        if act == "reopen":
            actions.reopen(seen.who, key)
            return _back(request, seen, key, "office.reopened", name=one.name.in_(seen.language))
    except HaiDangError as wrong:
        context = {**_context(seen, one), "trouble": _trouble(wrong, seen)}
        if act == "save":
            context["said"] = _said(request, key)
        return page.render(request, "office", seen, status=422, **context)
    raise Absent("unknown-download", found=act[:20], nearest="")


def _one(seen: Visit, key: str) -> OfficeFace:
    """One of those somebody keeps; raises Absent('unknown-office')."""
    for one in _kept(seen):
        if one.key == key:
            return one
    raise Absent("unknown-office", found=key[:64])


def _trouble(wrong: HaiDangError, seen: Visit) -> str:
    if isinstance(wrong, Denied):
        raise wrong
    return say(wrong, seen.language)


def _said(request: HttpRequest, key: str, *, above: str = "") -> Named:
    typed = {field: str(request.POST.get(field, "")).strip() for field in FIELDS}
    return Named(key, **{**typed, "above": typed["above"] or above})


def _form(seen: Visit, said: Named) -> dict[str, Any]:
    return {"said": said, "offices": reads.offices_of(seen.who), "whole": reads.keeps_all(seen.who)}


def _context(seen: Visit, one: OfficeFace) -> dict[str, Any]:
    code = one.place.partition("@")[0]
    said = Named(one.key, one.name.vi, one.name.en if one.name.en != one.name.vi else "", one.above, code, one.head)
    found = reads.people(seen.who, Wanted(office=one.key), every=True)
    lines = [line for line in found.lines if line.office and line.office.key == one.key]
    kept = reads.offices_of(seen.who)
    return {
        **_form(seen, said),
        "one": one,
        "place_name": _place(one),
        "people": [(line, roll.MARKS[line.state], roll.post(line.post, seen.language)) for line in lines],
        "below": [other for other in kept if other.above == one.key],
        "above": [other for other in kept if other.key in one.path[:-1]],
        "change": reads.may_change_office(seen.who, one),
        "grants": _grants(seen, one),
        "reviews": [face for face in reviews.reviews(seen.who) if face.office == one.key],
    }


def _grants(seen: Visit, one: OfficeFace) -> list[str]:
    from haidang.access.people.granting import words

    return [words.said(grant, seen.language) for grant in reads.grants_of_office(seen.who, one.key)]


def _back(request: HttpRequest, seen: Visit, key: str, code: str, **facts: object) -> HttpResponse:
    messages.success(request, text(code, seen.language, **facts), extra_tags="good")
    return HttpResponseRedirect(f"/offices/{key}")
