"""The protocol of a mailbox: connect to the proved number, log in, search, read by pieces, mark. Never: reads a mail.

Mail servers are old and of all kinds, and the standard library's client is small: only UID commands are used, nothing
is marked as seen by reading it (BODY.PEEK), and no answer may be larger than a piece of a mail.
"""

from __future__ import annotations

import base64
import imaplib
import ipaddress
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Self

from haidang.intake.connectors import Order, _network
from haidang.intake.connectors._keeping import CHUNK
from haidang.intake.sources import guard
from haidang.words.errors import IntakeStopped, Unavailable

ANSWER = 2 * CHUNK
"""Bytes of one answer: a piece of a mail and what stands around it."""


class _Client(imaplib.IMAP4):
    """The library's client over a socket that leads where the guard proved."""

    def __init__(self, sock: socket.socket) -> None:
        self._given = sock
        super().__init__(timeout=sock.gettimeout())

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return self._given

    def read(self, size: int) -> bytes:
        if size > ANSWER:
            raise self.abort(f"an answer of {size} bytes")
        return super().read(size)


class Box:
    """One mailbox, selected; a context manager."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._secure = order.value("security", "tls")
        told = order.value("address")
        self._address = told if "//" in told else f"{'imaps' if self._secure == 'tls' else 'imap'}://{told}"
        self._host = guard.host(self._address)

    def __enter__(self) -> Self:
        with self._told():
            self._client = self._connected()
        try:
            self._log_in()
            self._select()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(imaplib.IMAP4.error, OSError):
            self._client.logout()

    @property
    def validity(self) -> str:
        """The mailbox's UIDVALIDITY: when it changes, UIDs mean other mails."""
        return self._validity

    def uids(self, *criteria: str) -> list[int]:
        found = self._uid("SEARCH", *criteria)
        return sorted(int(number) for line in found if line for number in line.split())

    def size(self, uid: int) -> int:
        told = b" ".join(part for part in self._uid("FETCH", str(uid), "(RFC822.SIZE)") if isinstance(part, bytes))
        found = re.search(rb"RFC822\.SIZE (\d+)", told)
        return int(found[1]) if found else 0

    def read(self, uid: int) -> Iterator[bytes]:
        """The whole mail, piece by piece."""
        at = 0
        while piece := self._piece(uid, at):
            yield piece
            at += len(piece)
            if len(piece) < CHUNK:
                return

    def seen(self, uid: int) -> None:
        self._uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def move(self, uid: int, mailbox: str) -> None:
        """Into another mailbox, made when it is not there."""
        target = quoted(mailbox)
        with suppress(imaplib.IMAP4.error):
            self._client.create(target)
        if "MOVE" in self._client.capabilities:
            self._uid("MOVE", str(uid), target)
            return
        self._uid("COPY", str(uid), target)
        self._uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)")
        with self._told():
            self._client.expunge()

    def _piece(self, uid: int, at: int) -> bytes:
        for part in self._uid("FETCH", str(uid), f"(BODY.PEEK[]<{at}.{CHUNK}>)"):
            if isinstance(part, tuple) and len(part) > 1:
                return bytes(part[1])
        return b""

    def _uid(self, command: str, *arguments: str) -> list[Any]:
        with self._told():
            state, found = self._client.uid(command, *arguments)
        if state != "OK":
            raise IntakeStopped("mailbox-refuses", found=command, said=_text(found))
        return found

    def _connected(self) -> imaplib.IMAP4:
        seconds = min(self._order.number("timeout", _network.SECONDS), 600)
        number, port = guard.pinned(self._address, self._order.networks)
        if self._secure == "none" and not ipaddress.ip_address(number).is_loopback:
            raise IntakeStopped("mail-not-encrypted", found=guard.shown(self._address))
        sock = socket.create_connection((number, port), timeout=seconds)
        try:
            if self._secure == "tls":
                sock = _network.tls(self._order).wrap_socket(sock, server_hostname=self._host)
            client = _Client(sock)
            if self._secure == "starttls":
                self._encrypt(client)
        except BaseException:
            sock.close()
            raise
        return client

    def _encrypt(self, client: imaplib.IMAP4) -> None:
        if "STARTTLS" not in client.capabilities:
            raise IntakeStopped("tls-failed", found=guard.shown(self._address))
        client.host = self._host  # the name its certificate is proved against
        client.starttls(_network.tls(self._order))

    def _log_in(self) -> None:
        name, password = self._order.value("username"), self._order.value("password")
        if not name.isascii() or not password.isascii():
            raise IntakeStopped("login-not-ascii", found=name[:60])
        try:
            with self._told():
                self._client.login(name, password)
        except IntakeStopped as stopped:
            raise IntakeStopped("login-refused", found=self._host, said=str(stopped.facts.get("said", ""))) from stopped

    def _select(self) -> None:
        mailbox = self._order.value("mailbox", "INBOX")
        with self._told():
            state, found = self._client.select(quoted(mailbox), readonly=self._order.trial)
            if state != "OK":
                raise IntakeStopped("mailbox-missing", found=mailbox[:100], said=_text(found))
            self._validity = _text(self._client.response("UIDVALIDITY")[1])

    @contextmanager
    def _told(self) -> Iterator[None]:
        """The seam: what the library raises, in our words."""
        try:
            yield
        except imaplib.IMAP4.abort as error:
            raise Unavailable("source-broke-off", found=self._host, why=str(error)[:120], retry=60) from error
        except imaplib.IMAP4.error as error:
            raise IntakeStopped("mailbox-refuses", found=self._host, said=_text([*error.args])) from error
        except (OSError, ssl.SSLError) as error:
            raise _network.failed(error, self._address) from error


def quoted(mailbox: str) -> str:
    """A mailbox's name as IMAP writes it: modified UTF-7 (RFC 3501 §5.1.3), in quotation marks."""

    def packed(found: re.Match[str]) -> str:
        if found[0] == "&":
            return "&-"
        code = base64.b64encode(found[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
        return f"&{code}-"

    plain = re.sub(r"&|[^\x20-\x7e]+", packed, mailbox)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _text(found: list[Any]) -> str:
    parts = [part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part) for part in found if part]
    return re.sub(r"\s+", " ", " ".join(parts))[:200]
