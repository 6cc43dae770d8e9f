"""Mending rows set aside: correct one, accept a group, discard one, take a discard back. The gate is asked before every
act; the writing is intake's. Never: writes itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from haidang.access import gate
from haidang.intake import actions, reads
from haidang.intake.reads import RunFace
from haidang.web import aside, behind, page
from haidang.web.aside import Row
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.web.views.aside import local
from haidang.words.errors import BadQuestion, Denied, IntakeStopped
from haidang.words.texts import say, text


@require_http_methods(["GET", "HEAD", "POST"])
@door
def reject(request: HttpRequest, reject_id: str) -> HttpResponse:
    """The row with its cells to correct; a row still at fault comes back with what is wrong and what was typed."""
    seen = page.visit(request)
    wrong, run = aside.one(seen, reject_id)
    if request.method != "POST":
        return _form(request, seen, (wrong, run))
    noun = seen.catalog.dataset(run.dataset)
    given = {column.name: str(request.POST.get(column.name, "")) for column in noun.columns}
    try:
        actions.mend(seen.who, reject_id, aside.changed(wrong, given, list(given)))
    except IntakeStopped as stopped:
        return _form(request, seen, (wrong, run), given=given, trouble=say(stopped, seen.language))
    return _back(request, run, text("mend.mended", seen.language, row=wrong.row), wrong.code)


@require_POST
@door
def discard(request: HttpRequest, reject_id: str) -> HttpResponse:
    """Close a row without landing it; it must be said why."""
    seen = page.visit(request)
    wrong, run = aside.one(seen, reject_id)
    why = str(request.POST.get("why", "")).strip()
    if not why:
        raise BadQuestion("mend.no-why")
    actions.discard(seen.who, reject_id, why)
    return _back(request, run, text("mend.discarded", seen.language, row=wrong.row), wrong.code)


@require_POST
@door
def reopen(request: HttpRequest, reject_id: str) -> HttpResponse:
    """Take a discard back."""
    seen = page.visit(request)
    wrong, run = aside.one(seen, reject_id)
    actions.reopen(seen.who, reject_id)
    return _back(request, run, text("mend.reopened", seen.language, row=wrong.row), wrong.code)


@require_POST
@door
def accept(request: HttpRequest, run_id: str) -> HttpResponse:
    """Land every open row of a reason, marked; only for whoever may decide on all of them."""
    seen = page.visit(request)
    run = reads.run(run_id)
    gate.require(seen.who, "mend", behind.subject(seen.catalog.dataset(run.dataset)))
    code = str(request.POST.get("code", ""))
    if not aside.whole(seen, run, code):
        raise Denied("no-grant")
    landed = actions.accept(seen.who, run_id, code)
    return _back(request, run, text("mend.accepted", seen.language, count=landed.landed), "")


def _form(
    request: HttpRequest,
    seen: Visit,
    about: tuple[Row, RunFace],
    *,
    given: dict[str, str] | None = None,
    trouble: str = "",
) -> HttpResponse:
    wrong, run = about
    context = {
        "row": wrong,
        "face": run,
        "fields": aside.fields(seen, seen.catalog.dataset(run.dataset), wrong, given),
        "trouble": trouble,
        "back": local(request, ""),
    }
    if request.headers.get("HX-Request"):
        return render(request, "web/parts/mend_row.html", {**context, "language": seen.language})
    return page.render(request, "mend", seen, status=422 if trouble else 200, **context)


def _back(request: HttpRequest, run: RunFace, said: str, code: str) -> HttpResponse:
    messages.success(request, said, extra_tags="good")
    return HttpResponseRedirect(local(request, f"/runs/{run.run}?code={code}#aside"))
