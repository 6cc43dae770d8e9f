"""`/events`: the stream of a live page.

Never: sends what the reader may not see; keeps a connection of the database.
"""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from haidang.access import gate
from haidang.access.identity import reads as identity
from haidang.web import behind, bell, deskside, live

NEAR = timedelta(minutes=2)
"""How long before its end a session says so."""


def look(before: live.News | None) -> live.News:
    """How things stand; `before` itself when nothing changed."""
    try:
        snapshot, notice, desk = gate.newest(), bell.newest(), deskside.stamps()
        if before and (before.snapshot, before.notice, before.desk) == (snapshot, notice, desk):
            return before
        return live.News(snapshot, gate.versions(snapshot), notice, desk, deskside.marks(desk))
    finally:
        connections.close_all()


def reader(session: str | None) -> live.Reader | None:
    """Whoever holds this session now; None when it has ended. Without one: the public."""
    try:
        request = HttpRequest()
        request.session = import_module(settings.SESSION_ENGINE).SessionStore(session)
        request.user = get_user(request)
        who = gate.of_request(request)
        account = identity.holder(request.user)
        if session and (account is None or identity.over(account, session)):
            return None
        return live.Reader(behind.told_to(who), bell.unread(who), _ends(account, session), deskside.told_to(who))
    finally:
        # A stream stays open for hours: it must not hold a connection while it waits.
        connections.close_all()


def _ends(account: identity.Holder | None, session: str | None) -> str:
    """When the session ends for doing nothing, once that is near."""
    at = identity.ends(account, session) if account and session else None
    return f"{timezone.localtime(at):%H:%M}" if at and at - timezone.now() < NEAR else ""


@require_safe
async def events(request: HttpRequest) -> HttpResponseBase:
    """Server-sent events until the page is left or the session ends; 503 when too many are open."""
    hub = live.hub(look)
    if hub.streams >= live.MOST_STREAMS:
        return HttpResponse(status=503, headers={"Retry-After": "30"})
    session = await sync_to_async(_session)(request)
    marks = dict(one.partition(":")[::2] for one in request.GET.get("desk", "")[:200].split(","))
    stream = live.Stream(hub, lambda: reader(session), since(request), marks)
    answer = StreamingHttpResponse(stream.events(), content_type="text/event-stream; charset=utf-8")
    answer["Cache-Control"] = "no-store, no-transform"
    answer["X-Accel-Buffering"] = "no"
    return answer


def _session(request: HttpRequest) -> str | None:
    """The key of a signed-in session; others read as the public, whatever their cookie says."""
    try:
        return request.session.session_key if request.user.is_authenticated else None
    finally:
        connections.close_all()


def since(request: HttpRequest) -> int | None:
    """The snapshot up to which the page knows: of the browser's own reconnection, else of the page."""
    said = request.headers.get("Last-Event-ID", "") or request.GET.get("since", "")
    return int(said) if said.isdecimal() and len(said) < 19 else None
