"""Signing in by the province's provider of identities, linking to it, and signing out from either side.

Never: believes an answer (identity.providers.protocol proves it); shows why beyond a sentence.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout as end
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from haidang.access.identity.providers import actions, protocol, reads
from haidang.access.identity.providers.protocol import Identity
from haidang.web import entering, page
from haidang.web.choices import chosen
from haidang.web.doors import door
from haidang.web.views.account import frame, next_page
from haidang.web.views.factors import HOME, proved
from haidang.words.errors import Absent, Denied, HaiDangError, IntakeStopped, NotNow, Unavailable
from haidang.words.texts import text

LEFT = "sso_left"
"""Key of the (new, empty) session after signing out: where one may sign out at the provider too."""
_TROUBLE = (Denied, Unavailable, NotNow, IntakeStopped)


def _home(request: HttpRequest) -> str:
    """How browsers reach this centre, without the last slash."""
    return settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")


def _callback(request: HttpRequest, key: str) -> str:
    return f"{_home(request)}/login/sso/{key}/callback"


@never_cache
@require_GET
@door
def start(request: HttpRequest, key: str) -> HttpResponseBase:
    """/login/sso/<key>/?next=…: off to the provider."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_page(request))
    return _begin(request, key, next=next_page(request))


@require_GET
@proved
def link(request: HttpRequest, key: str) -> HttpResponseBase:
    """The same, to link the account that is signed in."""
    return _begin(request, key, next=HOME, account=request.user.pk)


def _begin(request: HttpRequest, key: str, **noted: Any) -> HttpResponseBase:
    try:
        there = protocol.begin(reads.party(key), request.session, _callback(request, key), **noted)
    except _TROUBLE as trouble:
        return _refused(request, key, trouble)
    return HttpResponseRedirect(there)


@never_cache
@require_GET
@door
def callback(request: HttpRequest, key: str) -> HttpResponseBase:
    """Back from the provider: proved, or refused with a sentence."""
    try:
        told = protocol.finish(reads.party(key), request.session, request.GET.dict())
        if told.flow.get("account"):
            return _linked(request, key, told)
        account, factor = actions.arrive(key, told)
    except _TROUBLE as trouble:
        return _refused(request, key, trouble)
    voucher = actions.voucher(key, told)
    to = str(told.flow.get("next") or "/")
    return entering.enter(request, account, "sso", to, factor="sso" if factor else "", vouched=voucher)


def _linked(request: HttpRequest, key: str, told: Identity) -> HttpResponseBase:
    account: Any = request.user
    if not account.is_authenticated or account.pk != told.flow["account"]:
        raise Denied("sso-state")
    actions.link(account, key, told)
    language = chosen(request).language
    messages.success(request, text("factors.linked", language), extra_tags="good")
    return HttpResponseRedirect(HOME)


def _refused(request: HttpRequest, key: str, trouble: HaiDangError) -> HttpResponseBase:
    """In words for people: who is unknown here, what to try; the code for those who look into the trace."""
    actions.refused(key, trouble.code, trouble.facts)
    choice = chosen(request)
    known = trouble.code if trouble.code in KNOWN else "sso-failed"
    words = {**frame(request, choice), "said": text(known, choice.language), "key": key, "code": trouble.code}
    status = 403 if isinstance(trouble, Denied) else 503
    return page.keep(request, render(request, "web/sso_refused.html", words, status=status), choice)


KNOWN = ("sso-unknown", "sso-closed", "sso-refused-there", "sso-state", "sso-linked-elsewhere", "provider-silent")
"""Reasons that help whoever reads them; the others are one sentence."""


@csrf_exempt
@require_POST
def logout_token(request: HttpRequest, key: str) -> HttpResponse:
    """Back-channel: the provider says that somebody signed out there. Its own token is the proof."""
    try:
        actions.logged_out(key, request.POST.get("logout_token", ""))
    except (Absent, *_TROUBLE) as trouble:
        if not isinstance(trouble, Absent):
            actions.refused(key, trouble.code, trouble.facts)
        answer: HttpResponse = JsonResponse({"error": "invalid_request"}, status=400)
    else:
        answer = HttpResponse(status=200)
    answer["Cache-Control"] = "no-store"
    return answer


@never_cache
@require_POST
def logout(request: HttpRequest) -> HttpResponseBase:
    """Sign out here; whoever came by a provider is offered to sign out there too."""
    key, hint = reads.hint(request.session, request.session.session_key)
    actions.leave(request.session.session_key)
    end(request)
    away = _away(request, key, hint) if key else ""
    if away:
        request.session[LEFT] = away
    answer = HttpResponseRedirect(f"/login/sso/{key}/left" if away else "/login/")
    # What the browser kept of pages goes with the session (its cookies stay: language and theme are nobody's secret).
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _away(request: HttpRequest, key: str, hint: str) -> str:
    try:
        return protocol.sign_out(reads.party(key, on=False), hint, f"{_home(request)}/login/")
    except (Absent, *_TROUBLE):
        return ""


@never_cache
@require_GET
@door
def left(request: HttpRequest, key: str) -> HttpResponseBase:
    """Signed out here; a moment later the browser goes on to sign out at the provider (a form may not lead there)."""
    away = request.session.pop(LEFT, "")
    if not away:
        return HttpResponseRedirect("/login/")
    choice = chosen(request)
    name = reads.provider(key).name.in_(choice.language)
    answer = render(request, "web/sso_left.html", {**frame(request, choice), "away": away, "name": name})
    answer["Refresh"] = f"2;url={away}"
    return answer
