"""E-mail: a mailbox is looked into (IMAP), answers go out by SMTP as answers to the letter that came.

An answer bears an id made of its key, so that one sent twice is one for every mail program; who answers it is known by
that id or by the code in the subject, never by the address they say they write from.
Never: answers a robot's letter; deletes one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.utils import formatdate
from functools import partial

from django.conf import settings

from haidang.cases import senders
from haidang.cases.channels import Fetched, Incoming, Line, Outgoing, Sent, Setting, _letters, _post
from haidang.cases.senders import Person
from haidang.intake import mailbox
from haidang.words.errors import IntakeStopped

MODE = "fetch"
ONGOING = False
AGAIN = True
SETTINGS = (
    Setting("address", required=True, kind="address"),
    Setting("security", default="tls", choices=("tls", "starttls", "none"), kind="choice"),
    Setting("username", required=True),
    Setting("password", required=True, secret=True),
    Setting("mailbox", default="INBOX"),
    Setting("from"),
    Setting("smtp", kind="address"),
    Setting("smtp_username"),
    Setting("smtp_password", secret=True),
    Setting("ca", kind="long"),
)
LARGEST = 32 << 20
"""Bytes of a letter that is read."""
AT_ONCE = 100


def fetch(line: Line) -> Iterator[Fetched]:
    """New letters by their UID; the first time those nobody has read. Raises Unavailable, IntakeStopped."""
    with mailbox.opened("email", line.values) as box:
        known = _cursor(line.cursor)
        last = known[1] if known[0] == box.validity else 0
        found = box.uids(f"UID {last + 1}:*") if last else box.uids("UNSEEN")
        for uid in [one for one in found if one > last][:AT_ONCE]:
            cursor = json.dumps([box.validity, uid])
            done: Callable[[], None] = partial(box.seen, uid)
            yield Fetched(_letter(box, uid), cursor, done)


def _letter(box: mailbox.Box, uid: int) -> Incoming | None:
    if box.size(uid) > LARGEST:
        return None
    return _letters.letter(b"".join(box.read(uid)), f"{box.validity}.{uid}")


def _cursor(text: str) -> tuple[str, int]:
    try:
        validity, uid = json.loads(text or '["", 0]')
        return str(validity), int(uid)
    except (ValueError, TypeError):
        return "", 0


def reaches(line: Line, to: Person) -> bool:
    return bool(to.email and _post.there(line))


def send(line: Line, outgoing: Outgoing) -> Sent:
    """One letter; raises as `_post.send`."""
    made = letter(line, outgoing)
    _post.send(line, made)
    return Sent(str(made["Message-ID"]))


def letter(line: Line, outgoing: Outgoing) -> EmailMessage:
    """What is sent. A heading cannot be ended by what somebody wrote: the subject is one line."""
    own = line.value("from") or line.value("username")
    sender = own if "@" in own else settings.MAIL_FROM
    made = EmailMessage()
    made["From"], made["To"] = sender, outgoing.to.email
    made["Subject"] = " ".join(f"[{outgoing.code}] {outgoing.title}".split())[:150]
    made["Date"] = formatdate(localtime=True)
    known = senders.digest("letter", outgoing.key)[:40]
    made["Message-ID"] = f"<{known}@{sender.rpartition('@')[2].strip('>') or 'localhost'}>"
    if answered := [one for one in outgoing.threads if one.startswith("<")][:5]:
        made["In-Reply-To"], made["References"] = answered[0], " ".join(reversed(answered))
    made["Auto-Submitted"] = "auto-replied"
    made.set_content(f"{outgoing.words}\n")
    return made


def test(line: Line) -> None:
    """Sign in at both sides; raises as they do."""
    with mailbox.opened("email", line.values, trial=True):
        pass
    if not _post.there(line):
        raise IntakeStopped("smtp-unreadable", found="–")
    with _post.server(line):
        pass
