"""The second step of signing in, and signing in by a passkey alone. Never: asks for a password; keeps a code."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.stages import LoginStageController
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from haidang.access.identity.factors import actions, again, keys, reads
from haidang.access.identity.factors.stage import Second
from haidang.web import entering, page
from haidang.web.choices import chosen
from haidang.web.doors import door
from haidang.web.views.account import frame, next_page
from haidang.words.errors import BadQuestion, HaiDangError, NotNow
from haidang.words.texts import say


@sensitive_post_parameters("code", "credential")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@door
def second(request: HttpRequest) -> HttpResponseBase:
    """/login/second/: a code, a recovery code or a passkey, of whoever passed the first step."""
    stage = LoginStageController.enter(request, Second.key)
    if stage is None or request.user.is_authenticated:
        return HttpResponseRedirect("/" if request.user.is_authenticated else "/login/?said=late")
    if not stage.login.user.is_active:
        stage.abort()
        return HttpResponseRedirect("/login/?said=disabled")
    if request.method != "POST":
        return _page(request, stage.login.user)
    try:
        kind = _proved(request, stage.login.user)
    except (BadQuestion, NotNow) as wrong:
        return _page(request, stage.login.user, wrong)
    return _onward(request, stage, kind)


def _onward(request: HttpRequest, stage: Any, kind: str) -> HttpResponseBase:
    again.noted(request, stage.login.user, "mfa", type=kind)
    answer: HttpResponseBase = stage.exit()
    if request.user.is_authenticated:
        entering.begun(request, stage.login, kind)
    return answer


def _proved(request: HttpRequest, account: Any) -> str:
    """The kind of factor that was proved; raises BadQuestion, NotNow."""
    if "credential" not in request.POST:
        return actions.check_code(account, request.POST.get("code", "")[:32])
    actions.may_try(account)
    try:
        actions.used_passkey(keys.proved(request.POST["credential"], account))
    except BadQuestion:
        actions.missed(account)
        raise
    return reads.PASSKEY


def _page(request: HttpRequest, account: Any, wrong: HaiDangError | None = None) -> HttpResponseBase:
    choice = chosen(request)
    kinds = {factor.kind for factor in reads.factors(account)}
    codes = reads.codes(account)
    words = {
        **frame(request, choice),
        "wrong": say(wrong, choice.language) if wrong else "",
        "by_code": reads.TOTP in kinds or bool(codes and codes.left),
        "by_clock": reads.TOTP in kinds,
        "recovery": bool(codes and codes.left),
        "options": json.dumps(keys.ask(account)) if reads.PASSKEY in kinds else "",
        "demo": account.name if reads.given(account) else "",
    }
    status = 200 if wrong is None else 429 if isinstance(wrong, NotNow) else 422
    return page.keep(request, render(request, "web/login_second.html", words, status=status), choice)


@never_cache
@require_http_methods(["GET", "POST"])
@door
def passkey(request: HttpRequest) -> HttpResponseBase:
    """/login/passkey/: what to ask a passkey (JSON), and its answer; whoever has it has proved both steps."""
    if request.method == "GET":
        return JsonResponse(keys.ask())
    try:
        found = keys.proved(request.POST.get("credential", ""))
    except BadQuestion:
        return HttpResponseRedirect("/login/?said=passkey")
    actions.used_passkey(found)
    return entering.enter(request, found.user, "mfa", next_page(request), factor=reads.PASSKEY)
