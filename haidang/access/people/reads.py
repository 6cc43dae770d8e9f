"""Accounts as plain values: the list (searched, narrowed, sorted, by pages), one person, who else bears the same name.

Only what `who` keeps (`reach`); everything else is absent. Never: writes; gives a password or a token away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from haidang.access import models
from haidang.access.identity import locks
from haidang.access.identity.rules import rules
from haidang.access.models import PUBLIC, Account, Office, Token, Trace
from haidang.access.people import reach
from haidang.access.people.granting.rules import beneath, running_rows
from haidang.access.people.offices import reads as offices_
from haidang.access.people.offices.reads import OfficeFace
from haidang.access.standing import above
from haidang.words.errors import Denied
from haidang.words.names import fold
from haidang.words.nouns import Actor, Grant, Label

manages = reach.manages
USES = models.USES
USUAL_POSTS = (
    "bi-thu", "chu-tich", "pho-chu-tich", "chanh-van-phong", "pho-chanh-van-phong", "giam-doc", "pho-giam-doc",
    "truong-ban", "pho-truong-ban", "chanh-thanh-tra", "thanh-tra-vien", "truong-phong", "pho-truong-phong",
    "chuyen-vien", "truc-ban", "can-bo-dau-moi", "quan-tri",
)  # fmt: skip
"""Posts with words (`post.<key>`); a centre may use others."""
STATES = ("in-use", "locked", "never", "idle", "disabled")
SORTS = ("name", "title", "office", "state", "seen", "created")
PAGE = 50
_FIELDS = (
    "id", "name", "title", "kind", "holder", "phone", "email", "use", "post", "unit", "office_id", "is_active",
    "disabled", "disabled_why", "activated", "created", "last_seen", "last_login",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One account as the list shows it. `state`: one of STATES; `seen`: last used in any way, None for never."""

    name: str
    title: str
    kind: str
    holder: str
    phone: str
    email: str
    use: str
    post: str
    unit: str
    office: OfficeFace | None
    state: str
    why: str
    activated: datetime | None
    disabled: datetime | None
    created: datetime
    seen: datetime | None

    @property
    def words(self) -> str:
        """What a search looks through."""
        office = f"{self.office.name.vi} {self.office.name.en} {self.office.key}" if self.office else ""
        return f"{self.name} {self.title} {self.holder} {self.phone} {self.email} {office}"


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to, "" for everything; `office`: of it and below; `sort`: a name of SORTS, `-` before
    it for the other way round; `page` from 1."""

    q: str = ""
    office: str = ""
    use: str = ""
    state: str = ""
    sort: str = SORTS[0]
    page: int = 1


@dataclass(frozen=True)
class Found:
    """One page of the list, how many it is of, and how many there are by state before narrowing by state."""

    lines: tuple[Line, ...]
    total: int
    by_state: dict[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class TokenFace:
    """A token without its secret."""

    id: int
    label: str
    created: datetime
    until: datetime | None
    last_used: datetime | None

    @property
    def over(self) -> bool:
        return self.until is not None and self.until <= timezone.now()


def people(who: Actor, wanted: Wanted | None = None, *, every: bool = False) -> Found:
    """The accounts somebody keeps; raises Denied('no-grant') for whoever keeps none. `every`: without pages (files)."""
    want = wanted or Wanted()
    if not reach.keeps_any(who):
        raise Denied("no-grant")
    matching = _matching(list(_lines(_narrowed(who, want))), want.q)
    by_state = {state: sum(line.state == state for line in matching) for state in STATES}
    shown = _sorted([line for line in matching if want.state in ("", line.state)], want.sort)
    first = (max(1, want.page) - 1) * PAGE
    return Found(tuple(shown if every else shown[first : first + PAGE]), len(shown), by_state)


def person(who: Actor, name: str) -> Line:
    """One account somebody keeps; raises Absent('unknown-actor')."""
    account = reach.managed(who, name)
    return next(iter(_lines(Account.objects.filter(pk=account.pk))))


def offices(*, closed: bool = False) -> tuple[OfficeFace, ...]:
    """Every office that stands, as a tree in order."""
    return offices_.offices(closed=closed)


def offices_of(who: Actor, *, closed: bool = False) -> tuple[OfficeFace, ...]:
    """The offices whose people somebody keeps, in the order of the tree; `closed`: those that are closed too."""
    where = reach.over(who)
    return tuple(one for one in offices_.offices(closed=closed) if where is None or one.id in where)


def may_change_office(who: Actor, one: OfficeFace) -> bool:
    """Whether somebody may change what is said of an office."""
    try:
        reach.office_changed(who, Office(pk=one.id, above_id=_id(one.above)), one.above)
    except Denied:
        return False
    return True


def _id(key: str) -> int | None:
    return Office.objects.filter(key=key).values_list("pk", flat=True).first() if key else None


def grants_of_office(who: Actor, key: str) -> tuple[Grant, ...]:
    """What was given to everybody of an office, or of a post in it, and to the offices above it."""
    office = Office.objects.filter(key=key).first()
    if office is None or not (reach.over(who) is None or office.pk in (reach.over(who) or ())):
        return ()
    rows = running_rows().filter(account=None, office__in=above(office))
    return tuple(row.grant("") for row in rows.order_by("office", "post", "pk"))


def _narrowed(who: Actor, want: Wanted) -> QuerySet[Account]:
    where = reach.over(who)
    rows = Account.objects.exclude(name=PUBLIC)
    if where is not None:
        rows = rows.filter(office__in=where)
    if want.use:
        rows = rows.filter(use=want.use)
    if want.office == "-":
        return rows.filter(office=None)
    if want.office:
        ids = [one.id for one in offices_.offices(closed=True) if one.key == want.office]
        rows = rows.filter(office__in=beneath(ids))
    return rows


def _lines(rows: QuerySet[Account]) -> Iterable[Line]:
    known = {one.id: one for one in offices_.offices(closed=True)}
    now = timezone.now()
    idle = now - timedelta(days=rules().idle_days)
    held = _held(now)
    tokens = dict(Token.objects.values_list("account_id").annotate(used=Max("last_used")))
    for row in rows.values(*_FIELDS):
        # `last_seen` alone says nothing: enabling an account sets it, so that its idle days begin anew.
        own = (row["last_seen"], row["last_login"]) if row["last_login"] else ()
        seen = max(filter(None, (*own, tokens.get(row["id"]))), default=None)
        yield _line(row, known.get(row["office_id"]), _state(row, seen, idle, row["name"] in held), seen)


def _line(row: dict[str, Any], office: OfficeFace | None, state: str, seen: datetime | None) -> Line:
    same = ("name", "title", "kind", "holder", "phone", "email", "use", "post", "unit", "activated", "disabled")
    return Line(
        **{name: row[name] for name in same},
        office=office,
        state=state,
        why=row["disabled_why"],
        created=row["created"],
        seen=seen,
    )


def _state(row: dict[str, Any], seen: datetime | None, idle: datetime, held: bool) -> str:
    if not row["is_active"]:
        return "disabled"
    if held:
        return "locked"
    if seen is None:
        return "never"
    return "idle" if seen < idle else "in-use"


def _held(now: datetime) -> frozenset[str]:
    """Names of accounts that are locked now, for somebody or for everybody."""
    return locks.holding(now, rules())


def _matching(lines: list[Line], q: str) -> list[Line]:
    """By beginnings of words; tones, case and đ aside."""
    words = fold(q).split()
    if not words:
        return lines
    return [line for line in lines if all(f" {word}" in f" {_said(line)}" for word in words)]


def _said(line: Line) -> str:
    return fold(f"{line.words} {line.name.replace('-', ' ').replace('.', ' ')}")


def _sorted(lines: list[Line], sort: str) -> list[Line]:
    name = sort.removeprefix("-")
    ordered = sorted(lines, key=lambda line: line.name)
    return sorted(ordered, key=lambda line: _order(line, name), reverse=sort.startswith("-"))


def _order(line: Line, sort: str) -> Any:
    if sort == "state":
        return STATES.index(line.state)
    if sort in ("seen", "created"):
        moment = line.seen if sort == "seen" else line.created
        return moment.timestamp() if moment else 0.0
    if sort == "office":
        return fold(line.office.name.vi) if line.office else ""
    return fold(line.title or line.name) if sort == "title" else line.name


def alike(who: Actor, holder: str, phone: str, *, but: str = "") -> tuple[str, ...]:
    """Names of accounts `who` keeps of what looks like the same person: one person has one account."""
    person_ = (fold(holder), _digits(phone))
    if not all(person_):
        return ()
    where = reach.over(who)
    # However a number is written, its last two digits stand together at the end: the table need not be read whole.
    rows = Account.objects.filter(is_active=True, phone__endswith=person_[1][-2:]).exclude(name=but)
    if where is not None:
        rows = rows.filter(office__in=where)
    found = rows.values_list("name", "holder", "phone")
    return tuple(sorted(name for name, own, number in found if (fold(own), _digits(number)) == person_))


def _digits(phone: str) -> str:
    """Vietnamese numbers with and without their country code are one: +84 912… is 0912…"""
    digits = "".join(sign for sign in phone if sign.isdecimal())
    return f"0{digits[2:]}" if digits.startswith("84") and len(digits) > 10 else digits


def tokens(who: Actor, name: str) -> tuple[TokenFace, ...]:
    """The tokens of an account somebody keeps, newest first."""
    rows = reach.managed(who, name).tokens.order_by("-created")
    return tuple(TokenFace(row.pk, row.label, row.created, row.until, row.last_used) for row in rows)


def grants(who: Actor, name: str) -> tuple[Grant, ...]:
    """What counts for an account somebody keeps; `through` says by what it came, "" when given to itself."""
    return reach.own_grants(reach.managed(who, name))


def last_acts(who: Actor, name: str, limit: int = 20) -> tuple[Trace, ...]:
    """What an account did last and what was done to it: rows of the trace, newest first (`tracing.telling`).

    The door asks first whether `who` reads the trace.
    """
    account = reach.managed(who, name)
    rows = Trace.objects.filter(Q(who=account.name) | Q(subject=account.name)).order_by("-pk")[:limit]
    return tuple(rows)


def keeps_all(who: Actor) -> bool:
    """Whether somebody is an administrator of the whole centre."""
    return reach.administrator(who)


keeps_any = reach.keeps_any


def posts() -> tuple[str, ...]:
    """Keys of the posts there are: the usual ones, and those some account bears."""
    borne = Account.objects.exclude(post="").values_list("post", flat=True).distinct()
    return tuple(sorted({*USUAL_POSTS, *borne}))


def office_names() -> dict[str, Label]:
    """Key → name of every office."""
    return offices_.names()
