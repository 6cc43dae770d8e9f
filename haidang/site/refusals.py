"""A refusal without a page gets one: what Django answers with an empty body to a browser. Never: changes a status."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string


def designed(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware: 405 of a page says so in words; its Allow heading stays."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        made = answer(request)
        empty = isinstance(made, HttpResponse) and not made.content
        if made.status_code != 405 or not empty or not request.accepts("text/html") or request.path.startswith("/api/"):
            return made
        page = HttpResponse(render_to_string("405.html"), status=405)
        page["Allow"] = made.headers.get("Allow", "")
        return page

    return answered
