"""The form that anybody may send: its signed ticket, the wait, a small proof of work, and what is plainly rubbish.

Nothing is kept of a form that was not sent: a ticket carries the key of its message and when it was given, signed. The
same ticket sent twice is one Case. Never: writes, asks who somebody is, judges what a report is about.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.core import signing

from haidang.cases import clean, corrections
from haidang.cases.arrivals import Arrival
from haidang.cases.models import Case
from haidang.words.errors import BadQuestion, NotNow
from haidang.words.names import fold

CHANNELS = ("web", "app")
"""By which forms of the public come."""
SALT = "haidang.cases.forms"
LASTS = timedelta(hours=24)
"""How long a form may lie open."""
WAIT, WAIT_WORKED = 8, 2
"""Seconds from the form to its sending: without, and with the proof of work. Nobody writes a report faster."""
BITS = 12
"""Zero bits the proof begins with: about 4,000 digests, half a second of a cheap phone."""
FEWEST_LETTERS, FEWEST_WORDS, MOST_LINKS = 10, 3, 2
TWICE = 2
"""So often the very same words of the same place are taken in a day of whom nobody knows."""
_ONCE = re.compile(r"^[A-Za-z0-9_-]{8,64}$")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_SAME = re.compile(r"(.)\1{7,}")


@dataclass(frozen=True)
class Ticket:
    """`once`: the key of the message; `text`: the whole ticket, as it stands in the form."""

    once: str
    text: str


def ticket(now: datetime, once: str = "") -> Ticket:
    """A ticket for a new form, or for one that was kept without a network and has its key already."""
    key = once if _ONCE.match(once) else secrets.token_urlsafe(15)
    return Ticket(key, _signer().sign(f"{key}.{int(now.timestamp())}"))


def once(text: str) -> str:
    """The key in a ticket, "" of what is none of ours."""
    try:
        return _signer().unsign(text).partition(".")[0]
    except signing.BadSignature:
        return ""


def key_of(ticket_once: str) -> str:
    """The key of the Case (`Arrival.once`) that a ticket's key makes."""
    return f"form:{ticket_once}"


def made(text: str) -> str:
    """The code of the Case that was made of a ticket before, "" of none: a form sent twice is one."""
    known = once(text)
    keys = [f"{channel}:{key_of(known)}" for channel in CHANNELS]
    return Case.objects.filter(once__in=keys).values_list("code", flat=True).first() or "" if known else ""


def prove(text: str, worked: str, now: datetime) -> Ticket:
    """The ticket of a form that was sent, `worked`: the number found by the browser, "" without scripts.

    Raises BadQuestion('form-not-ours' | 'form-too-old'), NotNow('form-too-quick', retry=seconds).
    """
    try:
        key, _, given = _signer().unsign(text[:400]).partition(".")
    except signing.BadSignature:
        raise BadQuestion("form-not-ours") from None
    age = now.timestamp() - int(given)
    if age > LASTS.total_seconds():
        raise BadQuestion("form-too-old")
    wait = WAIT_WORKED if work_done(text, worked) else WAIT
    if age < wait:
        raise NotNow("form-too-quick", retry=max(1, round(wait - age)))
    return Ticket(key, text)


def work_done(text: str, worked: str) -> bool:
    """Whether the digest of ticket and number begins with so many zero bits."""
    if not worked.isdecimal() or len(worked) > 12:
        return False
    return int.from_bytes(sha256(f"{text}:{worked}".encode()).digest()[:4]) >> (32 - BITS) == 0


def sound(text: str) -> None:
    """Raises BadQuestion('form-too-short' | 'form-no-words' | 'form-links')."""
    plain = fold(clean.cleaned(clean.plain(text).strip()))
    words, letters = plain.split(), sum(letter.isalpha() for letter in text)
    if letters < FEWEST_LETTERS or len(words) < FEWEST_WORDS:
        raise BadQuestion("form-too-short", found=str(letters))
    mostly_signs = letters * 3 < len("".join(text.split()))
    if mostly_signs or _SAME.search(plain) or len(set(words)) * 6 < len(words):
        raise BadQuestion("form-no-words")
    if len(_LINK.findall(text)) > MOST_LINKS:
        raise BadQuestion("form-links", expected=str(MOST_LINKS))


def repeated(arrival: Arrival, now: datetime) -> None:
    """Raises BadQuestion('form-said-already') of what came, word for word and of the same place, often enough today.

    Only of what nobody stands behind: neighbours who leave their number may well say the same.
    """
    if arrival.sender.known or arrival.files:
        return
    said = corrections.folded(clean.cleaned(clean.plain(arrival.text).strip()), clean.cleaned(arrival.address.strip()))
    same = {"desk": arrival.desk, "sender": None, "lat": arrival.lat, "lon": arrival.lon}
    rows = Case.objects.filter(**same, channel__in=CHANNELS, sent_at__gt=now - timedelta(days=1))
    if arrival.place:
        rows = rows.filter(unit__startswith=f"{arrival.place}@")
    if rows.filter(fold__startswith=said.strip()[:3000]).count() >= TWICE:
        raise BadQuestion("form-said-already")


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)
