"""The first door of every request, before Django: who calls, how often, how slowly, at which port.

In this order: headings of strangers who play a proxy are taken away; a request that two readers could understand
differently is refused; what one caller does at a time and in a minute is bounded; pages of the administration stand at
their own port. Refusals here cost no thread, no database and no password hash. Never: reads what a request means.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from collections import Counter
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings

from haidang.api.bounds import App, Message, Receive, Send, bounded
from haidang.network import remote
from haidang.site import limits, plain, ports

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST"})
MORE_METHODS = frozenset({"PUT", "PATCH", "DELETE"})
"""Of the API alone."""

HEAD_BYTES = 32 * 1024
FORM_BYTES = 64 * 1024
"""Most that a form of the sign-in may hold."""

SIGN_INS = max(2, (os.cpu_count() or 2) // 2)
"""Passwords proved at one time, of one address one: each takes a whole core and 100 MB for a moment."""

QUEUE, QUEUE_OF_ONE = 128, 12
"""Who may wait for that, in all and of one address. Whoever pushes waits behind himself, not before others."""

SLOW_START, SLOW_BYTES = 60.0, 4096.0
"""A body has a minute, and a second more for every 4 KB that came."""

NAMES = ("username", "login", "name")
_PART = re.compile(rb'name="(?:username|login|name)"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n([^\r\n]*)')

log = logging.getLogger("haidang.limits")


def entry(app: App) -> App:
    """The application behind all of it."""
    hall = _Hall(bounded(app, plain.answer))

    async def entered(scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
        else:
            await hall.enter(_known(scope), receive, send)

    return entered


class _Hall:
    """Counts who is within."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._open: Counter[str] = Counter()
        self._told: dict[str, float] = {}
        self._waiting: Counter[str] = Counter()
        self._proving: asyncio.Semaphore | None = None
        self._turns: dict[str, asyncio.Lock] = {}

    async def enter(self, scope: Any, receive: Receive, send: Send) -> None:
        if status := ambiguous(scope):
            await plain.answer(scope, send, status)
            return
        who = remote.group(remote.peer(scope))
        if self._open[who] >= limits.most(limits.OPEN):
            await self._refuse(scope, send, (limits.OPEN, 5))
            return
        self._open[who] += 1
        try:
            await self._count(ports.placed(scope), _Patient(receive).receive, send)
        finally:
            self._open[who] -= 1
            if not self._open[who]:
                del self._open[who]

    async def _count(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["path"].startswith(settings.STATIC_URL):
            await self._app(scope, receive, send)
            return
        if scope["method"] in limits.UNSAFE and limits.signs_in(scope["path"]):
            await self._sign_in(scope, receive, send)
            return
        if refused := limits.limits().refused(_call(scope)):
            await self._refuse(scope, send, refused)
            return
        await self._app(scope, receive, send)

    async def _sign_in(self, scope: Any, receive: Receive, send: Send) -> None:
        """Its form is read here, for the name in it; so many passwords are proved at a time, the others wait."""
        body = await _read(receive)
        if body is None:
            await plain.answer(scope, send, 413)
            return
        if refused := limits.limits().refused(_call(scope, name_in(body))):
            await self._refuse(scope, send, refused)
            return
        self._proving = self._proving or asyncio.Semaphore(SIGN_INS)
        who = remote.group(remote.peer(scope))
        if self._waiting[who] >= QUEUE_OF_ONE or self._waiting.total() >= QUEUE:
            await self._refuse(scope, send, ("sign-in", 5))
            return
        self._waiting[who] += 1
        try:
            async with self._turns.setdefault(who, asyncio.Lock()), self._proving:
                await self._app(scope, _again(body, receive), send)
        finally:
            self._waiting -= Counter({who: 1})
            if not self._waiting[who]:
                self._turns.pop(who, None)

    async def _refuse(self, scope: Any, send: Send, refused: tuple[str, int]) -> None:
        rule, wait = refused
        self._tell(f"{rule} {remote.group(remote.peer(scope))}")
        await plain.answer(scope, send, 429, retry=wait)

    def _tell(self, what: str) -> None:
        """Once a minute for each."""
        now = time.monotonic()
        if now - self._told.get(what, -60.0) < 60:
            return
        if len(self._told) > 1000:
            self._told.clear()
        self._told[what] = now
        log.warning("too often: %s", what)


class _Patient:
    """Waits for a body only so long: whoever sends a byte a minute is taken to have hung up."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._until, self._more = receive, time.monotonic() + SLOW_START, True

    async def receive(self) -> Message:
        if not self._more:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, self._until - time.monotonic()))
        except TimeoutError:
            self._more = False
            return {"type": "http.disconnect"}
        self._until += len(message.get("body", b"")) / SLOW_BYTES
        self._more = bool(message.get("more_body"))
        return message


def _known(scope: Any) -> Any:
    """The scope with the caller told by the trusted proxies; what strangers say of it is taken away."""
    gone = set(remote.FORWARDED)
    if remote.trusted(remote.peer(scope)):
        gone -= {b"x-forwarded-proto"}
    headers = [(name, value) for name, value in scope["headers"] if name not in gone]
    port = (scope.get("client") or ("", 0))[1]
    return {**scope, "headers": headers, "client": (remote.of_scope(scope), port)}


def ambiguous(scope: Any) -> int:
    """400 or 405 for what no honest browser sends, 0 for the rest.

    A body with two lengths, or a heading that two readers would cut at different places, is how one request is hidden
    within another.
    """
    names = [name for name, _ in scope["headers"]]
    twice = any(names.count(name) > 1 for name in (b"content-length", b"transfer-encoding", b"host"))
    size = sum(len(name) + len(value) for name, value in scope["headers"]) + len(scope.get("raw_path", b""))
    if twice or (b"content-length" in names and b"transfer-encoding" in names) or size > HEAD_BYTES:
        return 400
    allowed = METHODS | MORE_METHODS if scope["path"].startswith("/api/") else METHODS
    return 0 if scope["method"] in allowed or scope["path"].startswith("/hooks/") else 405


def _call(scope: Any, name: str = "") -> limits.Call:
    return limits.Call(scope["method"], scope["path"], remote.group(remote.peer(scope)), _session(scope), name)


def _session(scope: Any) -> str:
    headers = dict(scope["headers"])
    if bearer := headers.get(b"authorization", b""):
        return str(bearer.decode("latin-1"))
    try:
        cookies = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
    except CookieError:
        return ""
    found = cookies.get(settings.SESSION_COOKIE_NAME)
    return str(found.value) if found else ""


async def _read(receive: Receive) -> bytes | None:
    """The whole body; None when it is more than a form of the sign-in holds, or never came."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body, more = body + message.get("body", b""), bool(message.get("more_body"))
        if len(body) > FORM_BYTES:
            return None
    return body


def name_in(body: bytes) -> str:
    """The name typed into a form of the sign-in, "" where there is none."""
    if found := _PART.search(body):
        return found[1].decode("utf-8", "replace")[:150]
    fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=50) if body.count(b"&") < 50 else {}
    return next((fields[field][0][:150] for field in NAMES if fields.get(field)), "")


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives the body once more, then what comes after it."""
    given = False

    async def received() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return received
