"""Calls for those who take them: what rings now, who called before, the list, what an exchange is known by.

Never: writes; gives a caller's number or name to whoever has not said a purpose (each time it is given, it is traced).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from haidang.access import gate
from haidang.cases import reads as cases
from haidang.cases import rights, senders
from haidang.cases.faces import Line
from haidang.cases.files.places import whole
from haidang.cases.machine import ROUTE
from haidang.cases.models import Call, Sender
from haidang.cases.senders import Person
from haidang.catalog.declared import Desk
from haidang.words.errors import Absent, Denied
from haidang.words.nouns import Actor, Level, Subject

RINGING, ANSWERED, ENDED, MISSED, RETURNED = STATES = ("ringing", "answered", "ended", "missed", "returned")
"""`returned`: a missed call whose caller has been called back, or got through later."""
LASTING = timedelta(hours=4)
"""A call without an end is taken for one whose end was never told after so long."""
RINGS = timedelta(minutes=3)
MOST_SHOWN = 3
PAGE = 50


@dataclass(frozen=True)
class CallFace:
    """One call. `phone`: in clear for whoever may see it now, else its last three digits; `operator`: account's title.

    `seconds`: spoken so far or in all; `mine`: of whoever looks; `before`: earlier reports by the same number.
    """

    id: int
    state: str
    phone: str
    line: str
    operator: str
    mine: bool
    rang_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    seconds: int
    record: bool
    case: int | None
    before: int


@dataclass(frozen=True)
class Card:
    """Who calls: what is known of them, their earlier reports (newest first), how often they were missed today."""

    person: Person
    lines: tuple[Line, ...] = ()
    missed: int = 0


def desks(who: Actor) -> tuple[Desk, ...]:
    """The desks at which somebody takes reports."""
    return tuple(desk for desk, works in cases.desks(who) if ROUTE in works)


def required(who: Actor) -> Desk:
    """The first of them; raises Absent('unknown-desk') for whoever has none."""
    found = desks(who)
    if not found:
        raise Absent("unknown-desk", found="")
    return found[0]


def clear(who: Actor) -> bool:
    """Whether callers stand in clear for somebody: the personal level, and a purpose said."""
    return any(reaches(who, desk) and gate.purposed(who, desk.pack) for desk in desks(who))


def reaches(who: Actor, desk: Desk) -> bool:
    """Whether somebody would see callers once a purpose is said."""
    return gate.may(who, "read", Subject(desk.pack, "calls", Level.PERSONAL))


def bar(who: Actor, *, but: int = 0) -> tuple[CallFace, ...]:
    """What rings now (whoever waits longest first), then what one speaks or spoke without writing it down, newest
    first; `but`: without the call being written down."""
    now = timezone.now()
    required(who)
    rings = Call.objects.filter(state=RINGING, rang_at__gt=now - RINGS).filter(Q(operator="") | Q(operator=who.name))
    mine = Call.objects.filter(state__in=(ANSWERED, ENDED), operator=who.name, case=None, rang_at__gt=now - LASTING)
    shown = [*rings.order_by("rang_at")[:MOST_SHOWN], *mine.order_by("-rang_at")[:2]]
    return _faces(who, [one for one in shown if one.pk != but][:MOST_SHOWN])


def calls(who: Actor, state: str = "", *, page: int = 1) -> tuple[CallFace, ...]:
    """One page of the calls, newest first; missed ones oldest first, as they are to be called back."""
    required(who)
    rows = Call.objects.filter(state=state) if state in STATES else Call.objects.all()
    first = (max(1, page) - 1) * PAGE
    return _faces(who, rows.order_by("rang_at" if state == MISSED else "-rang_at")[first : first + PAGE])


def counts(who: Actor) -> dict[str, int]:
    """How many calls of each state."""
    required(who)
    return dict(Call.objects.order_by().values_list("state").annotate(many=Count("pk")))


def call(who: Actor, number: int) -> CallFace:
    """Raises Absent('unknown-call')."""
    return _faces(who, [row(who, number)])[0]


def row(who: Actor, number: int) -> Call:
    """A call's row, for whoever takes calls (within this room)."""
    required(who)
    found = Call.objects.filter(pk=number).first()
    if found is None:
        raise Absent("unknown-call", found=str(number)[:20])
    return found


