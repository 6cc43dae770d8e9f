"""Readers in a process of their own: kept for the next file, replaced when gone, ended when late; nothing is ever fetched."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from haidang.intake.formats import isolated, nursery
from haidang.words.errors import IntakeStopped
from tests.intake.formats.reading import refused, rows, table

TEXT = "<ds><r><a>1</a></r></ds>"


@pytest.fixture(autouse=True)
def own_nurseries() -> Iterator[None]:
    isolated.close()
    yield
    isolated.close()


def kept() -> list[int]:
    return [nursery.pid for _, nursery in isolated._idle]


def test_the_process_is_kept_for_the_next_file(tmp_path: Path) -> None:
    assert rows(table(tmp_path, "a.xml", TEXT, "xml")) == [{"a": "1"}]
    first = kept()
    assert rows(table(tmp_path, "a.xml", TEXT, "xml")) == [{"a": "1"}]
    assert len(first) == 1
    assert kept() == first


def test_one_that_is_gone_is_replaced(tmp_path: Path) -> None:
    table(tmp_path, "a.xml", TEXT, "xml")
    (pid,) = kept()
    os.kill(pid, signal.SIGKILL)
    assert rows(table(tmp_path, "a.xml", TEXT, "xml")) == [{"a": "1"}]
    assert kept() != [pid]


def test_those_of_another_process_are_not_used(tmp_path: Path) -> None:
    table(tmp_path, "a.xml", TEXT, "xml")
    _, theirs = isolated._idle.pop()
    isolated._idle.append((os.getpid() + 1, theirs))
    assert rows(table(tmp_path, "a.xml", TEXT, "xml")) == [{"a": "1"}]
    assert theirs.pid not in kept()
    isolated._end(theirs)


def test_a_child_that_dies_or_hangs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nursery.child, "limit", lambda: os.kill(os.getpid(), signal.SIGKILL))
    assert nursery._served(pickle.dumps(("xml_rows", None))) == {"told": "", "code": -signal.SIGKILL}
    monkeypatch.setattr(nursery.child, "limit", signal.pause)
    monkeypatch.setattr(nursery, "CHILD_SECONDS", 0.2)
    assert nursery._served(pickle.dumps(("xml_rows", None)))["code"] == nursery.LATE


def test_what_the_parent_says_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_asked", lambda order: {"told": "", "code": nursery.LATE})
    assert refused(tmp_path, "a.xml", TEXT, "xml")[0] == "reading-too-long"
    monkeypatch.setattr(isolated, "_asked", lambda order: {"told": "", "code": -11})
    assert refused(tmp_path, "a.xml", TEXT, "xml")[0] == "reader-gave-up"


def test_several_threads_at_once(tmp_path: Path) -> None:
    answers: list[object] = []

    def read(number: int) -> None:
        folder = tmp_path / str(number)
        folder.mkdir()
        answers.append(rows(table(folder, "a.xml", TEXT.replace("1", str(number)), "xml")))

    threads = [threading.Thread(target=read, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, answers)) == [f"[{{'a': '{n}'}}]" for n in range(6)]
    assert len(kept()) <= isolated.KEPT


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<!ENTITY x 'y'>")

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def outcome(folder: Path, text: str, kind: str) -> str:
    try:
        table(folder, "a.xml", text, kind)
    except IntakeStopped as stopped:
        return stopped.problem.code
    return ""


@pytest.mark.parametrize("kind", ["xml", "bhyt", "edxml", "feed"])
def test_nothing_is_fetched(tmp_path: Path, kind: str) -> None:
    body = {
        "xml": TEXT, "bhyt": "<GIAMDINHHS><HOSO/></GIAMDINHHS>", "feed": "<rss><channel><item><title>x</title></item></channel></rss>",
        "edxml": "<edXML><MessageHeader><DocumentId>1</DocumentId></MessageHeader></edXML>",
    }[kind]  # fmt: skip
    with listening() as (address, asked):
        heads = [
            f'<!DOCTYPE a SYSTEM "{address}/1.dtd">', f'<!DOCTYPE a [<!ENTITY x SYSTEM "{address}/2">]>',
            f'<!DOCTYPE a PUBLIC "-//x" "{address}/3.dtd" [<!ENTITY % p SYSTEM "{address}/4"> %p;]>',
            f'<?xml version="1.0"?><?xml-stylesheet href="{address}/5.xsl"?>',
        ]  # fmt: skip
        schema = f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:a {address}/6.xsd"'
        include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}/7"/>'
        root, rest = body.split(">", 1)
        for head in [*heads, ""]:
            text = f"{head}{root}{schema}>{include}{rest}"
            assert outcome(tmp_path, text, kind) in {"", "unsafe-doctype", "bhyt-no-part", "not-that-kind"}
    assert asked == []
