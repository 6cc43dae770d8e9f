"""The simulated past of the desk: the same seed the same file, shares like a city's, one outbreak, nobody real."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import pytest

from sandbox.clock import VN
from sandbox.desk import trickle
from sandbox.desk.history import COLUMNS, OUTBREAK, write

UNTIL = datetime(2026, 11, 22, 18, tzinfo=VN)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    file = tmp_path_factory.mktemp("past") / "history.csv"
    write(file, 61, UNTIL)
    with file.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_the_same_seed_gives_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / name, 10, UNTIL)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    write(tmp_path / "c", 10, UNTIL, seed=21)
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()


def test_the_outbreak_stands_on_the_last_whole_day_and_nowhere_else(rows: list[dict[str, str]]) -> None:
    category, place, many = OUTBREAK
    days = Counter(row["sent_at"][:10] for row in rows if (row["category"], row["place"]) == (category, place))
    yesterday = (UNTIL - timedelta(days=1)).date().isoformat()
    assert days.pop(yesterday) >= many
    assert max(days.values()) <= many / 2


def test_hours_week_days_and_channels_are_like_a_citys(rows: list[dict[str, str]]) -> None:
    assert 1500 < len(rows) < 2600
    at = [datetime.fromisoformat(row["sent_at"]) for row in rows]
    week = Counter(one.weekday() for one in at)
    assert week[0] > 1.3 * week[6]
    hours = Counter(one.hour for one in at)
    assert hours[9] > 5 * hours[3]
    channels = Counter(row["channel"] for row in rows)
    assert channels.most_common(2) == [("phone", channels["phone"]), ("zalo", channels["zalo"])]
    assert len(channels) == 8


def test_moments_stand_in_order_and_in_the_past(rows: list[dict[str, str]]) -> None:
    names = ("sent_at", "assigned_at", "started_at", "resolved_at", "published_at")
    for row in rows:
        moments = [datetime.fromisoformat(row[name]) for name in names if row[name]]
        assert moments == sorted(moments), row["outside"]
        assert moments[-1] <= UNTIL
        assert all(datetime.fromisoformat(one["at"]) <= UNTIL for one in json.loads(row["more"] or "[]"))


def test_every_ending_is_there_and_nobody_in_it_exists(rows: list[dict[str, str]]) -> None:
    assert tuple(rows[0]) == COLUMNS
    ended = Counter(row["state"] or ("done" if row["resolved_at"] else "open") for row in rows)
    assert min(ended[one] for one in ("refused", "merged", "done", "open")) > 5
    acts = {one["act"] for row in rows for one in json.loads(row["more"] or "[]")}
    assert {"ask", "supply", "reopen"} <= acts
    assert all(row["phone"].startswith("0900") for row in rows if row["phone"])
    numbers = {row["outside"] for row in rows}
    assert {row["duplicate_of"] for row in rows if row["duplicate_of"]} <= numbers


class Page(BaseHTTPRequestHandler):
    """A form with a ticket, which takes what was sent with it."""

    taken: list[dict[str, list[str]]]

    def do_GET(self) -> None:
        self._answer(b'<form><input type="hidden" name="ticket" value="ve-1"><textarea name="text"></textarea></form>')

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        type(self).taken.append(parse_qs(self.rfile.read(length).decode()))
        self._answer(b"ok")

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


class Telephones:
    def __init__(self, centre: str) -> None:
        self.centre = centre
        self.sent: list[tuple[str, str, str]] = []

    def said(self, channel: str, who: str, text: str) -> int:
        self.sent.append((channel, who, text))
        return 200


def test_a_trickle_goes_the_way_of_citizens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trickle, "READING", 0.0)
    Page.taken = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        phones = Telephones(f"http://127.0.0.1:{server.server_address[1]}")
        going = trickle.Trickle(phones, every=60, seed=4)
        assert [going.send(way) for way in ("web", "zalo", "sms")] == [200, 200, 200]
    finally:
        server.shutdown()
    (form,) = Page.taken
    assert form["ticket"] == ["ve-1"]
    assert form["phone"][0].startswith("0900")
    assert [channel for channel, _, _ in phones.sent] == ["zalo", "sms"]
    assert phones.sent[1][1].startswith("0900")
