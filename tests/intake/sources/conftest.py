"""A small centre with sources of every way of coming, and a department's server that really speaks HTTP and can be down."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from haidang.catalog import declared as catalog
from haidang.store import engine, tables

PACK = {
    "pack.yaml": "pack: thu\ntitle: {vi: Gói thử, en: Trial}\nversion: 1.0.0\n",
    "datasets/ca.yaml": """\
dataset: ca
title: {vi: Ca bệnh, en: Cases}
level: public
key: [ma]
period: ngay
grain: day
columns:
  ma: {type: text, required: true, title: {vi: Mã, en: Key}}
  ngay: {type: date, required: true, title: {vi: Ngày, en: Day}}
  ca: {type: integer, min: 0, title: {vi: Số ca, en: Cases}}
""",
    "sources/so-ca.yaml": """\
source: so-ca
dataset: ca
connector: http
format: json
title: {vi: Số ca theo ngày, en: Daily cases}
owner: {vi: Sở Y tế, en: Department of Health}
connect: {path: "/ca?tu={since}", cursor_field: ngay, rows: rows, time_format: yyyy-MM-dd}
read: {rows: rows}
schedule: {every: 10m, grace: 20m}
retain_days: 30
""",
    "sources/theo-ky.yaml": """\
source: theo-ky
dataset: ca
connector: http
format: json
title: {vi: Báo cáo theo kỳ, en: By stretch}
owner: {vi: Sở Y tế, en: Department of Health}
connect: {path: "/ky?tu={start}&den={end}", rows: rows}
read: {rows: rows}
schedule: {at: "17:00", days: working, grace: 2h}
""",
    "sources/day.yaml": """\
source: day
dataset: ca
connector: hook
format: json
title: {vi: Đẩy, en: Pushed}
owner: {vi: Sở Y tế, en: Department of Health}
read: {rows: rows}
retain_days: 0
""",
    "sources/tai-len.yaml": """\
source: tai-len
dataset: ca
connector: upload
format: csv
title: {vi: Báo cáo Excel, en: Sheets}
owner: {vi: Công an tỉnh, en: Police}
schedule: {at: "17:00", days: working, grace: 2h}
""",
}


def write_pack(folder: Path) -> Path:
    for name, text in PACK.items():
        file = folder / "thu" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def centre(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[Path]:
    """The home of a centre of its own."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HAIDANG_HOME", str(home))
    settings.HOME = home
    monkeypatch.setenv("HAIDANG_PACKS", str(write_pack(tmp_path / "packs")))
    catalog.forget()
    yield home
    catalog.forget()
    tables.forget()
    engine.forget(home)


def vn(text: str) -> datetime:
    """A moment of Việt Nam time."""
    return datetime.fromisoformat(f"{text}:00+07:00").astimezone(UTC)


@dataclass
class Department:
    """A department's own system: rows by day, asked over HTTP. `down`: it answers 503; `asked`: every request's address."""

    rows: list[dict[str, object]] = field(default_factory=list)
    down: bool = False
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def add(self, day: str, cases: int) -> None:
        self.rows.append({"ma": day, "ngay": day, "ca": cases})

    def answer(self, path: str) -> bytes:
        query = parse_qs(urlsplit(path).query)
        first, last = query.get("tu", [""])[0][:10], query.get("den", ["9999"])[0][:10]
        return json.dumps({"rows": [r for r in self.rows if first <= str(r["ngay"]) < last or not first]}).encode()


@pytest.fixture
def department() -> Iterator[Department]:
    one = Department()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            one.asked.append(self.path)
            body = b"" if one.down else one.answer(self.path)
            self.send_response(503 if one.down else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    one.address = f"http://127.0.0.1:{server.server_port}"
    yield one
    server.shutdown()
    server.server_close()
