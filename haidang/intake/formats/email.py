"""Mail: an RFC 822 message as one row, its words without markup, what is attached named and counted.

Never: reads the message in this process (`isolated`); keeps an attachment, fetches what the message links to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses, parseaddr

from haidang.intake.formats import Arrival, RawTable
from haidang.intake.formats.gather import Gathered
from haidang.intake.formats.isolated import read_apart
from haidang.intake.formats.limits import MAX_BODY, MAX_MAIL, MAX_MAIL_HEADER, MAX_MAIL_LINES, MAX_MAIL_PARTS
from haidang.intake.formats.plain_text import moment_of, text_of
from haidang.intake.formats.refuse import megabytes, problem, stop
from haidang.words.errors import Problem

KIND = "email"
SUFFIXES = (".eml",)
READ: tuple[str, ...] = ()
COLUMNS = (
    "message_id", "from", "from_name", "to", "cc", "date", "subject", "body", "attachments", "attachment_names",
)  # fmt: skip
KNOWN = (
    rb"(?:From|To|Subject|Date|Message-ID|Received|Return-Path|MIME-Version|Delivered-To|Content-Type|DKIM-Signature)"
)
FIRST = re.compile(rb"(?:From [^\n]{1,200}\n)?[A-Za-z][A-Za-z0-9-]{0,60}:[ \t]?[^\n]{0,4000}\r?\n")
NAMED = re.compile(rb"^" + KNOWN + rb":", re.IGNORECASE | re.MULTILINE)
NESTED = re.compile(rb"boundary\s*=|message/rfc822", re.IGNORECASE)
LONGEST = 1_000  # characters of one header kept


def looks(head: bytes) -> int:
    """Begins with a header, and at least two that every mail has stand in it."""
    first = head[:16_384].lstrip()
    return 2 * (bool(FIRST.match(first)) and len({name.lower() for name in NAMED.findall(first)}) >= 2)


def tables(file: Arrival) -> Iterator[RawTable]:
    """The one row of the message."""
    size = file.path.stat().st_size
    if size > MAX_MAIL:
        raise stop("file-too-large", file.name, found=megabytes(size), expected=megabytes(MAX_MAIL))
    return read_apart("email", file)


def read(file: Arrival, remarks: list[Problem]) -> Iterator[RawTable]:
    """In the child: the message as a row."""
    data = file.path.read_bytes()
    _check(data, file)
    message = BytesParser().parsebytes(data)
    if not any(message[name] for name in ("From", "Date", "Subject", "Message-ID")):
        raise stop("mail-no-header", file.name)
    body = _body(message)
    if len(body) > MAX_BODY:
        remarks.append(problem("mail-body-cut", file.name, expected=MAX_BODY))
    names = [_decoded(part.get_filename("") or "") for part in message.walk() if _is_attached(part)]
    made = Gathered(file, COLUMNS)
    cells = _heading(message) | {"body": body[:MAX_BODY]}
    made.add(cells | {"attachments": str(len(names)), "attachment_names": "; ".join(name or "–" for name in names)})
    yield made.table()


def _check(data: bytes, file: Arrival) -> None:
    """Raise IntakeStopped for a header or a nesting no mail needs, before a parser sees it."""
    end = re.search(rb"\r?\n\r?\n", data)
    header = data[: end.start() if end else len(data)]
    lines = header.count(b"\n") + 1
    if lines > MAX_MAIL_LINES or len(header) > MAX_MAIL_HEADER:
        raise stop("mail-too-many-headers", file.name, found=lines, expected=MAX_MAIL_LINES)
    if len(NESTED.findall(data)) > MAX_MAIL_PARTS:
        raise stop("mail-too-many-parts", file.name, expected=MAX_MAIL_PARTS)


def _heading(message: Message) -> dict[str, str]:
    name, address = parseaddr(str(message.get("From", ""))[:LONGEST])
    return {
        "message_id": str(message.get("Message-ID", ""))[:LONGEST].strip().strip("<>"),
        "from": address.lower(),
        "from_name": _decoded(name),
        "to": _addresses(message, "To"),
        "cc": _addresses(message, "Cc"),
        "date": moment_of(str(message.get("Date", ""))[:LONGEST]),
        "subject": " ".join(_decoded(str(message.get("Subject", ""))).split()),
    }


def _addresses(message: Message, name: str) -> str:
    said = [str(value)[: 20 * LONGEST] for value in message.get_all(name, [])]
    return "; ".join(address.lower() for _, address in getaddresses(said)[:100] if address)


def _decoded(text: str) -> str:
    """A header's words; what is wrongly encoded stays as it stands."""
    try:
        return str(make_header(decode_header(text[:LONGEST])))
    except (HeaderParseError, LookupError, ValueError):
        return text[:LONGEST]


def _is_attached(part: Message) -> bool:
    return not part.is_multipart() and bool(part.get_filename() or part.get_content_disposition() == "attachment")


def _body(message: Message) -> str:
    """The words: the first plain part, else the first HTML part without its markup."""
    parts = [part for part in message.walk() if not part.is_multipart() and not _is_attached(part)]
    for kind in ("text/plain", "text/html"):
        found = next((part for part in parts if part.get_content_type() == kind), None)
        if found is not None:
            text = _text(found)
            return text_of(text, MAX_BODY + 1) if kind == "text/html" else text.strip()
    return ""


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return data.decode("utf-8", "replace")
