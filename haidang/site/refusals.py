"""A refusal without a page gets one: what Django answers with an empty body to a browser. Never: changes a status."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from haidang.api.errors import reply
from haidang.words.errors import Absent, BadQuestion
from haidang.words.texts import say


def designed(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware: 405 of a page says so in words; its Allow heading stays."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        made = answer(request)
        if request.path.startswith("/api/"):
            return _of_api(made)
        empty = isinstance(made, HttpResponse) and not made.content
        if made.status_code != 405 or not empty or not request.accepts("text/html"):
            return made
        page = HttpResponse(render_to_string("405.html"), status=405)
        page["Allow"] = made.headers.get("Allow", "")
        return page

    return answered


def _of_api(made: HttpResponseBase) -> HttpResponseBase:
    """A program is told in JSON: no such address (as of a thing that is not there), or not by this method."""
    if made.status_code not in {404, 405} or made.headers.get("Content-Type", "").startswith("application/json"):
        return made
    error = Absent("no-grant") if made.status_code == 404 else BadQuestion("wrong-method")
    code = "absent" if made.status_code == 404 else error.code
    told = reply({"code": code, "message": say(error)}, made.status_code)
    for name in ("Allow", "Vary"):
        if name in made.headers:
            told[name] = made.headers[name]
    return told
