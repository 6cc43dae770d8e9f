"""One pass over an HTTP source: which page comes next, how far it was read, and the parcels.

A pass goes from `since` (or a window) to the end of the pages. Every parcel's cursor says where the pass stands, so
that a kill between two pages goes on at the next one; the parcel of the last page closes the pass. A page is given away
when the next one is known to be there or not, so that a pass is closed by the last parcel itself.
Never: talks HTTP (_http_talk does).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import PurePosixPath
from typing import Any

import httpx

from haidang.intake import clock
from haidang.intake.connectors import Order, Parcel
from haidang.intake.connectors import _templates as template
from haidang.intake.connectors._http_client import origin
from haidang.intake.connectors._http_talk import Page, Talk, joined
from haidang.intake.connectors._keeping import plain
from haidang.words.errors import HaiDangError, IntakeStopped

PASS = ("pass_next", "pass_high", "pass_start", "pass_end", "pass_count", "pass_asked")
SUFFIXES = {"json": ".json", "xml": ".xml", "csv": ".csv", "zip": ".zip", "pdf": ".pdf", "html": ".html"} | {
    "spreadsheetml": ".xlsx",
    "ms-excel": ".xls",
    "x-ndjson": ".jsonl",
    "parquet": ".parquet",
    "text/plain": ".txt",
}
TEMPLATED = ("path", "params", "body", "headers")


@dataclass(frozen=True)
class Held:
    """A page and where the pass stands after it. `next`: "" after the last one; `digest`: of the first page's rows."""

    page: Page
    next: str
    count: int
    high: str
    digest: str = ""


