"""Service requests for whoever asks: what is published, and what came by one's own key or is known by its code.

Never: writes, shows who sent one, or a report that is neither published nor the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from haidang.access import territory
from haidang.access.people.offices import reads as offices
from haidang.cases import machine, reads
from haidang.cases.georeport.services import codes
from haidang.cases.models import Case, Step
from haidang.catalog.declared import declared
from haidang.catalog.places import register
from haidang.words.errors import Absent
from haidang.words.nouns import Actor, Label
from haidang.words.texts import texts

OPEN, CLOSED = "open", "closed"
TOLD = ("refuse", "ask", "progress", "extend")
"""Acts whose words say why a request stands where it stands."""


@dataclass(frozen=True)
class Asked:
    """`ids` before everything else; `since`, `until`: when it was sent; `changed_*`: when it changed last.

    `states`: open | closed; `codes`: of services. Empty and None: whatever it is.
    """

    ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    changed_since: datetime | None = None
    changed_until: datetime | None = None
    page: int = 1
    size: int = 200


@dataclass(frozen=True)
class Found:
    """One request. `id`: its code for whoever sent it, else its number; `place`: a commune's code, "" unknown.

    `address` and the whole position are the sender's own; of others' the commune, and the position rounded to 100 m.
    """

    id: str
    status: str
    notes: Label
    service: Label
    code: str
    description: str
    agency: Label
    requested: datetime
    updated: datetime
    expected: datetime | None
    address: str
    place: str
    lat: float | None
    lon: float | None


def requests(who: Actor, asked: Asked) -> tuple[Found, ...]:
    """One page, newest first; those asked by `ids` in the same way, whatever else was asked."""
    rows = _reached(who, asked).select_related("into").order_by("-sent_at", "-number")
    first = (asked.page - 1) * asked.size
    return _found(who, list(rows[first : first + asked.size]), asked.ids)


def count(who: Actor, asked: Asked) -> int:
    return _reached(who, asked).count()


def request(who: Actor, ident: str) -> Found:
    """By number or code; raises Absent('open311-no-request')."""
    found = requests(who, Asked(ids=(ident,)))
    if not found:
        raise Absent("open311-no-request", found=ident[:24])
    return found[0]


def prefix(who: Actor) -> str:
    """Of `once` of what came by an account's key; "" of the public, which has none."""
    return "" if who.kind == "public" else f"open311:{who.name}:"


def _reached(who: Actor, asked: Asked) -> QuerySet[Case]:
    if asked.ids:
        return _named(who, asked.ids)
    rows = reads.results(who) | _own(who)
    if asked.codes:
        known = {code: key for key, code in codes().items()}
        wanted = [known[code] for code in asked.codes if code in known]
        rows = rows.filter(_any(Q(desk=desk, category=category) for desk, category in wanted))
    if asked.states and asked.states != {OPEN, CLOSED}:
        rows = rows.filter(state__in=machine.OPEN if OPEN in asked.states else machine.ENDED)
    moments = {"sent_at__gte": asked.since, "sent_at__lte": asked.until}
    moments |= {"changed__gte": asked.changed_since, "changed__lte": asked.changed_until}
    return rows.filter(**{name: at for name, at in moments.items() if at})


def _any(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for one in conditions:
        found |= one
    return found


def _own(who: Actor) -> QuerySet[Case]:
    begins = prefix(who)
    if not begins:
        return Case.objects.none()
    return Case.objects.filter(once__gte=begins, once__lt=f"{begins[:-1]};")


def _named(who: Actor, ids: tuple[str, ...]) -> QuerySet[Case]:
    """A code is known to whoever sent it alone; a number to everybody, so it finds what the caller may see."""
    numbers = [int(one) for one in ids if one.isdecimal() and len(one) < 16]
    told = [one.strip().upper() for one in ids if not one.isdecimal()]
    seen = (reads.results(who) | _own(who)).filter(pk__in=numbers)
    return seen | Case.objects.filter(code__in=told)


def _found(who: Actor, rows: list[Case], ids: tuple[str, ...]) -> tuple[Found, ...]:
    begins, told = prefix(who), {one.strip().upper() for one in ids}
    own = {row.pk for row in rows if row.code in told or (begins and (row.once or "").startswith(begins))}
    words, named = _words(own), _Names()
    return tuple(named.of(row, row.pk in own, words.get(row.pk, "")) for row in rows)


def _words(numbers: set[int]) -> dict[int, str]:
    """The newest words for the sender of each."""
    steps = Step.objects.filter(case__in=numbers, act__in=TOLD, inner=False).exclude(words="").order_by("id")
    return {number: said for number, said in steps.values_list("case_id", "words")}


class _Names:
    """Titles looked up once for a page of requests."""

    def __init__(self) -> None:
        self._offices = {one.key: one.name for one in offices.offices(closed=True)}
        self._codes, self._texts = codes(), texts()

    def of(self, row: Case, own: bool, words: str) -> Found:
        desk = declared().desk(row.desk)
        noun = desk.category(row.category)
        # What was joined to another stands where that one stands.
        stands = row.into or row
        ended = stands.state not in machine.OPEN
        lat, lon = (one if own or one is None else round(one, 3) for one in (row.lat, row.lon))
        state = self._texts[f"case.state-{stands.state}"]
        result = stands.result if stands.state in machine.HANDLED else words
        return Found(
            id=row.code if own else str(row.number),
            status=CLOSED if ended else OPEN,
            notes=Label(f"{state.vi}: {result}", f"{state.en}: {result}") if result else state,
            service=noun.title if noun else desk.title,
            code=self._codes.get((row.desk, row.category), ""),
            description=row.text[:4000],
            agency=self._offices.get(row.office, Label(row.office, row.office)),
            requested=row.sent_at,
            updated=(stands.resolved_at or stands.changed) if ended else stands.changed,
            expected=row.due if own or ended else None,
            address=(row.address if own else "") or _whereabouts(row.unit),
            place=row.unit.partition("@")[0] if len(row.unit.partition("@")[0]) == 5 else "",
            lat=lat,
            lon=lon,
        )


def _whereabouts(unit: str) -> str:
    """A place in words ("Xã Đồng Đăng, Tỉnh Lạng Sơn"): of a report without one the centre's own."""
    known = register()
    place = known.unit(unit or territory.home())
    above = known.unit(place.parent) if place.level == "commune" and place.parent else None
    return f"{place.name}, {above.name}" if above else place.name
