"""The door of the telephone exchange: POST /hooks/desk/call, one signed event of one call. 200 with the call's state.

401 a wrong or stale signature (and where no exchange is connected), 400 what is no event, 413 too large, 429 too many
refusals. The same event again is answered alike and changes nothing. Never: says why a signature was wrong.
"""

from __future__ import annotations

import logging

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from haidang.api.errors import reply
from haidang.api.hooks import refuse, strikes
from haidang.cases.calls import actions, events, line
from haidang.words.errors import BadQuestion, Denied, HaiDangError, Unavailable
from haidang.words.texts import say

NAME = "desk/call"
log = logging.getLogger("haidang.hooks")


@csrf_exempt
@require_POST
def call(request: HttpRequest) -> HttpResponse:
    """One event; its JSON is documented in docs/calls.md."""
    remote = str(request.META.get("REMOTE_ADDR", ""))
    if strikes.out(NAME, remote):
        return refuse(Unavailable("hook-too-often", retry=60))
    try:
        state, known = _told(request.headers.get("X-Signature", ""), request.read())
    except BadQuestion as error:
        log.warning("hook %s: %s", NAME, error.code)
        return reply({"code": error.code, "message": say(error)}, 400)
    except HaiDangError as error:
        strikes.add(NAME, remote)
        log.warning("hook %s refused: %s from %s", NAME, error.code, remote)
        return refuse(error)
    except Error as error:
        log.warning("hook %s: the database is busy: %s", NAME, error)
        return refuse(Unavailable("database-busy", found="", retry=5))
    return reply({"call": known, "state": state}, 200)


def _told(signed: str, body: bytes) -> tuple[str, str]:
    now, refusal = timezone.now(), Denied("hook-signature")
    for exchange in line.exchanges():
        try:
            events.prove(exchange.secrets, signed, body, now)
        except Denied as error:
            refusal = error
            continue
        event = events.read(body, now)
        return actions.told(exchange, event), event.call
    raise refusal
