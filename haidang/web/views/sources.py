"""Every source at a glance, and one source with all that is known of it. Never: judges a source (intake does)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from haidang.access import gate
from haidang.intake.sources import actions
from haidang.web import behind, desk, page, sheets, standing
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.web.standing import Line
from haidang.words.errors import Absent
from haidang.words.nouns import Subject
from haidang.words.texts import text


@door
def listing(request: HttpRequest) -> HttpResponse:
    """The sources one may see or work on: who is late first; narrowed, grouped and sorted as chosen."""
    seen = page.visit(request)
    return page.render(request, "sources", seen, **desk.context(seen, request.GET))


@door
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list as a file."""
    seen = page.visit(request)
    wanted = desk.wanted(request.GET)
    shown = desk.sorted_(desk.matching(standing.lines(seen), wanted), wanted.sort)
    heads = [text(code, seen.language) for code in desk.HEADS]
    return sheets.answer(sheets.Sheet("nguon", heads, [desk.row(one, seen) for one in shown]), kind)


@door
def source(request: HttpRequest, key: str) -> HttpResponse:
    """State and why, what is owed, what came, what was set aside, the contract."""
    seen = page.visit(request)
    found = standing.one(seen, key)
    return page.render(request, "source", seen, **fiche_context(seen, found))


def fiche_context(seen: Visit, found: Line) -> dict[str, object]:
    from haidang.web import sourcefiche

    return sourcefiche.context(seen, found)


@require_POST
@door
def run_now(request: HttpRequest, key: str) -> HttpResponse:
    seen, found = _working(request, key)
    actions.run_now(seen.who, found.key)
    return back(request, found, "source.ran")


@require_POST
@door
def pause(request: HttpRequest, key: str) -> HttpResponse:
    """Stop asking, or go on: `paused` says which."""
    seen, found = _working(request, key)
    paused = request.POST.get("paused") == "1"
    actions.pause(seen.who, found.key, paused)
    return back(request, found, "source.pause-done" if paused else "source.resume-done")


def _working(request: HttpRequest, key: str) -> tuple[Visit, Line]:
    """Whoever feeds the source, or manages it; raises Denied."""
    seen = page.visit(request)
    found = standing.one(seen, key)
    if found.face.mode == "" and found.source.connector != "upload":
        raise Absent("unknown-source", found=key)
    if found.rights.manage:
        gate.require(seen.who, "manage", Subject(found.face.pack, found.key))
    else:
        gate.require(seen.who, "import", behind.subject(found.dataset))
    return seen, found


def back(request: HttpRequest, found: Line, code: str) -> HttpResponse:
    messages.success(request, text(code, page.visit(request).language), extra_tags="good")
    return HttpResponseRedirect(f"/sources/{found.key}")
