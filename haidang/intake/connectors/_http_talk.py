"""Talking with one HTTP source: how a request is filled in, logging in, and what an answer means.

A source may answer 200 and say in its body that it refuses, or that the session is over: `error_field` and its lists
tell. Never: knows which page comes next.
"""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx

from haidang.intake import clock
from haidang.intake.connectors import Order
from haidang.intake.connectors import _templates as template
from haidang.intake.connectors._http_client import Ask, Client, Reply
from haidang.intake.connectors._keeping import megabytes
from haidang.words.errors import IntakeStopped, Unavailable

READABLE = 64 << 20
"""Bytes of a page that is looked into (for its rows, its cursor, an error); larger pages must be asked for smaller."""


@dataclass(frozen=True)
class Page:
    """One answer with its body in scratch; `document` is its JSON when a setting looks into it, else None."""

    path: Path
    size: int
    url: httpx.URL
    headers: httpx.Headers
    document: Any = None


class Talk:
    """One fetch's conversation: logs in when needed, once more when the session ended. A context manager."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._client = Client(order)
        self._session, self._since = "", 0.0
        self._error, self._ok = order.value("error_field"), _list(order.value("error_ok", "0"))
        told = any(order.value(name) for name in ("error_field", "rows", "cursor_field"))
        self._looks = told or order.value("paging") == "cursor"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.__exit__()

    def page(
        self, values: Mapping[str, str], *, url: httpx.URL | None = None, known: Mapping[str, str] | None = None
    ) -> Page | None:
        """One page; None when there is nothing (204) or nothing new (304, by the `known` headers).

        Raises IntakeStopped('login-refused' | 'request-refused' | 'source-says-error' …), Unavailable.
        """
        for again in (True, False):
            everything = {**self._own(), **values}
            reply = self._client.send(self._ask(everything, url=url, known=known or {}))
            document = self._document(reply)
            if not self._expired(reply, document):
                return self._page(reply, document)
            self._session = ""
            _forget(reply)
            if not (again and self.order.value("login_path")):
                break
        raise IntakeStopped("login-refused", found=self._place(), said=_said(reply, document, self.order))

    def _page(self, reply: Reply, document: Any) -> Page | None:
        try:
            refuse(reply, self._place())
            self._judge(document)
        except BaseException:
            _forget(reply)
            raise
        return Page(reply.path, reply.size, reply.url, reply.headers, document) if reply.path else None

    def _own(self) -> dict[str, str]:
        """The values that are this conversation's; logs in when a session is wanted and there is none."""
        value = self.order.value
        own = {name: value(name) for name in ("unit", "username", "token")}
        now = template.written(clock.now(), value("time_format", "iso"))
        return {**own, "now": now, "session": self._logged_in()}

    def _logged_in(self) -> str:
        if not self.order.value("login_path"):
            return ""
        held = time.monotonic() - self._since
        if not self._session or held > self.order.number("session_seconds", 900):
            self._session, self._since = self._login(), time.monotonic()
        return self._session

    def _login(self) -> str:
        value = self.order.value
        values = {name: value(name) for name in ("username", "password", "unit")}
        base = value("login_address") or value("address")
        body, kind = _body(value("login_body"), values, value("login_type"))
        headers = (("Content-Type", kind), *_common())
        reply = self._client.send(Ask("POST", joined(base, value("login_path"), values), headers, body))
        if reply.status in {400, 401, 403}:
            raise IntakeStopped("login-refused", found=self._place(), said=_said(reply, None, self.order))
        refuse(reply, self._place())
        try:
            document = _json(reply)
        finally:
            _forget(reply)
        session = _text(template.at(document, value("session_field", "session")))
        if not session or self._code(document) not in {"", *self._ok}:
            raise IntakeStopped("login-refused", found=self._place(), said=_said(reply, document, self.order))
        return session

    def _ask(self, values: Mapping[str, str], *, url: httpx.URL | None, known: Mapping[str, str]) -> Ask:
        value = self.order.value
        method = value("method", "GET")
        body, kind = _body(value("body"), values, value("content_type")) if method == "POST" else (b"", "")
        told = _lines(value("headers"))
        own = [(name, template.fill(text, values, template.in_header)) for name, text in told]
        credential = self._credential()
        private = [name for name, _ in credential] + [name for name, text in told if "{" in text]
        headers = [*_common(), *own, *credential, *known.items()]
        if body:
            headers.append(("Content-Type", kind))
        address = url or _with(joined(value("address"), value("path"), values), value("params"), values)
        return Ask(method, address, tuple(headers), body, frozenset(name.lower() for name in private))

    def _credential(self) -> list[tuple[str, str]]:
        value = self.order.value
        match value("auth", "none"):
            case "basic":
                pair = f"{value('username')}:{value('password')}".encode()
                return [("Authorization", f"Basic {base64.b64encode(pair).decode()}")]
            case "bearer":
                return [("Authorization", f"Bearer {template.in_header(value('token'))}")]
            case "key":
                return [(value("key_header", "X-API-Key"), template.in_header(value("token")))]
        return []

    def _document(self, reply: Reply) -> Any:
        """The page's JSON, when a setting looks into it; of a refusal, what can be read of it."""
        if reply.status >= 400 and self._error:
            try:
                return json.loads(reply.said)
            except (ValueError, RecursionError):
                return None
        if not (self._looks and reply.path):
            return None
        try:
            return _json(reply)
        except BaseException:
            _forget(reply)
            raise

    def _code(self, document: Any) -> str:
        return _text(template.at(document, self._error)) if self._error else ""

    def _expired(self, reply: Reply, document: Any) -> bool:
        code = self._code(document)
        return reply.status == 401 or (code != "" and code in _list(self.order.value("expired_codes")))

    def _judge(self, document: Any) -> None:
        code = self._code(document)
        if code in {"", *self._ok}:
            return
        said = _text(template.at(document, self.order.value("error_text", "message")))[:200]
        if code in _list(self.order.value("busy_codes")):
            raise Unavailable("source-busy", found=self._place(), said=said or code, retry=300)
        raise IntakeStopped("source-says-error", found=code[:60], said=said)

    def _place(self) -> str:
        return joined(self.order.value("address"), "", {}).host


