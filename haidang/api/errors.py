"""From error to HTTP status and body: one table. Never: tells the forbidden from the absent."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

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
from haidang.words.texts import say

STATUS: dict[type[HaiDangError], int] = {
    Denied: 404,
    Absent: 404,
    BadQuestion: 400,
    IntakeStopped: 422,
    NotNow: 409,
    Unavailable: 503,
    PackProblem: 500,
}
KEYS = {"bad-token": 401, "bad-csrf": 403}
"""Refusals of the key itself, which say nothing about what was asked for."""

OPEN = {"unknown-place"}
"""Absences anyone may know of: the list of places is the law's, not ours."""

log = logging.getLogger("haidang.api")


def reply(body: Any, status: int = 200) -> HttpResponse:
    """JSON in UTF-8 as it is read, not escaped."""
    text = json.dumps(body, ensure_ascii=False, default=str)
    return HttpResponse(text, content_type="application/json; charset=utf-8", status=status)


def status_of(error: HaiDangError) -> int:
    if error.code in KEYS:
        return KEYS[error.code]
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))


def refuse(request: HttpRequest, error: HaiDangError) -> HttpResponse:
    """`{code, message}`; whatever is denied reads exactly as whatever does not exist."""
    language = "en" if (get_language() or "").startswith("en") else "vi"
    status = status_of(error)
    if status == 404 and error.code not in OPEN:
        error = Absent("no-grant")
    code = "absent" if error.code == "no-grant" else error.code
    response = reply({"code": code, "message": say(error, language)}, status)
    if isinstance(error, Unavailable):
        response["Retry-After"] = str(error.facts.get("retry", 5))
    return response


def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """400 for parameters of the wrong shape, each named."""
    found = [{"where": " › ".join(str(part) for part in fault["loc"]), "what": fault["msg"]} for fault in error.errors]
    return reply({"code": "bad-request", "message": say(BadQuestion("bad-request")), "faults": found}, 400)


def unparsed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON, or no form: as any other bad question."""
    return reply({"code": "bad-request", "message": say(BadQuestion("bad-request"))}, error.status_code)


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """500 without a word of what is inside; the log has it."""
    log.exception("API %s", request.path, exc_info=error)
    return reply({"code": "broken", "message": say(BadQuestion("broken"))}, 500)


HANDLERS: Mapping[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    HaiDangError: refuse,
    ValidationError: unreadable,
    HttpError: unparsed,
    Exception: broken,
}


def install(api: NinjaAPI) -> None:
    """Every error of a call is answered by us, in words and by one table."""
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)
