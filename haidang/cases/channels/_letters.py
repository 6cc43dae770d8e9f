"""A letter's bytes → what somebody wrote: own words without what they quote, photos, whom it answers.

Never: believes a heading beyond whom it says it is from; opens what is attached.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256

from haidang.cases.channels import Enclosure, Incoming
from haidang.cases.senders import Person

MOST_FILES = 6
_ADDRESS = re.compile(r"[^\s\"\\<>()@,;]{1,64}@[A-Za-z0-9.-]{1,180}")
_IDS = re.compile(r"<[^<>\s]{3,250}>")
_QUOTED = re.compile(
    r"^\s*(>|-{3,}\s*(original message|thư gốc|forwarded message)|_{10,}\s*$"
    r"|(from|từ|sent|đã gửi)\s*:\s.+@|(on|vào|ngày)\s.{5,120}\s(wrote|viết|đã viết)\s*:)",
    re.IGNORECASE,
)
_BLOCKS = re.compile(r"<(br|/p|/div|/li|/tr|/h\d)[^>]*>", re.IGNORECASE)
_DROPPED = re.compile(r"<(script|style|head|blockquote)\b.*?</\1>|<[^>]+>", re.IGNORECASE | re.DOTALL)
_ROBOTS = ("mailer-daemon@", "postmaster@", "no-reply@", "noreply@", "bounce@", "bounces@")


def letter(content: bytes, known_as: str) -> Incoming | None:
    """What somebody wrote; None for robots' letters (they would answer ours). `known_as`: one without an id."""
    mail = BytesParser(policy=policy.default).parsebytes(content)
    if not isinstance(mail, EmailMessage):
        return None
    name, address = parseaddr(_heading(mail, "From"))
    if not _ADDRESS.fullmatch(address) or robot(mail, address):
        return None
    return Incoming(
        outside=_outside(mail, known_as),
        sender=Person(name=name.strip()[:120], email=address.lower()),
        text=own_words(_text(mail))[:8000],
        title=" ".join(_heading(mail, "Subject").split())[:160],
        at=_at(mail),
        files=tuple(_files(mail)),
        thread=tuple(dict.fromkeys(_IDS.findall(f"{_heading(mail, 'In-Reply-To')} {_heading(mail, 'References')}"))),
    )


def robot(mail: EmailMessage, address: str) -> bool:
    """Whether nobody wrote it: an automatic answer, a bounce, a list (RFC 3834)."""
    auto = _heading(mail, "Auto-Submitted").lower()
    bulk = _heading(mail, "Precedence").lower() in ("bulk", "list", "junk", "auto_reply")
    listed = "List-Id" in mail or "X-Autoreply" in mail or "X-Auto-Response-Suppress" in mail
    return auto not in ("", "no") or bulk or listed or address.lower().startswith(_ROBOTS)


def own_words(text: str) -> str:
    """Without what is quoted from earlier letters and without the signature after `-- `."""
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.rstrip("\n") == "-- " or (_QUOTED.match(line) and any(one.strip() for one in kept)):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _heading(mail: EmailMessage, name: str) -> str:
    with suppress(Exception):  # headings of strangers break the library in many ways: such a heading says nothing
        return str(mail.get(name, ""))
    return ""


def _outside(mail: EmailMessage, known_as: str) -> str:
    found = _heading(mail, "Message-ID").strip()
    return found if 3 <= len(found) <= 190 else f"{known_as}:{sha256(found.encode()).hexdigest()[:32]}"


def _at(mail: EmailMessage) -> datetime | None:
    with suppress(ValueError, TypeError):
        found = parsedate_to_datetime(_heading(mail, "Date"))
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    content = _content(part)
    return plain(content) if part.get_content_subtype() == "html" else content


def plain(markup: str) -> str:
    """The words of a page of HTML."""
    return html.unescape(_DROPPED.sub("", _BLOCKS.sub("\n", markup))).replace("\xa0", " ")


def _content(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    found = payload if isinstance(payload, bytes) else b""
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        with suppress(LookupError, UnicodeDecodeError):
            return found.decode(charset)
    return found.decode("latin-1")


def _files(mail: EmailMessage) -> Iterator[Enclosure]:
    """Photos and videos; a small picture within the page is a signature's."""
    found = [part for part in mail.walk() if part.get_content_maintype() in ("image", "video")]
    for number, part in enumerate(found[:MOST_FILES], 1):
        content = part.get_payload(decode=True)
        inline = part.get_content_disposition() != "attachment" and "Content-ID" in part
        if isinstance(content, bytes) and content and not (inline and len(content) < 20_000):
            kind = "video" if part.get_content_maintype() == "video" else "photo"
            yield Enclosure(name=f"{kind}-{number}", kind=kind, content=content)
