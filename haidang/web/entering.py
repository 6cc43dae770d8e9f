"""The end of every way in: the session that has begun learns by which factor and whose word. Never: proves anything."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from haidang.access.identity.factors import again, reads
from haidang.access.identity.factors.stage import DONE
from haidang.access.identity.providers import actions as providers

VOUCHED = "haidang_sso"
"""In a login's state: what a provider vouches for (providers.actions.voucher)."""


def enter(request: HttpRequest, account: Any, how: str, to: str, **state: Any) -> HttpResponseBase:
    """Go through allauth's stages as `account`; `state`: `factor` when one was proved, `vouched` by a provider."""
    clear_login(request)
    kept = {DONE: state.get("factor", ""), VOUCHED: state.get("vouched")}
    login = Login(user=account, redirect_url=to, state={name: value for name, value in kept.items() if value})
    again.noted(request, account, how)
    answer = perform_login(request, login)
    if request.user.is_authenticated:
        begun(request, login, state.get("factor", ""))
    return answer if isinstance(answer, HttpResponseBase) else HttpResponseRedirect("/login/")


def begun(request: HttpRequest, login: Login, factor: str) -> None:
    """The session has begun: note by which factor, and who vouched for it."""
    if factor:
        request.session[reads.SESSION] = factor
    if vouched := login.state.get(VOUCHED):
        providers.vouched(login.user, vouched, request.session)
