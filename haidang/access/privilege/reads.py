"""Privileged sessions: the one that runs, those that were, what was looked at in one, who is told of it.

Never: writes; shows the data that was looked at (the trace names things, not values).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from haidang.access import standing
from haidang.access.models import ACTIONS, Account, GrantRow, Office, Privilege, SeenAs, Trace
from haidang.access.people.granting import reads as granting
from haidang.access.people.granting import rules
from haidang.words.errors import Absent
from haidang.words.nouns import ANY, Actor, Grant, Level

TOLD_AT = time(8)
"""When the head is told, the day after."""


@dataclass(frozen=True)
class Session:
    """One privileged session. `seen_as`: (name, title) of whom it sees as now; `minutes`: left, 0 when it has ended."""

    number: int
    name: str
    title: str
    reason: str
    opened: datetime
    until: datetime
    closed: datetime | None
    reported: datetime | None
    grant: Grant
    seen_as: tuple[str, str] = ("", "")

    def minutes(self, now: datetime) -> int:
        """Whole minutes left, the begun one counted."""
        if self.closed or now >= self.until:
            return 0
        return int((self.until - now).total_seconds() // 60) + 1

    @property
    def ended(self) -> datetime:
        return min(self.closed or self.until, self.until)


@dataclass(frozen=True)
class Look:
    """One thing looked at, done or refused within a session: how often, when first and last; `who`: as whom."""

    who: str
    action: str
    pack: str
    thing: str
    outcome: str
    count: int
    first: datetime
    last: datetime


def current(who: Actor) -> Session | None:
    """The open session an actor of a browser acts in, seen as another or not."""
    if not who.privilege:
        return None
    now = timezone.now()
    row = (
        Privilege.objects.select_related("account")
        .filter(pk=who.privilege, account__name=who.real or who.name, closed=None, until__gt=now)
        .first()
    )
    return _session(row) if row else None


def running(who: Actor) -> Session | None:
    """The same, for who acts as himself: by what the actor carries, else the one of the account that is open."""
    if who.privilege:
        return current(who)
    row = Privilege.objects.select_related("account").filter(
        account__name=who.name, closed=None, until__gt=timezone.now()
    )
    found = row.order_by("-pk").first()
    return _session(found) if found else None


def _session(row: Privilege) -> Session:
    grant = GrantRow.objects.filter(privilege=row).first()
    noun = grant.grant(row.account.name) if grant else Grant("", row.account.name)
    seen = SeenAs.objects.select_related("account").filter(privilege=row, closed=None).order_by("-pk").first()
    shown = (seen.account.name, seen.account.title or seen.account.name) if seen else ("", "")
    told = (row.reason, row.opened, row.until, row.closed, row.reported)
    return Session(row.pk, row.account.name, row.account.title or row.account.name, *told, noun, shown)


def sessions(who: Actor, limit: int = 200) -> tuple[Session, ...]:
    """Those one may read of, newest first: administrators and `audit` all, a head those of its people."""
    rows = Privilege.objects.select_related("account").order_by("-pk")[: limit * 3]
    return tuple(_session(row) for row in rows if may_read(who, row.account))[:limit]


def may_read(who: Actor, account: Account) -> bool:
    if who.real:
        return False
    return rules.administers(who) or granting.audits(who) or who.name in heads(account)


def one(who: Actor, number: int) -> Session:
    """Raises Absent('unknown-privilege') for one that is not there, or not one's to read."""
    row = Privilege.objects.select_related("account__office").filter(pk=number).first()
    if row is None or not may_read(who, row.account):
        raise Absent("unknown-privilege", found=number)
    return _session(row)


def looks(number: int) -> tuple[Look, ...]:
    """What was looked at, done or refused in a session, by thing."""
    found: dict[tuple[str, str, str, str, str], list[datetime]] = {}
    times: Counter[tuple[str, str, str, str, str]] = Counter()
    for row in Trace.objects.filter(privilege=number).order_by("pk").iterator():
        pack, thing = _thing(row.action, row.subject)
        about = (row.who, row.action, pack, thing, row.outcome)
        found.setdefault(about, []).append(row.at)
        times[about] += row.times
    return tuple(Look(*about, times[about], at[0], at[-1]) for about, at in found.items())


def _thing(action: str, subject: str) -> tuple[str, str]:
    """`pack/thing (level)` of a decision; of any other act the whole is the thing."""
    read = re.fullmatch(r"([a-z0-9*-]+)(?:/(.*?))?(?: \([a-z]+\))?", subject)
    return (read[1], read[2] or "") if read and action in ACTIONS else ("", subject)


def seen_as(number: int) -> tuple[tuple[str, str, datetime, datetime | None], ...]:
    """Whom the session saw as: (name, title, from, until)."""
    rows = SeenAs.objects.select_related("account").filter(privilege=number).order_by("pk")
    return tuple((row.account.name, row.account.title or row.account.name, row.opened, row.closed) for row in rows)


# --- the report of the next day


@dataclass(frozen=True)
class Report:
    """One session to tell of: to whom (names), and how much was looked at by pack."""

    session: Session
    to: tuple[str, ...]
    packs: tuple[tuple[str, int], ...]
    looks: int


def due(now: datetime) -> tuple[Report, ...]:
    """Sessions of days gone by that nobody was told of, once it is eight o'clock."""
    rows = Privilege.objects.select_related("account__office").filter(reported=None, opened__lt=_told_until(now))
    return tuple(report(row) for row in rows.order_by("pk"))


def _told_until(now: datetime) -> datetime:
    """Midnight before the last eight o'clock, Việt Nam time."""
    local = timezone.localtime(now)
    day: date = local.date() if local.time() >= TOLD_AT else local.date() - timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))


def report(row: Privilege) -> Report:
    """What is told of a session."""
    found = looks(row.pk)
    packs: Counter[str] = Counter()
    for one in found:
        if one.action == "read":
            packs[one.pack] += one.count
    return Report(_session(row), heads(row.account), tuple(packs.most_common()), sum(packs.values()))


def told(number: int) -> tuple[str, ...]:
    """Names of whom a session is reported to."""
    row = Privilege.objects.select_related("account__office").filter(pk=number).first()
    return heads(row.account) if row else ()


def heads(account: Account) -> tuple[str, ...]:
    """Who answers for somebody: the head of the nearest office that has one, else the other administrators.

    Nobody answers for himself; when there is nobody else, whoever holds `audit`.
    """
    for number in standing.above(account.office):
        head = Office.objects.select_related("head").get(pk=number).head
        if head is not None and head.is_active and head.pk != account.pk:
            return (head.name,)
    others = tuple(name for name in rules.administrators() if name != account.name)
    return others or _auditors(account)


def _auditors(account: Account) -> tuple[str, ...]:
    rows = rules.running_rows().filter(action__in=("audit", ANY))
    names = {one.name: None for row in rows for one in rules.holders(row) if one.pk != account.pk}
    return tuple(sorted(names))


def most_level() -> Level:
    """The highest level such a session reaches."""
    return Level.RESTRICTED
