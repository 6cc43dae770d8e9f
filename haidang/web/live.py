"""What just happened, for screens that stay open: one look per process and turn, told to every open stream.

A stream tells `landed` (datasets with new rows since the reader's snapshot), `desk` (which tiles of the desk's pages:
`calls`, `cases`), `notice` (how many are unread), `beat`, and `bye` when the session has ended. While a stream is open
the gate is asked anew every few seconds who may see what.
Never: sends a row or a number of a pack (the page asks for those through the gate); keeps anything between processes.
"""

from __future__ import annotations

import asyncio
import contextvars
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Hashable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.utils import timezone

log = logging.getLogger("haidang.live")

PAUSE_SECONDS = 0.4
"""Between two looks at the store, while anybody watches."""
BEAT_SECONDS = 15.0
TRUST_SECONDS = 5.0
"""How long what one may see is believed before the gate is asked again."""
MOST_STREAMS = 1000
RETRY_MS = 3000


@dataclass(frozen=True)
class News:
    """How things stand: the newest snapshot, the one at which each dataset last landed, the newest notice's number.

    `desk`: tile of the desk → what changes whenever one of its rows does; `marks`: the same as a page says it.
    """

    snapshot: int
    versions: Mapping[str, int]
    notice: int = 0
    desk: Mapping[str, Hashable] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reader:
    """Whom a stream is for, right now: the datasets whose landings may be told, and how many notices are unread.

    `ends`: HH:MM at which the session ends when nothing more is done, "" while that is not near. `desk`: the tiles of
    the desk whose news may be told.
    """

    datasets: frozenset[str]
    unread: int = 0
    ends: str = ""
    desk: frozenset[str] = frozenset()


Look = Callable[[News | None], News]
Ask = Callable[[], Reader | None]
"""Who reads; None when the session has ended."""


@dataclass
class Hub:
    """One per event loop: looks while there are streams, and wakes them when something is new."""

    look: Look
    news: News | None = None
    streams: int = 0
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _watch: asyncio.Task[None] | None = None

    def join(self) -> None:
        self.streams += 1
        if self._watch is None or self._watch.done():
            self.news = None
            # A context of its own: the looking outlives the request that began it.
            self._watch = asyncio.create_task(self._keep_looking(), context=contextvars.Context())

    def leave(self) -> None:
        self.streams -= 1

    async def after(self, known: News | None, seconds: float) -> News | None:
        """What is new since `known`; `known` itself when nothing was within so many seconds."""
        if self.news is known:
            try:
                await asyncio.wait_for(self._bell.wait(), seconds)
            except TimeoutError:
                return known
        return self.news

    async def _keep_looking(self) -> None:
        while self.streams > 0:
            try:
                self._tell(await sync_to_async(self.look, thread_sensitive=False)(self.news))
            except Exception:
                # A store or database away for a moment must not end the looking: the next turn asks again.
                log.exception("live look failed")
            await asyncio.sleep(PAUSE_SECONDS)

    def _tell(self, news: News) -> None:
        if news is self.news:
            return
        self.news = news
        bell, self._bell = self._bell, asyncio.Event()
        bell.set()


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub(look: Look) -> Hub:
    """The hub of the running loop."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub(look))


def event(name: str, facts: Mapping[str, object], number: int | None = None) -> bytes:
    """One server-sent event."""
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(facts, ensure_ascii=False)}\n\n".encode()


def beat(reader: Reader | None) -> bytes:
    """Still here; and until when, when the session is about to end."""
    facts = {"at": timezone.now().isoformat(timespec="seconds")}
    return event("beat", {**facts, "ends": reader.ends} if reader and reader.ends else facts)


def landed(reader: Reader, since: int, news: News) -> bytes | None:
    """The datasets that landed after the snapshot `since`; of a store put back to an older day, every one."""
    back = since > news.snapshot
    found = sorted(key for key, at in news.versions.items() if (back or at > since) and key in reader.datasets)
    if not found:
        return None
    packs = sorted({key.partition(".")[0] for key in found})
    facts = {
        "datasets": found,
        "packs": packs,
        "at": timezone.now().isoformat(timespec="seconds"),
        "snapshot": news.snapshot,
    }
    return event("landed", facts, news.snapshot)


NONE: Mapping[str, str] = MappingProxyType({})


def desk(reader: Reader, known: News | None, news: News, marks: Mapping[str, str] = NONE) -> bytes | None:
    """The tiles of the desk that changed since `known`; of a stream that just began, those of its page whose `marks`
    are no longer so.
    """
    if known is None:
        tiles = sorted(name for name in reader.desk if name in marks and marks[name] != news.marks.get(name))
    else:
        tiles = sorted(name for name in reader.desk if known.desk.get(name) != news.desk.get(name))
    return event("desk", {"tiles": tiles}) if tiles else None


@dataclass
class Stream:
    """One open page's stream. `since`: the snapshot its page was made at, None when it did not say;
    `marks`: how its desk stood then."""

    hub: Hub
    ask: Ask
    since: int | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    reader: Reader | None = None
    _asked: float = 0.0

    async def events(self) -> AsyncIterator[bytes]:
        """Bytes to send, until the reader goes or the session ends."""
        self.hub.join()
        try:
            yield f"retry: {RETRY_MS}\n\n".encode()
            known = None
            while await self._trusted(BEAT_SECONDS if known is None else TRUST_SECONDS):
                news = await self.hub.after(known, BEAT_SECONDS)
                for told in await self._told(known, news):
                    yield told
                known = news
            yield event("bye", {})
        finally:
            self.hub.leave()

    async def _trusted(self, seconds: float) -> Reader | None:
        if self.reader is None or time.monotonic() - self._asked > seconds:
            self.reader = await sync_to_async(self.ask, thread_sensitive=False)()
            self._asked = time.monotonic()
        return self.reader

    async def _told(self, known: News | None, news: News | None) -> list[bytes]:
        before = self.reader
        if news is known or news is None or before is None:
            self._asked = 0.0  # nothing new for a while: the session is looked at before the next wait
            return [beat(before)]
        ring = known is None or news.notice != known.notice
        reader = await self._trusted(0.0 if ring and known else TRUST_SECONDS)
        if reader is None:
            return []
        since = news.snapshot if self.since is None else self.since
        told = [landed(reader, since, news), desk(reader, known, news, self.marks)]
        told += [event("notice", {"unread": reader.unread})] if ring else []
        told += [beat(reader)] if known is None else []
        self.since = news.snapshot
        return [one for one in told if one]
