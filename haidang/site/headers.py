"""Headings of every answer: pages, API, files, streams, refusals. Never: reads an answer's content.

What a view says itself stands; only what it left out is added. Whatever is answered to a session or a token is kept by
nobody on the way, unless the view says that it may be.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from csp.utils import build_policy
from django.conf import settings

from haidang.api.bounds import App, Message, Receive, Send

NOT_USED = (
    "accelerometer autoplay browsing-topics camera display-capture gamepad geolocation gyroscope hid idle-detection "
    "local-fonts magnetometer microphone midi payment picture-in-picture screen-wake-lock serial usb "
    "xr-spatial-tracking"
)
"""What no page of ours asks a browser for."""

USED = (
    "clipboard-write=(self), fullscreen=(self), publickey-credentials-create=(self), publickey-credentials-get=(self)"
)


@cache
def always() -> tuple[tuple[bytes, bytes], ...]:
    """The headings of every answer."""
    policy = ", ".join([*(f"{name}=()" for name in NOT_USED.split()), USED])
    said = {
        "content-security-policy": build_policy(),
        "permissions-policy": policy,
        "referrer-policy": settings.SECURE_REFERRER_POLICY,
        "cross-origin-opener-policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": settings.X_FRAME_OPTIONS,
        "x-permitted-cross-domain-policies": "none",
        "reporting-endpoints": 'csp="/csp-report"',
    }
    if settings.HTTPS:
        said["strict-transport-security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    return tuple((name.encode(), value.encode()) for name, value in said.items())


def dressed(app: App) -> App:
    """The application with its answers dressed."""

    async def answered(scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        known = _known(scope)

        async def dress(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _with(list(message.get("headers", [])), known)}
            await send(message)

        await app(scope, receive, dress)

    return answered


def _with(headers: list[tuple[bytes, bytes]], known: bool) -> list[tuple[bytes, bytes]]:
    there = {name.lower() for name, _ in headers}
    more = [pair for pair in always() if pair[0] not in there]
    if (known or b"set-cookie" in there) and b"cache-control" not in there:
        more.append((b"cache-control", b"private, no-store"))
    return [pair for pair in headers if pair[0].lower() not in {b"server", b"x-powered-by"}] + more


def _known(scope: Any) -> bool:
    """Whether whoever calls brought a session or a token; the session's cookie may be gone, it is not proved here."""
    headers = dict(scope["headers"])
    session = f"{settings.SESSION_COOKIE_NAME}=".encode()
    return b"authorization" in headers or session in headers.get(b"cookie", b"")