def _faces(who: Actor, rows: QuerySet[Call] | list[Call]) -> tuple[CallFace, ...]:
    found, shown = list(rows), clear(who)
    digests = {one.phone_digest for one in found if one.phone_digest}
    known = Sender.objects.filter(phone_digest__in=digests).values_list("phone_digest")
    before: dict[str, int] = dict(known.annotate(many=Count("cases")))
    titles = gate.titles({one.operator for one in found if one.operator})
    return tuple(_face(who, one, shown, titles.get(one.operator, ""), before.get(one.phone_digest, 0)) for one in found)


def _face(who: Actor, one: Call, shown: bool, operator: str, before: int) -> CallFace:
    plain = senders.unseal(one.phone)
    until = one.ended_at or timezone.now()
    return CallFace(
        one.pk,
        one.state,
        plain if shown else masked(plain),
        one.line,
        operator,
        bool(one.operator) and one.operator == who.name,
        one.rang_at,
        one.answered_at,
        one.ended_at,
        int((until - one.answered_at).total_seconds()) if one.answered_at else 0,
        one.record_id is not None,
        one.case_id,
        before,
    )


def masked(phone: str) -> str:
    """`0912345678` → `••• 678`: enough to tell two calls that ring from one another."""
    return f"••• {phone[-3:]}" if phone else ""


def caller(who: Actor, desk: Desk, phone: str) -> Card:
    """Who a number is; raises Denied('no-grant' | 'no-purpose'). Traced each time."""
    gate.require(who, "read", Subject(desk.pack, "calls", Level.PERSONAL))
    if not gate.purposed(who, desk.pack):
        raise Denied("no-purpose")
    plain, digest = senders.phone(phone), senders.digest("phone", phone)
    if not digest:
        return Card(Person())
    gate.shown(who, desk.key, "caller")
    kept = Sender.objects.filter(phone_digest=digest, erased=None).first()
    known = {name: senders.unseal(getattr(kept, name)) for name in ("name", "address", "email")} if kept else {}
    missed = Call.objects.filter(phone_digest=digest, state=MISSED).count()
    return Card(Person(phone=plain, **known), _earlier(who, digest), missed)


def _earlier(who: Actor, digest: str) -> tuple[Line, ...]:
    names = tuple(Line.__dataclass_fields__)
    rows = rights.visible(who).filter(sender__phone_digest=digest).order_by("-number")
    return tuple(Line(**one) for one in rows.values(*names)[:8])


def record(who: Actor, number: int) -> tuple[Path, str]:
    """Where a call's recording stands, and its media type: a voice is personal data.

    Raises Absent('unknown-call'), Denied('no-grant' | 'no-purpose'). Traced each time.
    """
    desk, found = required(who), row(who, number)
    gate.require(who, "read", Subject(desk.pack, "calls", Level.PERSONAL))
    if not gate.purposed(who, desk.pack):
        raise Denied("no-purpose")
    if found.record is None:
        raise Absent("unknown-call", found=str(number))
    gate.shown(who, desk.key, f"call-{number} record")
    return whole(found.record.path), found.record.type


def stamp() -> Hashable:
    """What changes whenever a call of today does: what an open page compares, never shown."""
    today = Call.objects.filter(rang_at__gt=timezone.now() - timedelta(days=1))
    told = today.aggregate(
        many=Count("pk"),
        answered=Max("answered_at"),
        ended=Max("ended_at"),
        taken=Count("pk", filter=~Q(operator="")),
        records=Count("record"),
        written=Count("case"),
        missed=Count("pk", filter=Q(state=MISSED)),
        rings=Count("pk", filter=Q(state=RINGING, rang_at__gt=timezone.now() - RINGS)),
    )
    return tuple(told.values())
