"""The red banner of a privileged session on every page, and seeing as another: looking alone, nothing else.

Never: opens a session; lets an unsafe request through while somebody is seen as another, but for ending it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from haidang.access import gate
from haidang.access.people.granting import words
from haidang.access.privilege import reads
from haidang.access.privilege.reads import Session
from haidang.web.choices import LANGUAGE_COOKIE, THEME_COOKIE
from haidang.words.texts import text

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
LEAVING = frozenset({"/privilege/see-as/end", "/privilege/end", "/logout/"})
"""What may be sent while seeing as another: the ways out."""


@dataclass(frozen=True)
class Banner:
    """What the banner says: the session, minutes left, until when (HH:MM), what it reaches."""

    session: Session
    minutes: int
    until: str
    said: str


def banner(request: HttpRequest) -> dict[str, Any]:
    """For every template: `privileged`, None when no privileged session runs here."""
    session = getattr(request, "session", None)
    if session is None or not session.get("privilege"):
        return {}
    found = reads.current(gate.of_request(request))
    if found is None:
        return {}
    language = "en" if request.COOKIES.get(LANGUAGE_COOKIE) == "en" else "vi"
    left = found.minutes(timezone.now())
    until = f"{timezone.localtime(found.until):%H:%M}"
    return {"privileged": Banner(found, left, until, words.said(found.grant, language))}


class ReadOnly:
    """Refuses, in words, every unsafe request of a browser that sees as another."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE and request.path not in LEAVING and self._seeing(request):
            return refused(request)
        return self.get_response(request)

    @staticmethod
    def _seeing(request: HttpRequest) -> bool:
        """A token of its own is not the browser's session, and acts as its own account."""
        if request.headers.get("Authorization", "").lower().startswith("bearer ") or not request.session.get("seen_as"):
            return False
        return bool(gate.of_request(request).real)


def refused(request: HttpRequest) -> HttpResponse:
    """403 with the reason; a program gets it as JSON."""
    language = "en" if request.COOKIES.get(LANGUAGE_COOKIE) == "en" else "vi"
    said = text("read-only-as-another", language)
    if request.path.startswith("/api/"):
        return JsonResponse({"code": "read-only-as-another", "message": said}, status=403)
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    context = {"language": language, "theme": theme, "title": text("privilege.only-looking", language), "said": said}
    return render(request, "web/error.html", context, status=403)
