"""Why somebody sees what a page shows, or why not, in words. A face of this room.

Never: decides (the gate does), shows data. What is denied and what does not exist read exactly alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.utils import timezone

from haidang.access import gate, trace
from haidang.access.decide import about, counts, decide
from haidang.access.models import OPERATOR, PUBLIC, GrantRow
from haidang.access.people.granting import reads as granting
from haidang.access.people.granting import rules
from haidang.access.people.requests import reads as requests
from haidang.access.territory import home, inside, unit_id
from haidang.catalog.declared import declared
from haidang.catalog.places import register
from haidang.words.errors import Absent, Denied
from haidang.words.nouns import ANY, Actor, Grant, Label, Level, Scope, Subject
from haidang.words.texts import text

LOOKS = ("read",)
WORKS = ("read", "import", "mend", "manage")


@dataclass(frozen=True)
class Shown:
    """What an address shows: its title, what it is about (None: what everybody's own rights cut), by which actions."""

    title: Label
    subject: Subject | None = None
    actions: tuple[str, ...] = LOOKS


@dataclass(frozen=True)
class Reason:
    """One grant that counts. `through`: own | office | post | public | privilege | operator; `via`: its name."""

    grant: Grant
    through: str
    via: str = ""
    given_by: str = ""
    why: str = ""


@dataclass(frozen=True)
class Because:
    """The explanation of one page for one person.

    `missing`: codes of what is lacking, said only to whoever explains another's rights. `instead`: what they may read.
    """

    allowed: bool
    at: str
    who: Actor
    title: Label | None = None
    level: Level = Level.PUBLIC
    scope: Scope | None = None
    reasons: tuple[Reason, ...] = ()
    instead: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    whom: tuple[tuple[str, str], ...] = ()


def why(who: Actor, at: str) -> Because:
    """Of a page's address (`/indicators/y-te.so-ca?place=20`), for whoever asks."""
    try:
        found = shown(at)
        return _allowed(who, at, found)
    except (Absent, Denied):
        # The same whatever the reason: nothing here is looked up by what was asked for.
        return Because(False, at, who, instead=_reading(who), whom=requests.to_ask(who) if who.inside else ())


def why_another(by: Actor, name: str, at: str) -> Because:
    """The same for another account, with what exactly is lacking; for administrators and `audit`; traced.

    Raises Denied('no-grant'), Absent('unknown-actor').
    """
    if not (rules.administers(by) or granting.audits(by)):
        raise Denied("no-grant")
    who = gate.actor(name)
    trace.note(by.name, "why", f"{who.name} {at}"[:300])
    try:
        found = shown(at)
    except Absent:
        return Because(False, at, who, missing=("absent",), instead=_reading(who))
    try:
        return _allowed(who, at, found)
    except Denied:
        level = found.subject.level if found.subject else Level.PUBLIC
        missing = _missing(who, found)
        return Because(False, at, who, found.title, level, missing=missing, instead=_reading(who))


def _allowed(who: Actor, at: str, found: Shown) -> Because:
    """Raises Denied."""
    given = gate.grants(who)
    now = timezone.now()
    if found.subject is None:
        counting = [g for g in given if any(counts(g, who, action, now) for action in found.actions)]
        if not counting:
            raise Denied("no-grant")
        return Because(True, at, who, found.title, reasons=_reasons(who, counting))
    subject = found.subject
    action = next((a for a in found.actions if gate.may(who, a, subject)), "")
    if not action:
        raise Denied("no-grant")
    scope = decide(given, who, action, subject, now, territory=inside, floor=settings.FLOOR)
    counting = [g for g in given if counts(g, who, action, now) and about(g, subject.pack) and g.level >= subject.level]
    touching = [g for g in counting if _touches(g, subject)]
    return Because(True, at, who, found.title, subject.level, scope, _reasons(who, touching))


def _touches(grant: Grant, subject: Subject) -> bool:
    return not subject.units or grant.place == ANY or bool(subject.units & inside(grant.place))


def _missing(who: Actor, found: Shown) -> tuple[str, ...]:
    """What is lacking, the nearest first: a grant of the action, of the pack, of the level, of the place."""
    subject, now = found.subject, timezone.now()
    given = [g for g in gate.grants(who) if any(counts(g, who, action, now) for action in found.actions)]
    steps: tuple[tuple[str, Callable[[Grant], bool]], ...] = ()
    if subject is not None:
        steps = (
            ("pack", lambda g: about(g, subject.pack)),
            ("level", lambda g: g.level >= subject.level),
            ("place", lambda g: _touches(g, subject)),
        )
    if not given:
        return ("action",)
    for code, holds in steps:
        given = [grant for grant in given if holds(grant)]
        if not given:
            return (code,)
    return ("place",)


def _reading(who: Actor) -> tuple[Reason, ...]:
    now = timezone.now()
    return _reasons(who, [grant for grant in gate.grants(who) if counts(grant, who, "read", now)])


def _reasons(who: Actor, grants: Iterable[Grant]) -> tuple[Reason, ...]:
    given = list(grants)
    numbers = [int(number) for g in given if (number := g.id.partition(":")[0]).isdecimal()]
    rows = {row.pk: row for row in GrantRow.objects.select_related("office", "privilege").filter(pk__in=numbers)}
    return tuple(_reason(who, grant, rows) for grant in given)


def _reason(who: Actor, grant: Grant, rows: dict[int, GrantRow]) -> Reason:
    number = grant.id.partition(":")[0]
    row = rows.get(int(number)) if number.isdecimal() else None
    if row is None:
        return Reason(grant, OPERATOR)
    if row.privilege:
        return Reason(grant, "privilege", str(row.privilege_id), row.given_by, row.privilege.reason)
    if grant.actor == PUBLIC or not who.inside:
        # Names of those who work here, and their reasons, are for the house alone.
        given = (row.given_by, row.why) if who.inside else ("", "")
        return Reason(grant, "public" if grant.actor == PUBLIC else "own", "", *given)
    through = "own" if row.account_id else "post" if row.post else "office"
    via = "" if row.account_id else " · ".join(filter(None, (row.post, row.office.name_vi if row.office else "")))
    return Reason(grant, through, via, row.given_by, row.why)


# --- what an address shows


def shown(at: str) -> Shown:
    """What the page at an address is about; raises Absent when there is no such page or thing."""
    parts = urlsplit(at)
    head, _, rest = unquote(parts.path).strip("/").partition("/")
    key = rest.partition("/")[0]
    places = _places(parts.query)
    if found := _THINGS.get(head) if key else None:
        return found(key, places)
    if head in _KEEPING:
        return Shown(_label(f"keeping.{head}"), None, _KEEPING[head])
    if head in _OPEN:
        return Shown(_label(_OPEN[head]))
    raise Absent("no-such-page")


def _places(query: str) -> frozenset[str] | None:
    """The place a page is narrowed to; raises Absent('unknown-place')."""
    wanted = (parse_qs(query).get("place") or [""])[0]
    return frozenset({unit_id(wanted)}) if wanted else None


def _board(key: str, places: frozenset[str] | None) -> Shown:
    board = declared().board(key)
    return Shown(board.title, Subject(board.pack))


def _indicator(key: str, places: frozenset[str] | None) -> Shown:
    noun = declared().indicator(key)
    units = places or frozenset({home()})
    return Shown(noun.title, Subject(noun.pack, noun.key, declared().level_of(noun), units))


def _source(key: str, places: frozenset[str] | None) -> Shown:
    catalog = declared()
    source = next((one for one in catalog.sources() if key in (one.key, one.dataset)), None)
    noun = catalog.dataset(source.dataset if source else key)
    return Shown(source.title if source else noun.title, Subject(noun.pack, noun.key, noun.level), WORKS)


def _place(key: str, places: frozenset[str] | None) -> Shown:
    unit = register().resolve(key, timezone.localdate())
    return Shown(Label(unit.name, unit.name))


_THINGS: dict[str, Callable[[str, frozenset[str] | None], Shown]] = {
    "boards": _board,
    "indicators": _indicator,
    "sources": _source,
    "places": _place,
}
_OPEN = {
    "": "frame.overview",
    "boards": "frame.boards",
    "indicators": "catalogue.title",
    "map": "frame.map",
    "places": "frame.places",
    "sources": "frame.sources",
    "runs": "why.runs",
    "rejects": "why.runs",
    "notices": "why.own",
    "me": "why.own",
    "why": "why.own",
}
_KEEPING = {
    "people": ("manage", "people"),
    "offices": ("manage", "people"),
    "grants": ("manage", "people", "audit"),
    "requests": LOOKS,
    "reviews": ("manage", "people", "audit"),
    "trace": ("audit",),
    "subjects": ("personal",),
    "privilege": ("manage", "audit"),
    "rules": ("manage",),
    "providers": ("manage",),
}
"""Pages of the keeping, and the actions any one of which opens them."""


def _label(code: str) -> Label:
    return Label(text(code, "vi"), text(code, "en"))
