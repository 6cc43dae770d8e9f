"""The door keeper of a stream's routes: the mark on every answer, and the faults that spoil an answer on its way.

Never: changes what an answer says beyond the fault that was ordered.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.faults import Fault, Faults

MARK = (b"x-simulated", b"sandbox")
BY_ROUTE = frozenset({"late", "duplicate", "out-of-order"})


class Marked:
    """Every answer says that it is simulated."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), MARK]}
            await send(message)

        await self.app(scope, receive, marked)


class Guard:
    """`down` answers 503; `half-file` promises the whole length and breaks off in the middle; the rest alters the body.

    What only the route can do (late, duplicate, out of order) is left to it; `own`: kinds it does besides.
    """

    def __init__(self, app: ASGIApp, stream: str, faults: Faults, *, own: frozenset[str] = frozenset()) -> None:
        self.app = app
        self.stream = stream
        self.faults = faults
        self.own = own | BY_ROUTE | {"down", "half-file"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        active = self.faults.active(self.stream)
        if down := active.get("down"):
            self.faults.log(down, scope.get("path", ""))
            await PlainTextResponse("đang ngừng / down", 503, {"Retry-After": "30"})(scope, receive, send)
        elif active.keys() - (self.own - {"half-file"}):
            await self._spoilt(scope, receive, send, active)
        else:
            await self.app(scope, receive, send)

    async def _spoilt(self, scope: Scope, receive: Receive, send: Send, active: Mapping[str, Fault]) -> None:
        start, body = await _whole(self.app, scope, receive)
        body = self.faults.altered(self.stream, body, scope.get("path", ""), own=self.own)
        headers = [h for h in start["headers"] if h[0].lower() != b"content-length"]
        half = active.get("half-file")
        start = {**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]}
        await send(start)
        if half:
            self.faults.log(half, scope.get("path", ""))
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            raise BrokenOff
        await send({"type": "http.response.body", "body": body})


class BrokenOff(Exception):
    """The server closes the connection in the middle of the body, as ordered."""


async def _whole(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
    kept: list[Message] = []

    async def keep(message: Message) -> None:
        kept.append(message)

    await app(scope, receive, keep)
    return kept[0], b"".join(m.get("body", b"") for m in kept[1:])
