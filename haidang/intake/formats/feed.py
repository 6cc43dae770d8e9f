"""Feeds: RSS 2.0, RSS 1.0, RSS 0.9x and Atom, an item a row, every text without markup.

The bytes are already here: nothing is ever fetched. Never: reads the feed in this process (`isolated`); keeps a link
that is not http or https.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any

import feedparser

from haidang.intake.formats import Arrival, RawTable, xml_rows
from haidang.intake.formats.gather import Gathered
from haidang.intake.formats.isolated import read_apart
from haidang.intake.formats.limits import MAX_FEED, MAX_FEED_ITEMS
from haidang.intake.formats.plain_text import moment_of, text_of
from haidang.intake.formats.refuse import megabytes, problem, stop
from haidang.intake.formats.xml_safe import check_prolog
from haidang.words.errors import Problem

KIND = "feed"
SUFFIXES = (".rss", ".atom", ".rdf", ".xml")
READ: tuple[str, ...] = ()
COLUMNS = ("id", "title", "link", "summary", "author", "category", "published", "updated", "source")
ROOT = re.compile(
    rb"<(?:rss\b|rdf:RDF\b|(?:\w+:)?feed\b[^>]{0,500}(?:purl\.org/atom|w3\.org/2005/Atom))", re.IGNORECASE
)
TITLE, SUMMARY = 500, 5_000  # characters kept


def looks(head: bytes) -> int:
    """The element of a feed within the first bytes; other XML perhaps."""
    found = xml_rows.looks(head)
    return 3 if found and ROOT.search(head[:8192].replace(b"\x00", b"")) else min(1, found)


def tables(file: Arrival) -> Iterator[RawTable]:
    """The one table of the feed."""
    size = file.path.stat().st_size
    if size > MAX_FEED:
        raise stop("file-too-large", file.name, found=megabytes(size), expected=megabytes(MAX_FEED))
    return read_apart("feed", file)


def read(file: Arrival, remarks: list[Problem]) -> Iterator[RawTable]:
    """In the child: every item of the feed."""
    check_prolog(file, remarks)
    # A stream is read as it is: feedparser fetches only what it is given as a string.
    feed = feedparser.parse(io.BytesIO(file.path.read_bytes()), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise stop("feed-no-items", file.name)
    if feed.bozo and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        remarks.append(problem("feed-broken", file.name, found=_where(feed.bozo_exception)))
    made = Gathered(file, COLUMNS)
    whole = text_of(str(feed.feed.get("title", "")), TITLE)
    for entry in feed.entries[:MAX_FEED_ITEMS]:
        made.add(_cells(entry, whole))
    if len(feed.entries) > MAX_FEED_ITEMS:
        remarks.append(problem("feed-cut", file.name, found=len(feed.entries), expected=MAX_FEED_ITEMS))
    yield made.table()


def _where(error: Any) -> str:
    line = getattr(error, "getLineNumber", lambda: None)()
    return f"{line}" if line else type(error).__name__


def _cells(entry: Any, feed: str) -> dict[str, str]:
    link = str(entry.get("link", "")).strip()
    link = link if re.match(r"https?://", link, re.IGNORECASE) else ""
    title = text_of(str(entry.get("title", "")), TITLE)
    published = moment_of(str(entry.get("published", "") or entry.get("created", "")))
    updated = moment_of(str(dict.get(entry, "updated", "")))  # its own `get` answers with what was published
    body = str(entry.get("summary", "") or next((c.get("value", "") for c in entry.get("content", ())), ""))
    tags = (text_of(str(tag.get("term") or tag.get("label") or ""), 100) for tag in entry.get("tags", ()))
    known = str(entry.get("id", "")).strip()[:1000] or link
    return {
        "id": known or hashlib.sha256(f"{title}\n{published}".encode()).hexdigest()[:32],
        "title": title.replace("\n", " "),
        "link": link,
        "summary": text_of(body, SUMMARY),
        "author": text_of(str(entry.get("author", "")), TITLE),
        "category": "; ".join(dict.fromkeys(filter(None, tags))),
        "published": published or updated,
        "updated": updated,
        "source": text_of(str(entry.get("source", {}).get("title", "")), TITLE) or feed,
    }
