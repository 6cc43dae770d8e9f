"""Reports for a bench: as many as are asked, alike each time, of every state, over the whole province.

Brought in by `importing`, as from another program. Never: measures (the terminal's bench does), looks like real people.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from haidang.access import gate
from haidang.cases import whereabouts
from haidang.cases.importing.actions import bring
from haidang.cases.importing.brought import Brought
from haidang.cases.senders import Person
from haidang.catalog.declared import Category, Desk, declared
from haidang.words.nouns import Level

DAYS = 180
_WHAT = (
    "trước cổng trường",
    "gần chợ",
    "đầu ngõ",
    "cạnh nhà văn hóa",
    "trên đường liên xã",
    "dưới chân cầu",
    "ở ngã ba",
)
_HOW = ("đã mấy hôm nay", "từ đêm qua", "ngày nào cũng vậy", "rất nguy hiểm khi trời mưa", "bà con đã nói nhiều lần")
_PLEASE = ("đề nghị xử lý sớm", "mong cơ quan kiểm tra", "xin cho người đến xem", "mong được trả lời")
_CHANNELS = ("web", "app", "phone", "zalo", "email", "sms", "facebook")


def fill(desk: str, many: int, *, seed: int = 311) -> int:
    """So many Cases into an empty desk, every one of them; how many."""
    noun = declared().desk(desk)
    brought = bring(gate.operator(), desk, rows(noun, many, random.Random(seed), timezone.now()))
    if brought.landed != many:
        raise RuntimeError(f"{brought.landed} of {many}: {brought.set_aside[:3]}")
    return brought.landed


def rows(desk: Desk, many: int, dice: random.Random, now: datetime) -> Iterator[Brought]:
    """Oldest first, one after the other over the last DAYS."""
    spots = whereabouts.middles()
    for number in range(many):
        sent = now - timedelta(seconds=(many - number) * DAYS * 86400 / many)
        yield _row(number, dice.choice(desk.categories), dice.choice(spots), dice, sent=sent, now=now)


def _row(
    number: int, noun: Category, spot: tuple[float, float], dice: random.Random, *, sent: datetime, now: datetime
) -> Brought:
    lat, lon = (at + dice.uniform(-0.004, 0.004) for at in spot)
    what = dice.choice(noun.keywords or ("việc khác",))
    text = f"{what.capitalize()} {dice.choice(_WHAT)}, {dice.choice(_HOW)}, {dice.choice(_PLEASE)} (số {number})."
    assigned, resolved, published = _moments(dice, sent, now)
    if noun.level is not None and noun.level > Level.PUBLIC:
        published = None  # what is not for everybody is never published
    return Brought(
        f"bench-{number}",
        dice.choice(_CHANNELS),
        text,
        sent,
        category=noun.key,
        lat=lat,
        lon=lon,
        address=f"Thôn {number % 90 + 1}",
        assigned_at=assigned,
        resolved_at=resolved,
        published_at=published,
        result="Đã kiểm tra và xử lý xong." if resolved else "",
        rating=dice.choice((0, 1, 2, 3)) if resolved else 0,
        sender=Person(phone=f"09{dice.randrange(10**8):08d}"),
        simulated=True,
    )


def _moments(
    dice: random.Random, sent: datetime, now: datetime
) -> tuple[datetime | None, datetime | None, datetime | None]:
    """When it was assigned, resolved, published: of most all of it, of the last days less and less."""
    moments = [sent + timedelta(hours=dice.expovariate(1 / mean)) for mean in (2, 60, 100)]
    passed = [one if one < now else None for one in sorted(moments)]
    return passed[0], passed[1], passed[2]


__all__ = ["DAYS", "fill", "rows"]
