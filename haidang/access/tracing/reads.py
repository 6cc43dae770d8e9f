"""Reads the trace for whoever may `audit`: search, one row with its proof, who looked at a dataset; how it fares.

Every such look is traced by the gate it passes. Never: writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from haidang.access import gate, trace
from haidang.access.models import Account, GrantRow, Trace, TraceHead
from haidang.access.people.granting import rules
from haidang.access.tracing import actions
from haidang.access.tracing import search as asking
from haidang.access.tracing.chain import Verified
from haidang.access.tracing.proving import verify
from haidang.access.tracing.search import Wanted
from haidang.words.errors import Absent
from haidang.words.nouns import ANY, Actor, Subject

__all__ = ["Looker", "Page", "Row", "Standing", "Verified", "Wanted", "verify"]
SUBJECT = Subject(ANY, "trace")
PAGE = 50


@dataclass(frozen=True)
class Row:
    """One row as it is told; `title`: what the account is called now, "" when it is none."""

    number: int
    at: datetime
    who: str
    title: str
    real: str
    action: str
    subject: str
    outcome: str
    because: str
    purpose: str
    address: str
    door: str
    privilege: int
    times: int
    digest: str
    before: str = ""  # of one row alone: the digest it stands on
    sound: bool | None = None  # of one row alone: whether its digest fits


@dataclass(frozen=True)
class Page:
    """Rows newest first; `older`: the number to go on before, 0 when there is no more."""

    rows: tuple[Row, ...]
    older: int


@dataclass
class Looker:
    """One person's looks at a dataset in a stretch of days."""

    who: str
    title: str
    first: datetime
    last: datetime
    looks: int = 0
    refused: int = 0
    clear: int = 0  # looks at personal data in clear, with a purpose
    things: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    purposes: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Standing:
    """How the trace stands: rows kept, from and to which number, rows not yet numbered, not yet at the SIEM."""

    rows: int
    first: int
    last: int
    waiting: int
    unsent: int
    unsent_since: datetime | None


def require(who: Actor) -> None:
    """Before any look at the trace; traced itself. Raises Denied."""
    gate.require(who, "audit", SUBJECT)


def search(who: Actor, wanted: Wanted, most: int = PAGE) -> Page:
    """The rows asked for, a page of them; what was asked for is traced. Raises Denied."""
    require(who)
    if said := asking.said(wanted):
        trace.note(who, "trace-search", said)
    found = list(asking.rows(wanted)[: most + 1])
    names = titles()
    told = tuple(_row(row, names) for row in found[:most])
    return Page(told, told[-1].number if len(found) > most else 0)


def taken(who: Actor, wanted: Wanted, most: int) -> list[Row]:
    """The same without pages, at most so many, to be taken away; traced as that. Raises Denied."""
    require(who)
    names = titles()
    found = [_row(row, names) for row in asking.rows(wanted)[:most].iterator(chunk_size=2000)]
    trace.note(who, "trace-export", asking.said(wanted), because=(f"rows={len(found)}",))
    return found


def one(who: Actor, number: int) -> Row:
    """One row with its proof; raises Denied, Absent('no-such-row')."""
    require(who)
    row = Trace.objects.filter(number=number).first()
    if row is None:
        raise Absent("no-such-row", found=number)
    before = _before(number)
    fits = actions.fits(row, before) if before is not None else None
    return _row(row, titles(), before=before or "", sound=fits)


def _before(number: int) -> str | None:
    """The digest a row stands on, None when it is no longer known."""
    head = TraceHead.objects.filter(pk=actions.HEAD).first()
    if head is None or number <= head.kept_from:
        return head.anchor if head is not None and number == head.kept_from else None
    return Trace.objects.filter(number=number - 1).values_list("digest", flat=True).first()


def titles() -> dict[str, str]:
    """Account name → what it is called."""
    return dict(Account.objects.values_list("name", "title"))


def _row(row: Trace, names: dict[str, str], *, before: str = "", sound: bool | None = None) -> Row:
    same = ("who", "real", "action", "subject", "outcome", "because", "purpose", "address", "door", "privilege")
    told = {name: getattr(row, name) for name in (*same, "times", "digest")}
    at = timezone.localtime(row.at)
    return Row(row.number or 0, at, title=names.get(row.who, ""), before=before, sound=sound, **told)


def actions_known() -> tuple[str, ...]:
    """Every act that stands in the trace."""
    return tuple(Trace.objects.order_by("action").values_list("action", flat=True).distinct())


def lookers(who: Actor, dataset: str, start: date, end: date) -> tuple[Looker, ...]:
    """Who looked at a dataset, or at numbers made from it, from day to day; most looks first. Raises Denied.

    Looks at what is open to everybody are not in the trace; the same look counts once a minute.
    """
    require(who)
    names, found = titles(), dict[str, Looker]()
    keys = asking.made_from(dataset)
    trace.note(who, "trace-lookers", f"{dataset} {start}..{end}")
    for row in asking.looks(keys, start, end).iterator(chunk_size=2000):
        if thing := asking.thing(row.subject, keys):
            _count(found.setdefault(row.who, Looker(row.who, names.get(row.who, ""), row.at, row.at)), row, thing)
    return tuple(sorted(found.values(), key=lambda one: (-one.clear, -one.looks, one.who)))


def _count(one: Looker, row: Trace, thing: str) -> None:
    one.first, one.last = min(one.first, row.at), max(one.last, row.at)
    one.refused += row.times if row.outcome == "denied" else 0
    one.looks += 0 if row.outcome == "denied" else row.times
    one.clear += 1 if row.purpose and row.outcome != "denied" else 0
    one.things.add(thing)
    one.addresses |= {row.address} - {""}
    one.purposes |= {row.purpose} - {""}


def standing() -> Standing:
    """For the doctor and the gauges; no row is told."""
    head = TraceHead.objects.filter(pk=actions.HEAD).first() or TraceHead()
    waiting = Trace.objects.filter(number=None).count()
    unsent = max(0, head.number - max(head.sent, head.kept_from - 1)) if actions.siem_target() else 0
    since = None
    if unsent:
        oldest = Trace.objects.filter(number__gt=max(head.sent, head.kept_from - 1)).order_by("number")
        since = oldest.values_list("at", flat=True).first()
    return Standing(head.number - head.kept_from + 1, head.kept_from, head.number, waiting, unsent, since)


def keepers() -> tuple[str, ...]:
    """Accounts that keep the centre or read the trace: who is told when something is wrong with it."""
    given = GrantRow.objects.filter(action__in=("manage", "audit", ANY), pack=ANY)
    shared = given.exclude(office=None)
    near = Q(grants__in=given) | Q(post__in=given.exclude(post="").values("post"))
    near |= Q(office__in=rules.beneath(row.office_id for row in shared if row.office_id))
    accounts = Account.objects.filter(near, is_active=True).exclude(kind="public").distinct().order_by("name")
    return tuple(one.name for one in accounts if {"manage", "audit", ANY} & {g.action for g in gate.grants(one.actor)})
