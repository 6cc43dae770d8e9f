"""The way of a request through Django, in one thread of a pool from the first door to the last.

Django's own handler begins a thread for every request and changes between it and the event loop at each end of the
middleware; here a request changes threads once each way, and the threads keep their connections of the database
(CONN_MAX_AGE). Streams of events go on in the loop; what is made while it is sent has a thread of its own.
Never: holds a request back for another's body (bodies are read in the loop, before).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections, connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

THREADS = 32
"""Requests at work at one time in this process, and connections of the database they keep; more wait their turn."""


class Handler(ASGIHandler):
    """Raises nothing; answers as Django's."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
        super().__init__()

    def load_middleware(self, is_async: bool = False) -> None:
        """Every part of the way stands in the same thread."""
        super().load_middleware(is_async=False)
        whole = _tidied(vars(self)["_middleware_chain"])
        self._middleware_chain = sync_to_async(whole, thread_sensitive=False, executor=self._threads)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.handle(scope, receive, send)

    async def send_response(self, response: Any, send: Any) -> None:
        if not response.streaming or response.is_async:
            await super().send_response(response, send)
            return
        async with ThreadSensitiveContext():
            try:
                await super().send_response(response, send)
            finally:
                await sync_to_async(connections.close_all)()


def _tidied(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """The thread's connections that are broken or too old are closed before and after: Django does so elsewhere."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        close_old_connections()
        try:
            return answer(request)
        finally:
            close_old_connections()

    return answered
