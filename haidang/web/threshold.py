"""What a signed-in request passes before any page: has its session ended, and is something owed first.

Looks that a page makes by itself (its stream, its live parts, a progress bar) do not keep a session alive. Never: signs
in; decides a right.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

from haidang.access.identity import actions, locks, reads
from haidang.access.identity.providers import reads as providers
from haidang.web.choices import LANGUAGE_COOKIE, LANGUAGES
from haidang.words.texts import text

FREE = ("/static/", "/healthz", "/metrics", "/hooks/", "/login/", "/logout/", "/.well-known/", "/security.txt")
"""Nothing is asked of whoever goes here."""
PAY = {"password": "/me/password", "factor": "/me/factors/"}
STREAM = "/events"


class Threshold(MiddlewareMixin):
    """Stands behind sign-in: /login/ for a session that ended, /me/… for what is owed."""

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path.startswith(FREE):
            return None
        account = request.user
        if not account.is_authenticated:
            return None
        why = actions.seen(request, account, itself=_by_itself(request))
        if why := why or ("sso" if providers.over(request.session) else ""):
            return _ended(request, why)
        owed = reads.owed(account, request.session)
        return _owing(request, owed) if owed and not request.path.startswith(PAY[owed]) else None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The device on which somebody has just signed in is known from now on."""
        if name := vars(request).get("signed_in"):
            response.set_cookie(
                locks.COOKIE,
                locks.remembered(request.COOKIES, name),
                max_age=locks.COOKIE_AGE,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )
        return response


def _by_itself(request: HttpRequest) -> bool:
    """Whether the page asks, not the person."""
    part = "HX-Request" in request.headers and "HX-Boosted" not in request.headers and request.GET.get("part")
    return request.path == STREAM or "X-Live" in request.headers or bool(part)


def _ended(request: HttpRequest, why: str) -> HttpResponseBase | None:
    if request.path == STREAM:
        return None  # the stream says good-bye by itself
    logout(request)
    return _elsewhere(request, f"/login/?said={why}&next={quote(_back(request))}", 401, f"session-{why}")


def _owing(request: HttpRequest, owed: str) -> HttpResponseBase:
    return _elsewhere(request, PAY[owed], 403, f"first-{owed}")


def _elsewhere(request: HttpRequest, to: str, status: int, code: str) -> HttpResponseBase:
    """There: as a page by redirect, as a part of one by htmx' own way, in words of JSON to a program."""
    if request.path.startswith("/api/"):
        said = {"code": code, "message": text(code, _language(request))}
        return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
    if request.path == STREAM or "X-Live" in request.headers:
        return HttpResponse(status=status)
    if "HX-Request" in request.headers:
        return HttpResponse(status=status, headers={"HX-Redirect": to})
    return redirect(to)


def _back(request: HttpRequest) -> str:
    """The page somebody is on: this one, or the one whose form or part asked."""
    here: str = request.get_full_path()
    said = request.headers.get("HX-Current-URL") or ("" if request.method == "GET" else request.headers.get("Referer"))
    if not said:
        return here if request.method == "GET" else "/"
    parts: Any = urlsplit(said)
    return f"{parts.path}?{parts.query}" if parts.query else str(parts.path)


def _language(request: HttpRequest) -> str:
    found = request.COOKIES.get(LANGUAGE_COOKIE, "")
    return found if found in LANGUAGES else LANGUAGES[0]
