"""What personal data is looked at for, in a browser's session: said for some packs, for some minutes, then over.

Never: decides who reaches the personal level (the gate does).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone

from haidang.access import gate
from haidang.access.identity import reads as identity
from haidang.access.personal import reads
from haidang.catalog.declared import Pack
from haidang.words.nouns import Level, Subject

if TYPE_CHECKING:  # the frame of every page shows the strip made here
    from haidang.web.page import Visit

KEY, SHIFT = "purpose", "shift"
"""Of the session: what was said, and the shift of an operator that says it anew with each call (`calls.shift`)."""


@dataclass(frozen=True)
class Strip:
    """What the page says while personal data stands in clear: for what, of which packs, how many minutes more."""

    words: str
    packs: str
    minutes: int


def packs(seen: Visit) -> list[Pack]:
    """Packs that hold people's data the person may see in clear, reading or mending."""
    reading, mending = gate.sees(seen.who, "read"), gate.sees(seen.who, "mend")
    there = [pack for pack in seen.catalog.packs if pack.desks or any(dataset.personal for dataset in pack.datasets)]
    about = {pack.key: Subject(pack.key, "", Level.PERSONAL) for pack in there}
    return [pack for pack in there if reading(about[pack.key]) or mending(about[pack.key])]


def minutes() -> int:
    """How long a purpose holds."""
    return identity.rules().purpose_minutes


def begin(request: HttpRequest, words: str, chosen: list[str]) -> None:
    until = timezone.now() + timedelta(minutes=minutes())
    request.session[KEY] = {"words": words, "until": until.isoformat(), "packs": chosen}


def end(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
    request.session.pop(SHIFT, None)


def strip(request: HttpRequest, seen: Visit) -> Strip | None:
    """The strip of the page, while a purpose holds."""
    said: Any = request.session.get(KEY) if seen.who.purpose and hasattr(request, "session") else None
    if not isinstance(said, dict):
        return None
    left = datetime.fromisoformat(str(said["until"])) - seen.now
    names = [pack.title.in_(seen.language) for pack in seen.catalog.packs if pack.key in seen.who.purpose_packs]
    rest = max(1, -int(-left.total_seconds() // 60))
    return Strip(reads.told(seen.who.purpose, seen.language), ", ".join(names), rest)
