"""Saying what personal data is looked at for, and ending it. Never: shows any of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from haidang.access.personal import actions, reads
from haidang.web import page, purposes
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import BadQuestion, Denied
from haidang.words.texts import say


@require_http_methods(["GET", "HEAD", "POST"])
@door
def purpose(request: HttpRequest) -> HttpResponse:
    """The list of purposes; what is chosen holds for some minutes. Raises Denied for whoever reaches none of it."""
    seen = page.visit(request)
    known = {pack.key: pack for pack in purposes.packs(seen)}
    if not known or seen.who.real:
        raise Denied("no-grant")
    if request.method != "POST":
        return _form(request, seen, list(known))
    chosen = [key for key in request.POST.getlist("packs") if key in known]
    try:
        words = reads.said(request.POST.get("code", ""), request.POST.get("words", ""))
        if not chosen:
            raise BadQuestion("purpose-no-packs")
    except BadQuestion as wrong:
        return _form(request, seen, list(known), wrong=wrong)
    purposes.begin(request, words, chosen)
    actions.said(seen.who, words, chosen)
    return HttpResponseRedirect(_back(request))


@require_POST
@door
def end(request: HttpRequest) -> HttpResponse:
    """Nothing personal stands in clear any more."""
    seen = page.visit(request)
    if seen.who.purpose:
        purposes.end(request)
        actions.ended(seen.who)
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The page it was said on; one of this centre, nowhere else."""
    wanted = str(request.POST.get("back") or request.GET.get("back") or "/")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else "/"


def _form(request: HttpRequest, seen: Visit, known: list[str], *, wrong: BadQuestion | None = None) -> HttpResponse:
    wanted = request.GET.get("pack", "")
    ticked = request.POST.getlist("packs") or ([wanted] if wanted in known else known if len(known) == 1 else [])
    context = {
        "purposes": [(one.code, one.title, one.basis, one.verified) for one in reads.purposes()],
        "packs": [(key, seen.catalog.pack(key).title, key in ticked) for key in known],
        "code": request.POST.get("code", ""),
        "words": request.POST.get("words", "")[: reads.MOST],
        "wrong": say(wrong, seen.language) if wrong else "",
        "wrong_at": {"purpose-no-packs": "packs", "purpose-unknown": "code"}.get(wrong.code, "words") if wrong else "",
        "minutes": purposes.minutes(),
        "least": reads.LEAST,
        "most": reads.MOST,
        "back": _back(request),
    }
    return page.render(request, "purpose", seen, status=400 if wrong else 200, **context)
