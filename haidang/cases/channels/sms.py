"""SMS by a gateway's web hook and API, in the centre's own plain format (docs/channels.md): there is no common one.

In: POST `{"id", "from", "to", "text", "at"}` with `X-Signature: t=<seconds>,v1=<HMAC of "t.body">`; the names of the
fields can be said. Out: POST `{"id", "to", "from", "text"}` with a bearer's token; the same `id` twice is one SMS.
Never: sends to a number abroad unless told so.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from haidang.cases import senders
from haidang.cases.channels import Incoming, Line, Outgoing, Posted, Sent, Setting, _pushed, _wire
from haidang.cases.senders import Person
from haidang.words.errors import Denied, IntakeStopped

MODE = "hook"
FIELDS, OUT_FIELDS = "id from to text at", "id to from text"
"""Our names of fields, in the order in which the settings of the same names say the gateway's."""
ONGOING = True
AGAIN = True
SETTINGS = (
    Setting("secret", required=True, secret=True),
    Setting("old_secret", secret=True),
    Setting("number", default="1022"),
    Setting("fields", default=FIELDS),
    Setting("url", kind="address"),
    Setting("token", secret=True),
    Setting("out_fields", default=OUT_FIELDS),
    Setting("tones", default="strip", choices=("strip", "keep"), kind="choice"),
    Setting("abroad", default="no", choices=("no", "yes"), kind="choice"),
)
TOLERANCE = 300
LONGEST = 459
"""Three parts without tones; with tones two hundred signs fit into as many."""
LONGEST_TONES = 201


def prove(line: Line, posted: Posted, now: datetime) -> None:
    """Raises Denied('hook-unsigned' | 'hook-stale' | 'hook-signature')."""
    pairs = [part.strip().partition("=") for part in posted.headers.get("x-signature", "").split(",")[:10]]
    stamp = next((value for name, _, value in pairs if name == "t"), "")
    given = [value.lower() for name, _, value in pairs if name == "v1"]
    if not stamp.isdecimal() or len(stamp) > 12 or not given:
        raise Denied("hook-unsigned")
    if abs(now.timestamp() - int(stamp)) > TOLERANCE:
        raise Denied("hook-stale")
    for secret in filter(None, (line.value("secret"), line.value("old_secret"))):
        right = signature(secret, stamp, posted.body).encode()
        if any([hmac.compare_digest(right, one.encode()) for one in given]):
            return
    raise Denied("hook-signature")


def signature(secret: str, stamp: str, body: bytes) -> str:
    """The HMAC-SHA-256 in hexadecimal digits over `stamp.body`."""
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()


def read(line: Line, posted: Posted) -> tuple[Incoming, ...]:
    """One SMS; () without a number that can be answered (a brand's name)."""
    said = _pushed.told(posted)
    known = _named(line, "fields", FIELDS)
    one = {name: _pushed.text(said, theirs) for name, theirs in known.items()}
    phone = senders.phone(one["from"])
    if not one["id"] or not re.fullmatch(r"\+?\d{8,15}", phone):
        return ()
    at = _pushed.moment(one["at"])
    return (Incoming(outside=f"{phone[-3:]}:{one['id'][:180]}", sender=Person(phone=phone), text=one["text"], at=at),)


def reaches(line: Line, to: Person) -> bool:
    home = re.fullmatch(r"0\d{9,10}", senders.phone(to.phone)) is not None
    return bool(to.phone and line.value("url")) and (home or line.value("abroad") == "yes")


def send(line: Line, outgoing: Outgoing) -> Sent:
    """One SMS. Raises Unavailable, Unsure, IntakeStopped('sms-refuses')."""
    own = {
        "id": outgoing.key,
        "to": outgoing.to.phone,
        "from": line.value("number"),
        "text": fitting(outgoing.words, outgoing.link, tones=line.value("tones") == "keep"),
    }
    theirs = _named(line, "out_fields", OUT_FIELDS)
    said = {theirs[name]: value for name, value in own.items() if name in theirs}
    reply = _wire.post_json(line.value("url"), said, {"Authorization": f"Bearer {line.value('token')}"})
    _wire.busy(reply, line.value("url"))
    if not 200 <= reply.status < 300:
        raise IntakeStopped("sms-refuses", found=str(reply.status))
    return Sent(_pushed.text(reply.json(), "id", 190))


def fitting(words: str, link: str, *, tones: bool) -> str:
    """What goes into three parts; when it is too long, the link stays and the words before it are cut."""
    plain, most, cut = (words, LONGEST_TONES, "…") if tones else (stripped(words), LONGEST, "...")
    if len(plain) <= most:
        return plain
    tail = f" {link}" if link and link in plain else ""
    return plain.replace(link if tail else "\0", "")[: most - len(tail) - len(cut)].rstrip() + cut + tail


def stripped(words: str) -> str:
    """Without tones: a sign outside the old alphabet of SMS makes every part less than half as long."""
    parted = unicodedata.normalize("NFD", words.replace("đ", "d").replace("Đ", "D"))
    kept = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return "".join(sign if sign.isascii() else " " for sign in kept)


def _named(line: Line, setting: str, own: str) -> Mapping[str, str]:
    """Our name of a field → the gateway's: the setting says theirs in our order."""
    theirs = line.value(setting, own).split()
    ours = own.split()
    return {name: theirs[at] if at < len(theirs) else name for at, name in enumerate(ours)}
