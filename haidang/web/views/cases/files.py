"""Files of Cases for the house: a photo, a video, a call's record. Never: decides who opens one."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from haidang.access import gate
from haidang.cases.files import actions, reads
from haidang.web import filing
from haidang.web.doors import door
from haidang.web.views.cases.back import back


@require_safe
@door
def file(request: HttpRequest, key: str) -> HttpResponseBase:
    """One file; `?size=small` its thumbnail, `?size=blurred` with faces and plates blurred."""
    size = request.GET.get("size", "")
    opened = reads.opened(gate.of_request(request), key, size=size if size in reads.SIZES else "")
    return filing.answer(request, opened)


@require_POST
@door
def judge(request: HttpRequest, key: str) -> HttpResponseBase:
    """The desk says of a photo whether somebody can be told on it (`clear=1`: nobody)."""
    number = actions.judge(gate.of_request(request), key, clear=request.POST.get("clear") == "1")
    return back(request, f"/cases/{number}")
