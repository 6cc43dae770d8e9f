"""Orders for connectors, and servers of the loopback they ask."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from haidang.intake import connectors
from haidang.intake.connectors import Order, Parcel

Make = Callable[..., Order]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """An order of a kind with its defaults, as the collector makes it."""

    def order(kind: str, values: dict[str, str], **further: Any) -> Order:
        defaults = {setting.name: setting.default for setting in connectors.settings_of(kind) if setting.default}
        return Order("thu.nguon", {**defaults, **values}, tmp_path / "scratch", **further)

    return order


@dataclass
class Taken:
    """What came out of a fetch: names, bytes and the cursor after each."""

    names: list[str] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)
    cursors: list[dict[str, str]] = field(default_factory=list)

    @property
    def cursor(self) -> dict[str, str]:
        return self.cursors[-1]


def take(parcels: Iterator[Parcel], most: int = 1000, *, done: bool = True) -> Taken:
    """Do as the collector does: keep the bytes and the cursor, then tell it is done. `most`: killed after so many."""
    taken = Taken()
    for parcel in parcels:
        taken.names.append(parcel.name)
        taken.contents.append(parcel.path.read_bytes())
        taken.cursors.append(dict(parcel.cursor))
        if parcel.done and done:
            parcel.done()
        parcel.path.unlink()
        if len(taken.names) >= most:
            break
    return taken


@dataclass
class Call:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Answer = tuple[int, dict[str, str], bytes]


def told(document: Any, status: int = 200, **headers: str) -> Answer:
    body = json.dumps(document, ensure_ascii=False).encode()
    return status, {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}, body


class Site:
    """A real HTTP server; `routes`: path → what answers a call (a tuple, or the handler is used as it likes)."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.routes: dict[str, Callable[..., Answer | None]] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                parts = urlsplit(self.path)
                size = int(self.headers.get("Content-Length", "0"))
                body = self.rfile.read(size)
                headers = {name.lower(): value for name, value in self.headers.items()}
                call = Call(self.command, parts.path, dict(parse_qsl(parts.query)), headers, body)
                site.calls.append(call)
                route = site.routes.get(parts.path)
                answer = (
                    (404, {}, b"")
                    if route is None
                    else route(call, self)
                    if route.__code__.co_argcount == 2
                    else route(call)
                )
                if answer is None:
                    self.close_connection = True
                    return
                status, more, content = answer
                self.send_response(status)
                for name, value in more.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = _answer  # noqa: N815  (the library's names)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()
