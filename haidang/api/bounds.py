"""The bound of a body, before anything reads it: more than the door takes is refused without being read to its end.

Django keeps a whole body on disk before a view sees it; without this, anybody could fill that disk. Bodies sent in
chunks, without a length, are counted as they come. Never: reads what a body means, knows who sends it.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings

from haidang.words.errors import IntakeStopped
from haidang.words.texts import say

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Receive, Send], Awaitable[None]]
Refuse = Callable[[Any, Send, int], Awaitable[None]]
_MB = 1 << 20
_FORMS = 4
"""MB that a form adds around a file, and what every other door takes."""

HOOKS = "/hooks/"
CITIZENS, CITIZENS_MB = "/cong/", 80
"""A report of the public with its photos and a video."""


def most(path: str) -> int:
    """Bytes the door at that path takes."""
    if path.startswith(HOOKS):
        return int(settings.HOOK_MB) * _MB
    if path.startswith(CITIZENS):
        return CITIZENS_MB * _MB
    return (int(settings.UPLOAD_MB) + _FORMS) * _MB


def bounded(app: App, refuse: Refuse | None = None) -> App:
    """The same application behind the bound; `refuse` answers 413 where no hook was meant."""

    async def guarded(scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        limit = most(scope["path"])
        if _declared(scope) > limit:
            await _refused(scope, send, limit, refuse)
            return
        counted = _Counted(receive, send, limit)
        await app(scope, counted.receive, counted.send)
        if counted.over and not counted.begun:
            await _refused(scope, send, limit, refuse)

    return guarded


async def _refused(scope: Any, send: Send, limit: int, refuse: Refuse | None) -> None:
    if refuse and not scope["path"].startswith(HOOKS):
        await refuse(scope, send, 413)
    else:
        await _refuse(scope, send, limit)


class _Counted:
    """Counts a body as it comes; beyond the limit the application sees its caller hang up."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self._left = receive, send, limit
        self.over = self.begun = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                self.over = True
                return {"type": "http.disconnect"}
        return message

    async def send(self, message: Message) -> None:
        self.begun = True
        await self._send(message)


def _declared(scope: Any) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


async def _refuse(scope: Any, send: Send, limit: int) -> None:
    """413, and the connection closed: what follows on it is not read."""
    from asgiref.sync import sync_to_async

    if scope["path"].startswith(HOOKS):
        await sync_to_async(_note)(scope)
    error = IntakeStopped("hook-too-large", most=limit // _MB)
    body = json.dumps({"code": error.code, "message": say(error)}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 413, "headers": [*headers, (b"connection", b"close")]})
    await send({"type": "http.response.body", "body": body})


def _note(scope: Any) -> None:
    from django.db import close_old_connections
    from django.utils import timezone

    from haidang.intake.sources import actions

    remote = (scope.get("client") or ("", 0))[0]
    actions.refused(scope["path"].removeprefix(HOOKS)[:128], "hook-too-large", str(remote), timezone.now())
    close_old_connections()