def refuse(reply: Reply, place: str) -> None:
    """Raise what a status that is no answer means."""
    status = reply.status
    if status < 400:
        return
    if status in {429, 502, 503, 504}:
        told = reply.headers.get("retry-after", "")
        wait = min(int(told), 3600) if told.isdecimal() else 300
        raise Unavailable("source-busy", found=place, said=str(status), retry=wait)
    if status >= 500 or status == 408:
        raise Unavailable("source-fails", found=place, status=status, retry=300)
    code = {403: "forbidden-there", 404: "nothing-there", 410: "nothing-there"}.get(status, "request-refused")
    path = reply.url.path[:120]
    raise IntakeStopped(code, found=place, path=path, said=_plain(reply.said) or str(status))


def joined(address: str, path: str, values: Mapping[str, str]) -> httpx.URL:
    """The address with the path behind it: what stands in the path never changes the host.

    Raises IntakeStopped('address-unreadable' | 'template-unknown').
    """
    filled = template.fill(path, values, template.in_url).lstrip("/")
    try:
        url = httpx.URL(f"{address.rstrip('/')}/{filled}" if filled else address)
    except httpx.InvalidURL as error:
        raise IntakeStopped("address-unreadable", found=address[:120]) from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise IntakeStopped("address-unreadable", found=address[:120])
    return url


def _with(url: httpx.URL, params: str, values: Mapping[str, str]) -> httpx.URL:
    """With its query: `name=value` by `&` or line; one whose value is empty is left out."""
    pairs = [part.strip().partition("=") for part in re.split(r"[&\n]", params) if part.strip()]
    filled = [(name, template.fill(text, values, str)) for name, _, text in pairs]
    kept = {name: [text for other, text in filled if other == name and text] for name, _ in filled}
    return url.copy_merge_params(httpx.QueryParams(kept)) if kept else url


def _body(text: str, values: Mapping[str, str], kind: str) -> tuple[bytes, str]:
    """A body and its type, which also says how values are escaped in it."""
    kind = kind or _kind(text)
    escaped = template.in_json if "json" in kind else template.in_xml if "xml" in kind else template.in_url
    return template.fill(text, values, escaped).encode(), kind


def _kind(text: str) -> str:
    first = text.lstrip()[:1]
    if first == "<":
        return "text/xml; charset=utf-8"
    return "application/json" if first in {"{", "["} else "application/x-www-form-urlencoded"


def _common() -> tuple[tuple[str, str], ...]:
    return (("User-Agent", "HaiDang"), ("Accept", "*/*"), ("Accept-Encoding", "gzip"))


def _lines(text: str) -> list[tuple[str, str]]:
    """`Name: value` by line."""
    pairs = [line.partition(":") for line in text.splitlines() if line.strip()]
    wrong = [name for name, _, _ in pairs if not re.fullmatch(r"[A-Za-z0-9-]+", name.strip())]
    if wrong:
        raise IntakeStopped("header-unreadable", found=wrong[0][:60])
    return [(name.strip(), value.strip()) for name, _, value in pairs]


def _list(text: str) -> set[str]:
    return {part.strip() for part in text.split(",") if part.strip()}


def _text(value: Any) -> str:
    """A scalar as it was written; nothing for what is none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or isinstance(value, dict | list) else str(value)


def _json(reply: Reply) -> Any:
    if reply.size > READABLE:
        raise IntakeStopped("page-too-large", found=megabytes(reply.size), expected=megabytes(READABLE))
    content = reply.path.read_bytes() if reply.path else b""
    try:
        return json.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        raise IntakeStopped("answer-not-json", found=_plain(content[:SHOWN])) from error


SHOWN = 120


def _plain(content: bytes) -> str:
    """The beginning of an answer for a message: no tags, one line."""
    text = re.sub(r"<[^>]*>", " ", content.decode("utf-8", "replace"))
    return re.sub(r"\s+", " ", text).strip()[:SHOWN]


def _said(reply: Reply, document: Any, order: Order) -> str:
    text = _text(template.at(document, order.value("error_text", "message")))
    return text[:200] or _plain(reply.said) or str(reply.status)


def _forget(reply: Reply) -> None:
    if reply.path:
        reply.path.unlink(missing_ok=True)
