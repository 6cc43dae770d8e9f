"""The way of a request: one thread of the pool from end to end, its connection of the database kept; streams aside."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from haidang.site import handler
from haidang.site.handler import Handler

pytestmark = pytest.mark.django_db
seen: list[tuple[str, int]] = []


def where(request: HttpRequest) -> HttpResponse:
    connection.ensure_connection()
    seen.append((threading.current_thread().name, id(connection.connection)))
    return HttpResponse(request.body or b"well")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


def pieces(request: HttpRequest) -> StreamingHttpResponse:
    def made() -> Iterator[bytes]:
        for _ in range(3):
            connection.ensure_connection()
            seen.append((threading.current_thread().name, id(connection)))
            yield b"piece "

    return StreamingHttpResponse(made())


async def stream(request: HttpRequest) -> StreamingHttpResponse:
    async def told() -> AsyncIterator[bytes]:
        seen.append((threading.current_thread().name, 0))
        yield b"told"

    return StreamingHttpResponse(told())


urlpatterns = [path("where", where), path("broken", broken), path("pieces", pieces), path("stream", stream)]
WAYS = override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=["django.middleware.common.CommonMiddleware"])


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Iterator[Handler]:
    seen.clear()
    monkeypatch.setattr(handler, "THREADS", 1)
    with WAYS:
        yield Handler()


async def asked(app: Handler, way: str, body: bytes = b"") -> tuple[int, bytes]:
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": way, "query_string": b"", "headers": []}
    scope |= {"headers": [(b"host", b"testserver")], "http_version": "1.1", "asgi": {"version": "3.0"}}
    line = ApplicationCommunicator(app, scope)
    await line.send_input({"type": "http.request", "body": body, "more_body": False})
    begin = await line.receive_output(10)
    found, more = b"", True
    while more:
        piece = await line.receive_output(10)
        found, more = found + piece.get("body", b""), piece.get("more_body", False)
    return begin["status"], found


def test_a_request_stays_in_one_thread_and_keeps_its_connection(app: Handler) -> None:
    async def both() -> list[tuple[int, bytes]]:
        return [await asked(app, "/where"), await asked(app, "/where", b"a body"), await asked(app, "/nowhere")]

    answers = asyncio.run(both())
    assert [status for status, _ in answers] == [200, 200, 404]
    assert answers[1][1] == b"a body"
    assert len(set(seen)) == 1, seen
    assert seen[0][0].startswith("request")


def test_what_breaks_is_answered_and_the_thread_goes_on(app: Handler) -> None:
    async def both() -> tuple[int, int]:
        return (await asked(app, "/broken"))[0], (await asked(app, "/where"))[0]

    assert asyncio.run(both()) == (500, 200)


def test_what_is_made_while_it_is_sent_holds_no_request_up(app: Handler) -> None:
    assert asyncio.run(asked(app, "/pieces")) == (200, b"piece piece piece ")
    assert not seen[0][0].startswith("request")


def test_a_stream_of_events_runs_in_the_loop(app: Handler) -> None:
    assert asyncio.run(asked(app, "/stream")) == (200, b"told")
    assert seen == [(threading.main_thread().name, 0)]


def test_many_at_once_are_all_answered(app: Handler) -> None:
    async def crowd() -> list[tuple[int, bytes]]:
        return await asyncio.gather(*(asked(app, "/where", str(n).encode()) for n in range(40)))

    assert asyncio.run(crowd()) == [(200, str(n).encode() or b"well") for n in range(40)]
