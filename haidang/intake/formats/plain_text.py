"""Text out of HTML and moments out of the dates of feeds and mails. Never: keeps a tag, a script or a style."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

HERE = timezone(timedelta(hours=7))
SILENT = frozenset({"script", "style", "head", "template", "noscript", "iframe", "object", "svg"})
BREAKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol", "blockquote"})
LOOKS_LIKE_HTML = re.compile(r"<[a-zA-Z/!][^<>]{0,500}>|&[a-zA-Z#][\w]{1,10};")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        if tag in BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in SILENT))
        if tag in BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def text_of(html: str, limit: int) -> str:
    """The words of HTML (or of text, which stays), white space run together, cut to `limit` characters with "…"."""
    if LOOKS_LIKE_HTML.search(html[: 4 * limit]):
        reader = _Text()
        reader.feed(html[: 20 * limit])
        reader.close()
        html = "".join(reader.parts)
    lines = (" ".join(line.split()) for line in html.splitlines())
    text = "\n".join(filter(None, lines))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def moment_of(said: str) -> str:
    """A date of a feed or a mail as ISO with its zone; Việt Nam time where none is said; "" for what is no date."""
    said = re.sub(r"\b(?:GMT|UTC)\s?([+-])(\d{1,2})(?::?(\d\d))?\b", _zone, said.strip())
    found: datetime | None = None
    with suppress(ValueError, TypeError, OverflowError):
        found = datetime.fromisoformat(said) if said[:4].isdecimal() else parsedate_to_datetime(said)
    if found is None:
        return ""
    return (found if found.tzinfo else found.replace(tzinfo=HERE)).isoformat(timespec="seconds")


def _zone(found: re.Match[str]) -> str:
    return f"{found[1]}{int(found[2]):02}{found[3] or '00'}"
