"""One Case: its page, its acts, who sent it. Never: decides who may, changes a Case but through `cases.actions`.

Whoever comes second, says too little or says it too late finds the page as it is now, what they wrote still in the
form, and why it was not done.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from haidang.access import gate
from haidang.cases import actions, machine, reads
from haidang.cases.faces import Whole
from haidang.cases.files import actions as files
from haidang.web import deskside, page
from haidang.web.cases import asked, offered, offering, whole
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import Absent, BadQuestion, Denied, HaiDangError, NotNow
from haidang.words.texts import say, text

SECOND = ("case-changed", "not-in-this-state")
FIELDS = ("words", "office", "due", "into", "rating", *offered.CORRECTED)


@require_safe
@door
def case(request: HttpRequest, number: int) -> HttpResponse:
    """One Case with all the house may read of it, and the acts open to whoever looks."""
    seen = page.visit(request, (deskside.CASES,))
    return _page(request, seen, reads.case(seen.who, number), tried=request.GET.get("do", "")[:16])


@require_POST
@door
def act(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """One act; then the page it was done on, or the one the form names."""
    seen = page.visit(request)
    before = reads.case(seen.who, number)
    if act not in machine.ACTS:
        raise Absent("unknown-case", found=act[:16])
    try:
        done = actions.act(seen.who, number, asked.wanted(request, act, before, _kept(request, seen, act)))
    except (BadQuestion, NotNow) as wrong:
        return _refused(request, seen, act, wrong)
    said = text("cases.acted", seen.language, act=text(f"case.act-{act}", seen.language), number=str(number))
    next_ = text(f"cases.now-{done.state}", seen.language) if done.state != before.line.state else ""
    messages.success(request, f"{said} {next_}".strip(), extra_tags="good")
    return HttpResponseRedirect(_back(request, number), status=303)


def _kept(request: HttpRequest, seen: Visit, act: str) -> tuple[str, ...]:
    """Keys of the photos that came with an act."""
    sent = [(one.name or "", one.file) for one in request.FILES.getlist("files") if one.file]
    if not sent or act not in offered.PHOTOS:
        return ()
    when = request.POST.get("when", offered.PHOTOS[act])
    return files.keep_all(seen.who, sent, when=when if when in ("before", "after") else "")


def _refused(request: HttpRequest, seen: Visit, act: str, wrong: HaiDangError) -> HttpResponse:
    """The page as it is now, what was typed, and why; 409 when somebody was first."""
    number = int(request.resolver_match.kwargs["number"]) if request.resolver_match else 0
    now = reads.case(seen.who, number)
    first = wrong.code in SECOND
    said = _first(wrong, seen) if first else say(wrong, seen.language)
    kept = text("cases.typed-kept", seen.language) if first and request.POST.get("words", "").strip() else ""
    lost = text("cases.photos-again", seen.language) if request.FILES else ""
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    trouble = " ".join(part for part in (said, kept, lost) if part)
    status = 409 if isinstance(wrong, NotNow) else 422
    return _page(request, seen, now, tried=act, typed=typed, trouble=trouble, status=status)


def _first(wrong: HaiDangError, seen: Visit) -> str:
    """Who acted before, what and when: by the title of the account and the name of the act."""
    by, done = str(wrong.facts.get("by", "")), str(wrong.facts.get("act", ""))
    who = gate.titles({by}).get(by, by) if by else text("case.role-sender", seen.language)
    act = text(f"case.act-{done}", seen.language)
    return text("cases.acted-before", seen.language, who=who, act=act, at=wrong.facts.get("at", ""))


def _page(
    request: HttpRequest,
    seen: Visit,
    found: Whole,
    *,
    tried: str = "",
    typed: Mapping[str, str] | None = None,
    **more: Any,
) -> HttpResponse:
    context = {**whole.context(seen, found, tried=tried, typed=typed), **more}
    lost = (typed or {}).get("words", "") if tried not in found.acts else ""
    tabs = offering.pages(seen.who, "/cases/")
    return page.render(request, "cases/one", seen, tabs=tabs, lost=lost, **context)


def _back(request: HttpRequest, number: int) -> str:
    """The page the form was on; one of this centre, nowhere else."""
    wanted = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/cases/") else f"/cases/{number}"


@require_safe
@door
def sender(request: HttpRequest, number: int) -> HttpResponse:
    """Who sent it and what they wrote, for a purpose; traced each time, kept by no browser."""
    seen = page.visit(request)
    pack = reads.case(seen.who, number).line.desk.partition(".")[0]
    try:
        person, original = reads.sender(seen.who, number), reads.original(seen.who, number)
    except Denied as wrong:
        if wrong.code != "no-purpose":
            raise
        query = urlencode({"pack": pack, "back": request.path})
        return HttpResponseRedirect(f"/purpose/?{query}")
    context = {"person": person, "original": original, "number": number}
    answer = page.render(request, "cases/sender", seen, **context)
    answer["Cache-Control"] = "no-store"
    return answer
