"""The one table from error to HTTP status, and the door every view stands behind: an error becomes a designed page.

Never: says whether a thing is absent or forbidden; both are 404 with the same words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.vary import vary_on_cookie

from haidang.web.choices import LANGUAGE_COOKIE, LANGUAGES, THEME_COOKIE, THEMES
from haidang.words.errors import (
    Absent,
    BadQuestion,
    Denied,
    HaiDangError,
    IntakeStopped,
    NotNow,
    PackProblem,
    Unavailable,
)
from haidang.words.texts import say, text

STATUS: dict[type[HaiDangError], int] = {
    Absent: 404,
    Denied: 404,
    BadQuestion: 400,
    IntakeStopped: 400,
    NotNow: 503,
    Unavailable: 503,
    PackProblem: 500,
}
TITLES = {404: "error.absent-title", 400: "error.bad-title", 503: "error.busy-title", 500: "error.busy-title"}

View = Callable[..., HttpResponseBase]


def door(view: View) -> View:
    """Wraps a view: errors of the family become pages; pages differ by cookie (who, language, theme)."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **named)
        except HaiDangError as trouble:
            return refuse(request, trouble)

    return vary_on_cookie(opened)


def refuse(request: HttpRequest, trouble: HaiDangError) -> HttpResponse:
    """The page of an error. A denied thing looks just like an absent one."""
    status = STATUS.get(type(trouble), 500)
    language = _cookie(request, LANGUAGE_COOKIE, LANGUAGES)
    said = text("error.absent", language) if status == 404 else say(trouble, language)
    words = {
        "language": language,
        "theme": _cookie(request, THEME_COOKIE, ("auto", *THEMES)),
        "title": text(TITLES[status], language),
        "said": said,
        "status": status,
    }
    answer = render(request, "web/error.html", words, status=status)
    if status == 503:
        answer["Retry-After"] = str(trouble.facts.get("retry", 5))
    return answer


def _cookie(request: HttpRequest, name: str, known: tuple[str, ...]) -> str:
    found = request.COOKIES.get(name, "")
    return found if found in known else known[0]
