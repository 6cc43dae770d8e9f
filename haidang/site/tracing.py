"""Wires the trace to the doors: whence a request comes, and its looks written before its answer leaves.

Outermost of all, so that what any other part of the way notes has its place, and no transaction is open when it ends.
Never: looks at what a request asks.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from haidang.access import gate, trace
from haidang.api.errors import reply
from haidang.web.doors import refuse
from haidang.words.errors import Unavailable
from haidang.words.texts import say

DOORS = {"api": "api", "hooks": "hook"}
"""First part of a path → the door it leads to; anything else is the web."""

SILENT = ("/healthz", "/metrics")
"""Asked by machines every few seconds, about nobody: nothing is noted, and they answer when the trace cannot."""


class Tracing:
    """Gathers what a request notes; 503 when it cannot be written: nothing is shown of which no trace is kept."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in SILENT:
            return self._answer(request)
        door = DOORS.get(request.path.split("/")[1], "web")
        try:
            with trace.context(address=trace.remote(request), door=door, gather=True), gate.sitting():
                return self._answer(request)
        except Error:
            return _untraced(request, door)


def _untraced(request: HttpRequest, door: str) -> HttpResponse:
    trouble = Unavailable("trace-not-written", retry=5)
    if door == "web":
        return refuse(request, trouble)
    return reply({"code": trouble.code, "message": say(trouble)}, 503)
