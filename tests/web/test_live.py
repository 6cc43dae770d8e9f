"""The stream of an open page: who is told what, from where on, and when it ends. The browser's part: tests/browser."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from django.test import RequestFactory

from haidang.web import deskside, live
from haidang.web.live import Hub, News, Reader, Stream
from haidang.web.views import events

ALL = Reader(frozenset({"a.x", "b.y"}), 3)


def told(piece: bytes) -> tuple[str, dict[str, object]]:
    lines = dict(line.split(": ", 1) for line in piece.decode().strip().splitlines())
    return lines["event"], json.loads(lines["data"])


def test_only_what_landed_since_and_may_be_seen_is_told() -> None:
    news = News(9, {"a.x": 5, "b.y": 8, "c.z": 9})
    piece = live.landed(ALL, 6, news)
    assert piece
    assert piece.startswith(b"id: 9\n")
    name, facts = told(piece)
    assert name == "landed"
    assert (facts["datasets"], facts["packs"], facts["snapshot"]) == (["b.y"], ["b"], 9)
    assert live.landed(ALL, 8, news) is None


def test_a_store_put_back_makes_every_page_ask_again() -> None:
    piece = live.landed(ALL, 50, News(9, {"a.x": 5, "b.y": 8}))
    assert piece
    assert told(piece)[1]["datasets"] == ["a.x", "b.y"]


def test_news_of_the_desk_go_to_whoever_may_be_told() -> None:
    before, after = News(1, {}, desk={"calls": 1, "cases": 1}), News(1, {}, desk={"calls": 2, "cases": 1})
    both = Reader(frozenset(), desk=frozenset({"calls", "cases"}))
    piece = live.desk(both, before, after)
    assert piece
    assert told(piece) == ("desk", {"tiles": ["calls"]})
    assert live.desk(Reader(frozenset(), desk=frozenset({"cases"})), before, after) is None
    assert live.desk(both, after, after) is None
    assert live.desk(both, None, after) is None


def test_a_stream_begins_where_its_page_stood() -> None:
    """A call that is answered between the page and its stream is told (the page said what it was made of)."""
    stood = deskside.marks({"calls": 1, "cases": 1})
    both = Reader(frozenset(), desk=frozenset({"calls", "cases"}))
    stands = {"calls": 2, "cases": 1}
    piece = live.desk(both, None, News(1, {}, desk=stands, marks=deskside.marks(stands)), stood)
    assert piece
    assert told(piece) == ("desk", {"tiles": ["calls"]})
    same = News(1, {}, desk={"calls": 1, "cases": 1}, marks=stood)
    assert live.desk(both, None, same, stood) is None
    gone = {"cases": stood["cases"]}  # a page without the calls hears nothing of them
    assert live.desk(both, None, News(1, {}, desk=stands, marks=deskside.marks(stands)), gone) is None


def test_since_is_the_browsers_own_then_the_pages() -> None:
    make = RequestFactory()
    assert events.since(make.get("/events?since=7")) == 7
    assert events.since(make.get("/events?since=7", headers={"Last-Event-ID": "9"})) == 9
    for bad in ("", "-1", "x", "9" * 30):
        assert events.since(make.get("/events", {"since": bad})) is None


class World:
    """A store that moves when told to, counting how often it was looked at."""

    def __init__(self) -> None:
        self.news, self.looks, self.reader = News(1, {"a.x": 1}), 0, ALL

    def look(self, before: News | None) -> News:
        self.looks += 1
        return before if before == self.news and before else self.news

    def ask(self) -> Reader | None:
        return self.reader


async def take(stream: AsyncIterator[bytes], name: str) -> dict[str, object]:
    async for piece in stream:
        if piece.startswith(b"retry"):
            continue
        found, facts = told(piece)
        if found == name:
            return facts
    raise AssertionError(f"the stream ended without {name}")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(live, "BEAT_SECONDS", 0.2)


def test_many_streams_share_one_look_and_all_are_told() -> None:
    async def story() -> tuple[World, list[dict[str, object]]]:
        world = World()
        hub = Hub(world.look)
        streams = [Stream(hub, world.ask, 1).events() for _ in range(50)]
        await asyncio.gather(*(take(one, "beat") for one in streams))
        before = world.looks
        world.news = News(2, {"a.x": 2})
        heard = await asyncio.wait_for(asyncio.gather(*(take(one, "landed") for one in streams)), 10)
        assert world.looks - before < 50, "each stream looks for itself"
        await asyncio.gather(*(one.aclose() for one in streams))
        assert hub.streams == 0
        return world, heard

    _, heard = asyncio.run(story())
    assert all(facts["datasets"] == ["a.x"] for facts in heard)


def test_what_was_missed_before_the_stream_opened_is_told() -> None:
    async def story() -> dict[str, object]:
        world = World()
        world.news = News(8, {"a.x": 8})
        stream = Stream(Hub(world.look), world.ask, 5).events()
        facts = await asyncio.wait_for(take(stream, "landed"), 10)
        await stream.aclose()
        return facts

    assert asyncio.run(story())["snapshot"] == 8


def test_a_notice_is_told_with_how_many_are_unread() -> None:
    async def story() -> dict[str, object]:
        world = World()
        stream = Stream(Hub(world.look), world.ask, 1).events()
        await take(stream, "beat")
        world.reader, world.news = Reader(ALL.datasets, 4), News(1, {"a.x": 1}, notice=7)
        facts = await asyncio.wait_for(take(stream, "notice"), 10)
        await stream.aclose()
        return facts

    assert asyncio.run(story()) == {"unread": 4}


def test_the_stream_ends_with_the_session() -> None:
    async def story() -> list[bytes]:
        world = World()
        stream = Stream(Hub(world.look), world.ask, 1).events()
        await take(stream, "beat")
        world.reader = None  # type: ignore[assignment] # the session has ended
        return [piece async for piece in stream]

    assert told(asyncio.run(asyncio.wait_for(story(), 10))[-1])[0] == "bye"


def test_a_look_that_fails_is_made_again() -> None:
    async def story() -> None:
        world = World()
        times = 0

        def look(before: News | None) -> News:
            nonlocal times
            times += 1
            if times < 3:
                raise OSError("away")
            return world.look(before)

        stream = Stream(Hub(look), world.ask, 1).events()
        await asyncio.wait_for(take(stream, "notice"), 10)
        await stream.aclose()

    asyncio.run(story())
