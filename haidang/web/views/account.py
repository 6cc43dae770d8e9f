"""Signing in and out: the gatehouse, over allauth's flow, so that a second step follows where there is one.

Never: creates an account or changes a grant; tells whether an account exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from haidang.access.identity import locks
from haidang.web import formats, page, switches
from haidang.web.choices import Choice, chosen
from haidang.web.doors import door
from haidang.words.texts import text

SAID = ("idle", "over", "disabled", "changed", "sso", "late", "passkey")
"""What the gatehouse may be asked to say, by ?said=."""


@dataclass(frozen=True)
class Refused:
    """Why nobody was let in, in words."""

    said: str
    status: int = 200


@sensitive_post_parameters("password")
def _gatehouse(request: HttpRequest) -> HttpResponseBase:
    """/login/?next=…&said=…"""
    if request.method != "POST":
        return _page(request)
    entered = _enter(request)
    return _page(request, entered) if isinstance(entered, Refused) else entered


def _enter(request: HttpRequest) -> HttpResponseBase | Refused:
    language = chosen(request).language
    name, password = request.POST.get("username", "").strip().lower(), request.POST.get("password", "")
    user = get_adapter().authenticate(request, username=name, password=password) if name and password else None
    if user is None:
        if until := vars(request).get("locked_until"):
            when = formats.moment(timezone.localtime(until).isoformat())
            return Refused(text("login.locked", language, when=when), 429)
        return Refused(text("login.wrong", language))
    if trial := vars(request).get("trial"):
        locks.give_back(trial)
    clear_login(request)
    answer = perform_password_login(request, {"username": name}, Login(user=user, redirect_url=next_page(request)))
    return answer if isinstance(answer, HttpResponseBase) else HttpResponseRedirect("/login/")


def next_page(request: HttpRequest) -> str:
    """Where to go after signing in: a page of this centre, nowhere else."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and not wanted.startswith(("/login", "/logout")) else "/"


def _page(request: HttpRequest, refused: Refused | None = None) -> HttpResponseBase:
    choice = chosen(request)
    said = request.GET.get("said", "")
    words = {
        "refused": refused.said if refused else "",
        "said": text(f"login.said-{said}", choice.language) if said in SAID and not refused else "",
        "next": next_page(request),
        "name": request.POST.get("username", "")[:64],
        **frame(request, choice),
    }
    status = refused.status if refused else 200
    return page.keep(request, render(request, "web/login.html", words, status=status), choice)


def frame(request: HttpRequest, choice: Choice) -> dict[str, Any]:
    """What the templates of the gatehouse need (before anybody is known)."""
    return {
        "language": choice.language,
        "theme": choice.theme,
        "place": page.centre(),
        "languages": switches.languages(choice, request),
    }


login = door(never_cache(require_http_methods(["GET", "HEAD", "POST"])(_gatehouse)))
