"""Answers given before Django: a designed page for browsers, `{code, message}` for programs.

Never: says what is inside.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from haidang.api.bounds import Send
from haidang.words.texts import text

CODES = {400: "malformed", 405: "wrong-method", 413: "request-too-large", 429: "too-often", 503: "busy"}


async def answer(scope: Any, send: Send, status: int, *, retry: int = 0) -> None:
    """The whole answer; a connection whose request was not read to its end is closed."""
    page = wants_page(scope)
    body = _page(status) if page else _json(status)
    kind = b"text/html; charset=utf-8" if page else b"application/json; charset=utf-8"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    headers += [(b"retry-after", str(retry).encode())] if retry else []
    headers += [(b"connection", b"close")] if status in {400, 413} else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def wants_page(scope: Any) -> bool:
    """Whether a person will look at the answer."""
    accepts = dict(scope["headers"]).get(b"accept", b"")
    return b"text/html" in accepts and not scope["path"].startswith(("/api/", "/hooks/"))


@cache
def _page(status: int) -> bytes:
    from django.template.loader import render_to_string

    return render_to_string(f"{status}.html").encode()


@cache
def _json(status: int) -> bytes:
    code = CODES[status]
    return json.dumps({"code": code, "message": text(code)}, ensure_ascii=False).encode()
