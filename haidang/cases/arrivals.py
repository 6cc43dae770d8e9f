"""A report as it came, and the Case it makes: proved, cleaned, placed, its clocks set. Never: writes."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from haidang.access import territory
from haidang.cases import changes, clean, corrections, senders, whereabouts
from haidang.cases.corrections import LONGEST
from haidang.cases.models import CHANNELS
from haidang.cases.senders import Person
from haidang.cases.suggest import listed
from haidang.catalog.declared import Desk
from haidang.words.errors import Absent, BadQuestion

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No letter that is taken for another on the telephone."""
LETTERS = 8
_LONGEST_KEY = 120


@dataclass(frozen=True)
class Arrival:
    """A report as it came by a channel. `place`: a commune's code when it was said; `once`: the message's own key."""

    desk: str
    channel: str
    text: str
    sender: Person = field(default_factory=Person)
    category: str = ""
    title: str = ""
    address: str = ""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    sent_at: datetime | None = None
    anonymous: bool = False
    public: bool = True
    urgent: bool = False
    simulated: bool = False
    abusive: str = ""
    once: str = ""
    files: tuple[str, ...] = ()


def prove(arrival: Arrival) -> None:
    """Raises BadQuestion('empty-report' | 'words-too-long' | 'bad-position'), Absent('unknown-channel')."""
    if not clean.plain(arrival.text).strip():
        raise BadQuestion("empty-report", found="")
    if len(arrival.text) > LONGEST:
        raise BadQuestion("words-too-long", found=str(len(arrival.text)), expected=str(LONGEST))
    if arrival.channel not in CHANNELS:
        raise Absent("unknown-channel", found=arrival.channel[:16], expected=", ".join(CHANNELS))
    corrections.position(arrival.lat, arrival.lon)


def once(arrival: Arrival) -> str | None:
    """The key by which the same message is known: of its channel, so that nobody finds another channel's by it."""
    if not arrival.once:
        return None
    key = f"{arrival.channel}:{arrival.once}"
    return key if len(key) <= _LONGEST_KEY else f"{arrival.channel}:{hashlib.sha256(key.encode()).hexdigest()}"


def fields(desk: Desk, arrival: Arrival, now: datetime) -> dict[str, Any]:
    """Of the Case; whoever sent it stands in none of them."""
    noun = desk.category(arrival.category)
    own = senders.own(arrival.sender)
    sent = min(arrival.sent_at or now, now)
    said = clean.plain(arrival.text).strip()
    text, address = clean.cleaned(said, own), clean.cleaned(arrival.address.strip(), own[:3])[:300]
    return {
        "code": code(desk.prefix, now),
        "once": once(arrival),
        "desk": desk.key,
        "pack": desk.pack,
        "level": changes.level(desk, arrival.category).value,
        "channel": arrival.channel,
        "category": noun.key if noun else "",
        "group": noun.group if noun else "",
        "title": clean.cleaned(arrival.title.strip(), own)[:160] or title(text),
        "text": text,
        "raw": senders.seal(said) if text != said else "",
        "fold": corrections.folded(text, address),
        "address": address,
        "urgent": arrival.urgent or bool(noun and noun.urgent),
        **{name: getattr(arrival, name) for name in ("public", "anonymous", "simulated")},
        "abusive": arrival.abusive[:200] or listed.marked(desk, text),
        **_where(arrival),
        "sent_at": sent,
        "created": now,
        "changed": now,
        "route_due": changes.due(desk, "", now, "route"),
        "national_due": changes.due(desk, "", sent, "national"),
    }


def _where(arrival: Arrival) -> dict[str, Any]:
    """The commune that was said, else the one the position lies in, else the province as a whole."""
    said = whereabouts.commune(arrival.place)
    unit = said if whereabouts.inside(said) else whereabouts.unit(arrival.lat, arrival.lon)
    return {"unit": unit or territory.home(), "lat": arrival.lat, "lon": arrival.lon}


def title(text: str) -> str:
    """The first words of what was sent."""
    first = " ".join(text.split())
    return first if len(first) <= 90 else first[:90].rsplit(" ", 1)[0] + "…"


def code(prefix: str, now: datetime) -> str:
    """What the sender follows a Case by: the day, and letters that cannot be guessed one after another."""
    tail = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    return f"{prefix}{timezone.localtime(now):%y%m%d}-{tail}"
