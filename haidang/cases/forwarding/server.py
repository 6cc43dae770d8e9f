"""Another GeoReport v2 server: one report sent to it, one asked for. Speaks JSON, understands XML.

Never: writes a row, follows a redirect, calls where the networks are not allowed (`channels._wire`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from lxml import etree

from haidang.cases.channels import Line, _wire
from haidang.cases.channels._wire import Reply
from haidang.words.errors import IntakeStopped, Unavailable

OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True)
class Answer:
    """What the other server says of a report. `notes`: its words, "" for none."""

    id: str
    status: str = OPEN
    notes: str = ""


def services(line: Line) -> dict[str, str]:
    """Category → service code there, by the channel's setting; `*` for all others."""
    pairs = (part.partition("=") for part in line.value("services").splitlines())
    return {mine.strip(): theirs.strip() for mine, equals, theirs in pairs if equals and theirs.strip()}


def name(line: Line) -> str:
    """The other server's host, as people are told it."""
    return urlsplit(line.value("server")).netloc.rpartition("@")[2]


def send(line: Line, said: dict[str, str], key: str) -> str:
    """POST Service Request; the id (or the token) it gave.

    Raises IntakeStopped('open311-refused') when it does not want it, Unavailable and Unsure as the wire.
    """
    form = {**said, **_own(line), "api_key": line.value("api_key")}
    url = f"{_root(line)}/requests.json"
    reply = _wire.post_form(url, {name: value for name, value in form.items() if value}, {"Idempotency-Key": key})
    row = _row(reply, url)
    found = str(row.get("service_request_id") or row.get("token") or "")
    if not found:
        raise IntakeStopped("open311-refused", found="service_request_id")
    return found


def ask(line: Line, ident: str) -> Answer:
    """GET Service Request, and before it the id of a token; raises as `send`."""
    query = urlencode(
        {name: value for name, value in {**_own(line), "api_key": line.value("api_key")}.items() if value}
    )
    url = f"{_root(line)}/requests/{quote(ident, safe='')}.json"
    row = _row(_wire.call("GET", f"{url}?{query}" if query else url), url)
    status = str(row.get("status") or "").lower()
    return Answer(ident, CLOSED if status == CLOSED else OPEN, str(row.get("status_notes") or "").strip()[:2000])


def _root(line: Line) -> str:
    return line.value("server").rstrip("/")


def _own(line: Line) -> dict[str, str]:
    return {"jurisdiction_id": line.value("jurisdiction")}


def _row(reply: Reply, url: str) -> dict[str, Any]:
    """The one report of an answer."""
    if reply.status == 429:
        raise Unavailable("channel-busy", found=urlsplit(url).netloc, retry=120)
    _wire.busy(reply, url)
    if reply.status >= 300:
        raise IntakeStopped("open311-refused", found=f"{reply.status} {_fault(reply.body)}".strip()[:200])
    rows = _rows(reply.body)
    if not rows:
        raise IntakeStopped("open311-refused", found="no request in the answer")
    return rows[0]


def _rows(body: bytes) -> list[dict[str, Any]]:
    """Rows of a list in JSON, or of the elements under the root in XML."""
    try:
        found = json.loads(body)
    except ValueError:
        try:
            root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        except (etree.XMLSyntaxError, ValueError):
            return []
        return [{str(field.tag): (field.text or "").strip() for field in row} for row in root]
    rows = found if isinstance(found, list) else [found]
    return [row for row in rows if isinstance(row, dict)]


def _fault(body: bytes) -> str:
    rows = _rows(body)
    return str(rows[0].get("description", "")) if rows else ""
