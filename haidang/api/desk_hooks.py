"""The door of channels: /hooks/desk/<kind>, where Zalo, Facebook and the SMS gateway push what people write.

GET answers the provider's proof of the address. POST is taken once its signature is right: 200 as soon as the report
is safe, also for what came before and for what is no report (a provider repeats anything else for hours).
401 a wrong signature, 404 a channel that is off, with the same words; 400 unreadable; 503 come again.
No cookie is read. Never: proves a signature (`cases.channels` does), logs what somebody wrote.
"""

from __future__ import annotations

import logging

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from haidang.api.errors import reply
from haidang.api.hooks import refuse, strikes
from haidang.cases.channels import Posted, actions
from haidang.words.errors import BadQuestion, Denied, HaiDangError, Unavailable

MOST = 1 << 20
"""Bytes of a push: words and addresses of files, never files."""
log = logging.getLogger("haidang.hooks")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def desk_hook(request: HttpRequest, kind: str) -> HttpResponse:
    """One push, or the provider's proof of the address."""
    remote, known = str(request.META.get("REMOTE_ADDR", "")), f"desk/{kind[:16]}"
    if strikes.out(known, remote):
        return refuse(Unavailable("hook-too-often", retry=60))
    try:
        if request.method != "POST":
            return _challenged(request, kind)
        done = actions.push(kind, _posted(request), timezone.now())
    except Denied as error:
        strikes.add(known, remote)
        log.warning("%s refused: %s from %s", known, error.code, remote)
        return refuse(error)
    except BadQuestion as error:
        return reply({"code": error.code}, 413 if error.code == "push-too-large" else 400)
    except (HaiDangError, Error) as error:
        # Nothing of it is kept: the provider is asked to come again.
        log.warning("%s: not now: %s", known, getattr(error, "code", type(error).__name__))
        return refuse(Unavailable("database-busy", found="", retry=5))
    return reply({"taken": len(done)}, 200)


def _challenged(request: HttpRequest, kind: str) -> HttpResponse:
    query = {name: str(value) for name, value in request.GET.items()}
    return HttpResponse(actions.challenged(kind, query), content_type="text/plain; charset=utf-8")


def _posted(request: HttpRequest) -> Posted:
    """Raises BadQuestion('push-too-large')."""
    body = request.read(MOST + 1)
    if len(body) > MOST:
        raise BadQuestion("push-too-large", found=str(len(body)))
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Posted(headers, body, {name: str(value) for name, value in request.GET.items()})
