"""Plays a mail server of one mailbox: takes letters (SMTP), shows what citizens sent (as much IMAP as a reader needs).

Never: passes a letter on; keeps one after it ends.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from sandbox.desk.talk import Talks

USER, PASSWORD, ADDRESS = "phan-anh", "mat-khau-mo-phong", "phananh@tinh-mo-phong.example.vn"
LONGEST = 16 << 20
_TAGGED = re.compile(rb"^(\S+) (UID )?(\S+) ?(.*?)\r?\n$", re.DOTALL)
_PIECE = re.compile(rb"<(\d+)\.(\d+)>")


@dataclass
class Letter:
    content: bytes
    seen: bool = False


@dataclass
class Mail:
    """The mailbox (UID = place in the list + 1) and what citizens were sent."""

    box: list[Letter] = field(default_factory=list)
    talks: Talks = field(default_factory=Talks)
    sent: dict[str, str] = field(default_factory=dict)

    def write(self, who: str, text: str, subject: str = "Phản ánh") -> None:
        """A citizen writes; to the last letter they got, when there is one."""
        made = EmailMessage()
        made["From"], made["To"], made["Subject"] = who, ADDRESS, subject
        made["Message-ID"] = f"<{secrets.token_hex(12)}@example.vn>"
        if answered := self.sent.get(who):
            made["In-Reply-To"] = made["References"] = answered
        made.set_content(text)
        self.box.append(Letter(made.as_bytes(policy=policy.SMTP)))
        self.talks.add(who, "in", text)

    def new_talk(self, who: str) -> None:
        """The next letter answers none."""
        self.sent.pop(who, None)

    async def listen(self, host: str, smtp: int, imap: int) -> tuple[asyncio.Server, asyncio.Server]:
        return (
            await asyncio.start_server(self.post, host, smtp, limit=LONGEST),
            await asyncio.start_server(self.show, host, imap, limit=LONGEST),
        )

    # --- SMTP

    async def post(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client; every letter is taken."""
        writer.write(b"220 mo-phong\r\n")
        while line := await reader.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                self._take(await reader.readuntil(b"\r\n.\r\n"))
            answer = {b"QUIT": b"221 bye", b"EHLO": b"250 mo-phong"}.get(word, b"250 OK")
            writer.write(answer + b"\r\n")
            await writer.drain()
            if word == b"QUIT":
                break
        writer.close()

    def _take(self, content: bytes) -> None:
        found = message_from_bytes(content[:-5].replace(b"\r\n..", b"\r\n."), policy=policy.default)
        to = parseaddr(str(found["To"]))[1]
        body = found.get_content() if isinstance(found, EmailMessage) else ""
        self.sent[to] = str(found["Message-ID"])
        self.talks.add(to, "out", f"{found['Subject']}\n{body}".strip(), str(found["Message-ID"]))

    # --- IMAP

    async def show(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client."""
        writer.write(b"* OK mo-phong\r\n")
        while hit := _TAGGED.match(await reader.readline()):
            tag, _, command, rest = hit.groups()
            told = self._answer(command.upper(), rest)
            writer.write(b"".join(told[:-1]) + tag + b" " + told[-1] + b"\r\n")
            await writer.drain()
            if command.upper() == b"LOGOUT":
                break
        writer.close()

    def _answer(self, command: bytes, rest: bytes) -> list[bytes]:
        """Untagged lines, and what follows the tag."""
        if command == b"LOGIN":
            right = rest.replace(b'"', b"").split() == [USER.encode(), PASSWORD.encode()]
            return [b"OK welcome" if right else b"NO wrong"]
        if command in (b"SELECT", b"EXAMINE"):
            return [f"* {len(self.box)} EXISTS\r\n* OK [UIDVALIDITY 1] .\r\n".encode(), b"OK done"]
        if command == b"CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1\r\n", b"OK done"]
        if command == b"SEARCH":
            return [b"* SEARCH " + b" ".join(b"%d" % one for one in self._found(rest)) + b"\r\n", b"OK done"]
        if command in (b"FETCH", b"STORE"):
            number = int(rest.split()[0])
            return self._letter(number, command, rest) if 0 < number <= len(self.box) else [b"OK nothing"]
        return [b"OK done"]

    def _found(self, criteria: bytes) -> list[int]:
        if hit := re.match(rb"UID (\d+):\*", criteria):
            return [number for number in range(1, len(self.box) + 1) if number >= int(hit[1])]
        return [number for number, one in enumerate(self.box, 1) if not one.seen]

    def _letter(self, number: int, command: bytes, rest: bytes) -> list[bytes]:
        letter = self.box[number - 1]
        if command == b"STORE":
            letter.seen = True
            return [b"OK done"]
        if b"SIZE" in rest:
            return [b"* %d FETCH (UID %d RFC822.SIZE %d)\r\n" % (number, number, len(letter.content)), b"OK done"]
        hit = _PIECE.search(rest)
        at, most = (int(hit[1]), int(hit[2])) if hit else (0, LONGEST)
        piece = letter.content[at : at + most]
        head = b"* %d FETCH (UID %d BODY[]<%d> {%d}\r\n" % (number, number, at, len(piece))
        return [head, piece, b")\r\n", b"OK done"]