class Pass:
    """One pass. `parcels()` may be called once."""

    def __init__(self, order: Order, talk: Talk) -> None:
        self.order, self.talk = order, talk
        self.paging = order.value("paging", "none")
        self.form = order.value("time_format", "iso")
        self.names = {name for setting in TEMPLATED for name in template.names(order.value(setting))}
        asked = f"{self.paging} {order.start.isoformat() if order.start else ''}"
        going_on = bool(order.cursor.get("pass_next")) and order.cursor.get("pass_asked", "") == asked
        self.cursor = {k: v for k, v in order.cursor.items() if going_on or k not in PASS}
        self.cursor["pass_asked"] = asked
        self.start, self.end = self._window()
        self.bounded = False
        if self.paging in {"page", "offset"} and not order.value("rows"):
            raise IntakeStopped("setting-missing", found="rows", expected="paging")

    def parcels(self) -> Iterator[Parcel]:
        held: Held | None = None
        try:
            for found in self._pages():
                if held:
                    yield self._parcel(held, self._standing(held))
                held = found
        except HaiDangError:
            if held:
                yield self._parcel(held, self._standing(held))
            raise
        if held:
            yield self._parcel(held, self._standing(held) if self.bounded and held.next else self._closed(held))

    def _window(self) -> tuple[datetime | None, datetime | None]:
        """The stretch asked for: the order's, that of the pass gone on with, or from the last one's end until now."""
        if self.order.start:
            return self.order.start, self.order.end or clock.now()
        if not {"start", "end"} & self.names:
            return None, None
        if "pass_start" in self.cursor:
            return datetime.fromisoformat(self.cursor["pass_start"]), datetime.fromisoformat(self.cursor["pass_end"])
        return self._due_window()

    def _due_window(self) -> tuple[datetime, datetime]:
        until = self.cursor.get("until", "")
        first = timedelta(days=self.order.number("first_days", 30))
        start = datetime.fromisoformat(until) - self._overlap() if until else clock.now() - first
        return start, clock.now()

    def _overlap(self) -> timedelta:
        return timedelta(seconds=self.order.number("overlap", 0))

    def _pages(self) -> Iterator[Held]:
        """The pages with something in them. A cut pass is gone on with; when that brings nothing, a new one begins."""
        position, came = self.cursor.get("pass_next", ""), False
        if position:
            try:
                for held in self._from(position):
                    came = True
                    yield held
            except IntakeStopped as stopped:
                # The other side no longer knows where the pass stood: begin it anew, nothing is lost by that.
                if came or stopped.code not in {"request-refused", "nothing-there"}:
                    raise
                self._anew(whole=False)
            else:
                if came or self.order.start:
                    return
                self._anew(whole=True)
        yield from self._from("")

    def _anew(self, *, whole: bool) -> None:
        """Forget where the cut pass stood; `whole`: it had come to its end, so the next one begins where it ended."""
        if whole:
            self.cursor["since"] = self._later(self.cursor.get("pass_high", ""))
            self.cursor |= {"until": self.cursor["pass_end"]} if "pass_end" in self.cursor else {}
        self.cursor = {k: v for k, v in self.cursor.items() if k not in PASS or k == "pass_asked"}
        if whole:
            self.start, self.end = self._window()

    def _later(self, high: str) -> str:
        return max(high, self.cursor.get("since", ""), key=self._rank)

    def _from(self, position: str) -> Iterator[Held]:
        high, count = self.cursor.get("pass_high", ""), int(self.cursor.get("pass_count", "0"))
        before: Any = None
        for _ in range(max(self.order.number("most_pages", 1000), 1)):
            page = self._asked(position)
            rows = self._rows(page) if page else None
            if page is None or self._nothing(page, rows, before):
                return
            digest = "" if position else _digest(page, rows)
            high = self._highest(high, rows or [])
            following = self._following(page, position, rows or [])
            if self._unchanged(digest):
                page.path.unlink(missing_ok=True)
            else:
                count += 1
                yield Held(replace(page, document=None), following, count, high, digest)
            if not following or following == position or self.order.trial:
                return
            position, before = following, rows
        self.bounded = True

    def _asked(self, position: str) -> Page | None:
        """The page at a position; some sources answer 404 behind the last one."""
        try:
            return self._ask(position)
        except IntakeStopped as stopped:
            numbered = self.paging in {"page", "offset"} and position != self.cursor.get("pass_next", "")
            if stopped.code == "nothing-there" and numbered:
                return None
            raise

    def _ask(self, position: str) -> Page | None:
        own = position if self.paging != "cursor" or not _leads(position) else ""
        values = {
            "page": own or str(self.order.number("first_page", 1)),
            "offset": own or "0",
            "cursor": own,
            "page_size": str(self.order.number("page_size", 100)),
            "since": self._since(),
            "start": template.written(self.start, self.form) if self.start else "",
            "end": template.written(self.end, self.form) if self.end else "",
        }
        return self.talk.page(values, url=httpx.URL(position) if _leads(position) else None, known=self._known())

    def _since(self) -> str:
        """From where rows are asked for, written as the other side writes it."""
        since = self.cursor.get("since", "") or self.order.value("since_first")
        if self.order.start and (not since or template.moment(since, self.form)):
            return template.written(self.order.start, self.form)
        if not since or not self._overlap():
            return since
        moment = template.moment(since, self.form)
        if moment is None:
            raise IntakeStopped("since-not-a-time", found=since[:60], expected=self.form)
        return template.written(moment - self._overlap(), self.form)

    def _known(self) -> dict[str, str]:
        """Headers that spare the answer when nothing changed."""
        if self.paging != "none" or self.order.start or self.order.trial:
            return {}
        told = {"If-None-Match": self.cursor.get("etag", ""), "If-Modified-Since": self.cursor.get("modified", "")}
        return {name: value for name, value in told.items() if value}

    def _rows(self, page: Page) -> list[Any] | None:
        path = self.order.value("rows")
        if not path:
            return None
        rows = template.at(page.document, path)
        if rows is not None and not isinstance(rows, list):
            raise IntakeStopped("rows-not-a-list", found=path)
        return rows or []

    def _nothing(self, page: Page, rows: list[Any] | None, before: Any) -> bool:
        """Whether a page ends the pass: no byte, no row, the last page once more."""
        if page.size == 0 or rows == [] or (bool(rows) and rows == before):
            page.path.unlink(missing_ok=True)
            return True
        return False

    def _unchanged(self, digest: str) -> bool:
        """Whether the first page is all that the last pass brought: overlaps ask for the same rows again and again."""
        skips = not self.order.start and not self.order.trial and self.order.value("unchanged", "skip") == "skip"
        return skips and digest != "" and self.order.cursor.get("digest") == digest

    def _following(self, page: Page, position: str, rows: list[Any]) -> str:
        match self.paging:
            case "page":
                return str(int(position or self.order.number("first_page", 1)) + 1)
            case "offset":
                return str(int(position or 0) + len(rows))
            case "link":
                return self._beside(page, _link(page.headers.get("link", "")))
            case "cursor":
                found = template.at(page.document, self.order.value("next_field", "next"))
                text = "" if found in (None, False) else str(found)
                return self._beside(page, text) if _leads(text) or text.startswith("/") else text
        return ""

    def _beside(self, page: Page, link: str) -> str:
        """A link to the next page. It must lead to where the page came from: it is asked for with the credentials."""
        if not link:
            return ""
        url = page.url.join(link)
        if origin(url) not in {origin(page.url), origin(joined(self.order.value("address"), "", {}))}:
            raise IntakeStopped("redirect-refused", found=str(url.copy_with(query=None))[:120])
        return str(url)

    def _highest(self, high: str, rows: list[Any]) -> str:
        path = self.order.value("cursor_field")
        found = [str(value) for row in rows if path and (value := template.at(row, path)) not in (None, "")]
        return max([*filter(self._believed, found), high], key=self._rank)

    def _rank(self, text: str) -> tuple[int, Any]:
        """Times as times, numbers as numbers, else as text."""
        if moment := template.moment(text, self.form):
            return 3, moment
        try:
            return 2, Decimal(text)
        except InvalidOperation:
            return (1 if text else 0), text

    def _believed(self, text: str) -> bool:
        """A time far ahead of now would hide everything until then: a clock over there is wrong."""
        moment = template.moment(text, self.form)
        return moment is None or moment <= clock.now() + timedelta(seconds=self.order.number("ahead", 86400))

    def _standing(self, held: Held) -> dict[str, str]:
        """The cursor in the midst of a pass."""
        told = {"pass_next": held.next, "pass_high": held.high, "pass_count": str(held.count)}
        if self.start and self.end:
            told |= {"pass_start": self.start.isoformat(), "pass_end": self.end.isoformat()}
        return {**self.cursor, **told}

    def _closed(self, held: Held) -> dict[str, str]:
        """The cursor after a pass; a window asked for by the order moves nothing back."""
        cursor = {name: value for name, value in self.cursor.items() if name not in PASS}
        cursor["since"] = self._later(held.high)
        if self.end and not self.order.start:
            cursor["until"] = self.end.isoformat()
        if self.order.start:
            return {name: value for name, value in cursor.items() if value}
        if self.paging == "none":
            headers = held.page.headers
            cursor |= {"etag": headers.get("etag", ""), "modified": headers.get("last-modified", "")}
        cursor["digest"] = held.digest
        return {name: value for name, value in cursor.items() if value}

    def _parcel(self, held: Held, cursor: dict[str, str]) -> Parcel:
        path = PurePosixPath(joined(self.order.value("address"), self.order.value("path"), _Blank()).path)
        suffix = _suffix(held.page.headers.get("content-type", "")) or path.suffix or ".bin"
        number = f"-{held.count:05d}" if self.paging != "none" else ""
        return Parcel(held.page.path, plain(f"{path.stem or self.order.source}{number}{suffix}"), cursor)


class _Blank(dict[str, str]):
    """Every name stands for nothing."""

    def __contains__(self, _: object) -> bool:
        return True

    def __missing__(self, _: str) -> str:
        return ""


def _leads(position: str) -> bool:
    return position.startswith(("http://", "https://"))


def _link(header: str) -> str:
    """The address of `rel="next"` in a Link header (RFC 8288)."""
    found = re.search(r'<([^<>]*)>[^<>]*?;\s*rel="?(?:[^",;]*\s)?next(?=["\s,;]|$)', header)
    return found[1] if found else ""


def _suffix(kind: str) -> str:
    return next((suffix for part, suffix in SUFFIXES.items() if part in kind.lower()), "")


def _digest(page: Page, rows: list[Any] | None) -> str:
    """By its rows where they are known: what stands around them (a moment, a session) may change each time."""
    if rows is not None:
        return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()
    with page.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
