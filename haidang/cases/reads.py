"""Cases for whoever asks: lists, one whole, published results, one followed by its code. Never: writes.

Who sent a Case stands in `sender` alone: for whoever reaches the personal level and says a purpose, traced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from haidang.access import gate
from haidang.cases import counting, history, machine, rights, senders
from haidang.cases.actions import may_reopen
from haidang.cases.clocks import HERE
from haidang.cases.faces import FileFace, Followed, Line, Published, StepFace, Whole
from haidang.cases.files.reads import for_sender, presentable
from haidang.cases.models import CHANNELS, Case, File, Step
from haidang.cases.senders import Person
from haidang.catalog.declared import Catalog, Desk, declared
from haidang.words.errors import Absent, Denied
from haidang.words.names import fold
from haidang.words.nouns import Actor, Grant, Level

PAGE = 50
LONGEST_QUERY = 200
WAYS = CHANNELS
"""How a Case may have come, for those who offer a choice."""
SORTS = {
    "newest": ("-number",),
    "due": (F("due").asc(nulls_last=True), "number"),
    "oldest": ("number",),
    "changed": ("-changed",),
}
_LINE = tuple(Line.__dataclass_fields__)


@dataclass(frozen=True)
class Sought:
    """What a list is narrowed to; "" and None for everything. `states`: names of states, or `open`, `late`, `ended`.

    `q`: words without tones (all of them, anywhere), or a number; `box`: west, south, east, north in degrees;
    `since`, `until`: days sent, both inside; `mine`: only what the actor's own offices handle or approve.
    """

    desk: str = ""
    q: str = ""
    states: tuple[str, ...] = ()
    channel: str = ""
    group: str = ""
    category: str = ""
    office: str = ""
    unit: str = ""
    since: date | None = None
    until: date | None = None
    box: tuple[float, float, float, float] | None = None
    mine: bool = False
    urgent: bool = False
    sort: str = "newest"


def desks(who: Actor) -> tuple[tuple[Desk, frozenset[str]], ...]:
    """The desks somebody works at, each with as what (`read`, `route`, `handle`, `approve`): which pages to offer."""
    return _desks(declared(), who, gate.grants(who))


@lru_cache(maxsize=256)
def _desks(catalog: Catalog, who: Actor, given: tuple[Grant, ...]) -> tuple[tuple[Desk, frozenset[str]], ...]:
    """Kept by the very grants that run now: withdrawn or ended ones make another key."""
    del given
    found = ((desk, rights.works_at(who, desk.pack)) for desk in catalog.desks())
    return tuple((desk, works) for desk, works in found if works)


def cases(who: Actor, sought: Sought | None = None, *, page: int = 1, size: int = PAGE) -> tuple[Line, ...]:
    """One page of the Cases somebody sees."""
    want = sought or Sought()
    first = (max(1, page) - 1) * size
    order = SORTS.get(want.sort, SORTS["newest"])
    return tuple(Line(**row) for row in found(who, want).order_by(*order).values(*_LINE)[first : first + size])


def count(who: Actor, sought: Sought | None = None) -> int:
    return found(who, sought or Sought()).count()


def by_state(who: Actor, sought: Sought | None = None) -> dict[str, int]:
    """How many of each state, and `late`; kept while no Case changes (`counting`)."""
    rows = found(who, sought or Sought())
    return counting.counted(rows, newest(), lambda: _by_state(rows))


def _by_state(rows: QuerySet[Case]) -> dict[str, int]:
    from django.db.models import Count

    counts = dict(rows.order_by().values_list("state").annotate(many=Count("number")))
    return {**counts, "late": rows.filter(late(timezone.now())).count()}


CELL_DEGREES = 0.005
"""The side of a cell of `cells`: about 500 m."""


def cells(who: Actor, sought: Sought | None = None) -> tuple[tuple[float, float, int], ...]:
    """How dense Cases lie: (latitude, longitude, how many) of each cell that holds some."""
    from django.db.models import Count
    from django.db.models.functions import Round

    rows = found(who, sought or Sought()).filter(lat__isnull=False, lon__isnull=False).order_by()
    at = rows.annotate(y=Round(F("lat") / CELL_DEGREES), x=Round(F("lon") / CELL_DEGREES))
    counted = at.values_list("y", "x").annotate(many=Count("number"))
    return tuple((y * CELL_DEGREES, x * CELL_DEGREES, many) for y, x, many in counted)


def found(who: Actor, want: Sought) -> QuerySet[Case]:
    """The rows a list is of (within this room, and for files of many)."""
    rows = rights.mine(who) if want.mine else rights.visible(who)
    same = ("desk", "channel", "group", "category", "office")
    rows = rows.filter(**{name: value for name in same if (value := getattr(want, name))})
    if want.states:
        rows = _numbered(rows, _states(want.states))
    if want.urgent:
        rows = rows.filter(urgent=True)
    rows = _when(rows, want)
    if want.unit:
        from haidang.catalog.places import register

        rows = rows.filter(unit__in=register().territory(want.unit))
    if want.box:
        west, south, east, north = want.box
        rows = _numbered(rows, Q(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north))
    return searched(rows, want.q)


def _numbered(rows: QuerySet[Case], condition: Q) -> QuerySet[Case]:
    """Those that fulfil a condition whose index gives their numbers first.

    As a plain condition beside others, SQLite reads every row of a state, or of a desk, to sort or to find a handful.
    """
    return rows.filter(pk__in=Case.objects.filter(condition).values("pk"))


def searched(rows: QuerySet[Case], q: str) -> QuerySet[Case]:
    """Those with every word of `q` in them, without tones; a number alone finds the Case of that number too."""
    words = fold(q[:LONGEST_QUERY]).split()[:12]
    if len(words) == 1 and words[0].isdecimal() and len(words[0]) < 19:
        return rows.filter(Q(number=int(words[0])) | Q(fold__contains=words[0]))
    for word in words:
        rows = rows.filter(fold__contains=word)
    return rows


def late(now: datetime) -> Q:
    """Open, its clock running, and past its date (of routing while nobody handles it)."""
    routing = Q(state__in=(machine.NEW, machine.RECEIVED), route_due__lt=now)
    return routing | Q(state__in=machine.OPEN - machine.PAUSED - {machine.NEW, machine.RECEIVED}, due__lt=now)


def _states(names: Iterable[str]) -> Q:
    wanted = Q(pk__in=[])
    for name in names:
        if name == "late":
            wanted |= late(timezone.now())
        elif name in ("open", "ended"):
            wanted |= Q(state__in=machine.OPEN if name == "open" else machine.ENDED)
        else:
            wanted |= Q(state=name)
    return wanted


def _when(rows: QuerySet[Case], want: Sought) -> QuerySet[Case]:
    if want.since:
        rows = rows.filter(sent_at__gte=datetime.combine(want.since, datetime.min.time(), HERE))
    if want.until:
        rows = rows.filter(sent_at__lt=datetime.combine(want.until + timedelta(days=1), datetime.min.time(), HERE))
    return rows


def case(who: Actor, number: int) -> Whole:
    """One Case; raises Absent('unknown-case')."""
    row = rights.seen(who, number)
    gate.require(who, rights.reading(who, row), rights.subject(row))
    roles = rights.roles(who, row)
    own = ("text", "address", "public", "anonymous", "result", "person", "assigned_at", "started_at", "national_due")
    more = ("publish_due", "published_at", "paused", "extended", "rating_words", "rated_at")
    return Whole(
        line=_line(row),
        **{name: getattr(row, name) for name in (*own, *more)},
        into=row.into_id,
        merged=tuple(Case.objects.filter(into=row).values_list("number", flat=True)),
        steps=steps(row, inner=True),
        files=files(row),
        roles=roles,
        acts=machine.allowed(row.state, roles),
    )


def _line(row: Case) -> Line:
    return Line(**{name: getattr(row, name) for name in _LINE})


def steps(row: Case, *, inner: bool) -> tuple[StepFace, ...]:
    """The history, oldest first; `inner`: with what is for the house alone, and names of those who acted.

    Without it: as the sender reads it (`history`).
    """
    rows = list(Step.objects.filter(case=row).prefetch_related("files"))
    if not inner:
        return _outside(rows)
    titles = gate.titles({one.by for one in rows if one.by})
    return tuple(_step(one, by=titles.get(one.by, one.by), facts=one.facts) for one in rows)


def _outside(rows: list[Step]) -> tuple[StepFace, ...]:
    hidden, awaiting = history.withheld(rows), history.awaiting(rows)
    kept = (_step(one, facts=history.told(one.facts)) for one in rows if not one.inner)
    return tuple(
        replace(one, words="" if one.id in hidden else one.words, files=() if one.id in awaiting else one.files)
        for one in kept
    )


def _step(one: Step, *, facts: dict[str, Any], by: str = "") -> StepFace:
    same = ("id", "act", "before", "after", "at", "role", "office", "words", "inner")
    keys = tuple(file.key for file in one.files.all())
    return StepFace(**{name: getattr(one, name) for name in same}, by=by, facts=facts, files=keys)


def files(row: Case, *, open_only: bool = False) -> tuple[FileFace, ...]:
    """`open_only`: those that may stand in a published result."""
    rows = File.objects.filter(case=row)
    return _faces(rows.filter(presentable(), open=True) if open_only else rows)


def _faces(rows: QuerySet[File]) -> tuple[FileFace, ...]:
    names = tuple(FileFace.__dataclass_fields__)
    return tuple(FileFace(**one) for one in rows.order_by("id").values(*names))


def sender(who: Actor, number: int) -> Person:
    """Who sent a Case; raises Absent('unknown-case'), Denied('no-grant' | 'no-purpose'). Traced each time."""
    row = rights.seen(who, number)
    gate.require(who, "read", rights.subject(row, Level.PERSONAL))
    if not gate.purposed(who, row.pack):
        raise Denied("no-purpose")
    if row.sender is None:
        return Person()
    gate.shown(who, row.desk, f"case-{row.pk}")
    return senders.person(row.sender)


def original(who: Actor, number: int) -> str:
    """What was sent, as it came; under the same rules as `sender`."""
    sender(who, number)
    row = rights.seen(who, number)
    return senders.unseal(row.raw) or row.text


def followed(code: str) -> Followed:
    """What whoever holds the code reads; raises Absent('unknown-case')."""
    row = Case.objects.filter(code=code.strip().upper()).first()
    if row is None:
        raise Absent("unknown-case", found=code[:24])
    acts = machine.allowed(row.state, frozenset({machine.SENDER}))
    if "reopen" in acts and not may_reopen(row, timezone.now()):
        acts = tuple(one for one in acts if one != "reopen")
    same = ("code", "number", "state", "channel", "category", "address", "unit", "office", "sent_at", "due", "rating")
    return Followed(
        **{name: getattr(row, name) for name in (*same, "rating_words", "simulated")},
        text=senders.unseal(row.raw) or row.text,
        result=outcome(row),
        joined=stands(row).state if row.into_id else "",
        steps=steps(row, inner=False),
        files=_faces(for_sender(row)),
        acts=acts,
    )


def stands(row: Case) -> Case:
    """The Case that another was merged into in the end; itself when it stands alone."""
    seen = {row.pk}
    while row.into is not None and row.into.pk not in seen:
        row = row.into
        seen.add(row.pk)
    return row


def outcome(row: Case) -> str:
    """What the sender is told was done: of the Case it was merged into where it was; "" before it is approved."""
    last = stands(row)
    return last.result if last.state in machine.HANDLED else ""


def sent_by(account: str) -> tuple[str, ...]:
    """Codes of what a citizen's account sent, newest first."""
    rows = Case.objects.filter(sender__account=account) if account else Case.objects.none()
    return tuple(rows.order_by("-number").values_list("code", flat=True)[:200])


