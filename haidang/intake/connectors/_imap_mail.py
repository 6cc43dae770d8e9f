"""Which mails of a mailbox are taken, and what of each. Never: speaks IMAP; opens an attachment."""

from __future__ import annotations

import fnmatch
import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses
from pathlib import Path

from haidang.intake.connectors import Order, Parcel
from haidang.intake.connectors._imap_box import Box
from haidang.intake.connectors._keeping import keep, megabytes, plain
from haidang.words.errors import IntakeStopped

log = logging.getLogger("haidang.sources")
LARGEST = 64 << 20
"""Bytes of a mail: it is taken apart in memory. Mail servers pass on far less."""
SENDER = re.compile(r"[^\s\"\\<>()@,;]*@[A-Za-z0-9.-]+")


class Round:
    """One look into a mailbox."""

    def __init__(self, order: Order, box: Box) -> None:
        self.order, self.box = order, box
        same = order.cursor.get("validity") == box.validity
        self.last = int(order.cursor.get("uid", "0")) if same else 0
        self.begun: tuple[int, int] = tuple(json.loads(order.cursor.get("part", "[0, 0]"))) if same else (0, 0)
        self.senders = senders(order.value("senders"))
        self.troubles: list[IntakeStopped] = []

    def parcels(self) -> Iterator[Parcel]:
        for uid in self._wanted()[: max(self.order.number("most_mails", 200), 1)]:
            came = False
            for parcel in self._of(uid):
                came = True
                yield parcel
                if self.order.trial:
                    return
            if came:
                self.last = uid
        if self.troubles and not self.order.trial:
            raise self.troubles[0]

    def _wanted(self) -> list[int]:
        """New mails whose sender is one of ours, as the server finds them; proved again when they are read."""
        new = (f"UID {self.last + 1}:*",) if self.last else ("UNSEEN",)
        found = {
            uid for sender in self.senders for uid in self.box.uids(*new, "FROM", f'"{sender}"') if uid > self.last
        }
        return sorted(found)

    def _of(self, uid: int) -> Iterator[Parcel]:
        size = self.box.size(uid)
        if size > min(LARGEST, self.order.largest):
            limit = megabytes(min(LARGEST, self.order.largest))
            self.troubles.append(IntakeStopped("too-large", found=f"mail {uid}", expected=limit))
            return
        path, _ = keep(self.order, f"mail {uid}", self.box.read(uid))
        try:
            with path.open("rb") as file:
                mail = BytesParser(policy=policy.compat32).parse(file)
            if not self._ours(mail, uid):
                return
            taken = list(self._parts(mail, path, uid))
        finally:
            path.unlink(missing_ok=True)
        first = self.begun[1] if self.begun[0] == uid else 0
        for number, (name, content) in enumerate(taken[first:], first + 1):
            yield self._parcel(uid, number, len(taken), name=name, content=content)

    def _ours(self, mail: Message, uid: int) -> bool:
        """Whether the one sender of a mail is allowed and, where asked for, proved by our own mail server."""
        found = [address.lower() for _, address in getaddresses([str(h) for h in mail.get_all("From", [])])]
        allowed = len(found) == 1 and any(_is(found[0], sender) for sender in self.senders)
        proof = [word.strip().lower() for word in self.order.value("proof").split(",") if word.strip()]
        told = str((mail.get_all("Authentication-Results") or [""])[0]).lower()
        if allowed and all(word in told for word in proof):
            return True
        log.warning("%s: mail %s of %s is left: not an allowed sender", self.order.source, uid, ", ".join(found)[:200])
        return False

    def _parts(self, mail: Message, path: Path, uid: int) -> Iterator[tuple[str, bytes]]:
        if self.order.value("take") == "mail":
            yield f"mail-{uid}.eml", path.read_bytes()
            return
        patterns = [part.strip().lower() for part in self.order.value("pattern").split(";")]
        for part in mail.walk():
            name = _name(part)
            if name and any(fnmatch.fnmatch(name.lower(), pattern) for pattern in patterns):
                content = part.get_payload(decode=True)
                if isinstance(content, bytes) and content:
                    yield name, content

    def _parcel(self, uid: int, number: int, of: int, *, name: str, content: bytes) -> Parcel:
        """The last attachment of a mail moves the cursor beyond it, and the mail is marked; the others say how many."""
        path, _ = keep(self.order, name, iter((content,)))
        if number < of:
            cursor = {"uid": str(self.last), "part": json.dumps([uid, number])}
            return Parcel(path, name, {"validity": self.box.validity, **cursor})
        return Parcel(path, name, {"validity": self.box.validity, "uid": str(uid)}, self._done(uid))

    def _done(self, uid: int) -> Callable[[], None] | None:
        after = self.order.value("after", "seen")
        if self.order.trial or after == "leave":
            return None
        if after == "move":
            return lambda: self.box.move(uid, self.order.value("move_to", "DaNhan"))
        return lambda: self.box.seen(uid)


def _name(part: Message) -> str:
    """The name of an attachment, as its sender sees it; "" when it has none."""
    told = part.get_filename() or ""
    with suppress(LookupError, ValueError, HeaderParseError):  # an encoding nobody knows: the name as it stands
        told = str(make_header(decode_header(told)))
    return plain(told) if told else ""


def senders(text: str) -> tuple[str, ...]:
    """Addresses, or `@domain` for all of one; raises IntakeStopped('senders-unreadable')."""
    found = tuple(part.lower() for part in re.split(r"[\s,;]+", text) if part)
    if not found or not all(SENDER.fullmatch(sender) and sender.isascii() for sender in found):
        raise IntakeStopped("senders-unreadable", found=text[:120])
    return found


def _is(address: str, sender: str) -> bool:
    return address.endswith(sender) if sender.startswith("@") else address == sender