def published(who: Actor, sought: Sought | None = None, *, page: int = 1, size: int = 20) -> tuple[Published, ...]:
    """Published results, newest first; of open desks alone."""
    first = (max(1, page) - 1) * size
    return tuple(_published(row) for row in results(who, sought).order_by("-published_at")[first : first + size])


def results(who: Actor, sought: Sought | None = None) -> QuerySet[Case]:
    """The rows published results are of (within this room)."""
    open_desks = [desk.key for desk in declared().desks() if desk.open]
    rows: QuerySet[Case] = gate.objects(who, "read", found_open(sought or Sought()))
    return rows.filter(state=machine.PUBLISHED, level=Level.PUBLIC.value, public=True, desk__in=open_desks)


def found_open(want: Sought) -> QuerySet[Case]:
    rows = Case.objects.filter(state=machine.PUBLISHED)
    same = ("desk", "group", "category", "office", "unit")
    rows = _when(rows.filter(**{name: value for name in same if (value := getattr(want, name))}), want)
    for word in fold(want.q).split()[:12]:
        rows = rows.filter(open_fold__contains=word)
    return rows


def result(who: Actor, number: int) -> Published:
    """One published result; raises Absent('unknown-case')."""
    row = results(who).filter(pk=number).first()
    if row is None:
        raise Absent("unknown-case", found=str(number)[:20])
    return _published(row)


def _published(row: Case) -> Published:
    own = {name: getattr(row, name) for name in Published.__dataclass_fields__ if name not in ("files", "lat", "lon")}
    # A position is shown to about 100 m: whoever lives beside what they reported stays one of many.
    lat, lon = (None if one is None else round(one, 3) for one in (row.lat, row.lon))
    return Published(**own, lat=lat, lon=lon, files=files(row, open_only=True))


def stamp(rows: QuerySet[Any]) -> tuple[int, datetime | None]:
    """What changes whenever one of the rows does: for what is kept of a list."""
    from django.db.models import Count, Max

    told = rows.aggregate(many=Count("number"), last=Max("changed"))
    return int(told["many"]), told["last"]


def newest() -> datetime | None:
    """When any Case last changed: what an open page compares, never shown."""
    return Case.objects.order_by("-changed").values_list("changed", flat=True).first()
