"""The list of grants: those one keeps, narrowed as asked for; the table of offices and packs; what ends soon.

Never: writes; shows a grant to somebody who keeps neither it nor the trace.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from haidang.access import gate
from haidang.access.models import PUBLIC, Account, GrantEnded, GrantRow, Office
from haidang.access.people.granting import rules
from haidang.access.territory import inside
from haidang.words.errors import Denied
from haidang.words.names import fold
from haidang.words.nouns import ANY, Actor, Grant, Level

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to, "" for everything. `ended`: those that ran out or were withdrawn instead."""

    q: str = ""
    pack: str = ""
    action: str = ""
    level: str = ""
    place: str = ""
    office: str = ""
    soon: bool = False
    ended: bool = False


@dataclass(frozen=True)
class Line:
    """One grant: to whom (`kind` account | office | post | public), as the noun, why, by whom; `ended` when it has."""

    number: int
    kind: str
    to: str
    title: str
    office: str
    grant: Grant
    why: str
    given_by: str
    created: datetime
    ended: datetime | None = None
    ended_by: str = ""
    mine: bool = False  # the reader may withdraw it


def may_list(who: Actor) -> bool:
    return rules.administers(who) or audits(who) or bool(rules.ceilings(who))


def audits(who: Actor) -> bool:
    """Whether somebody reads the trace and the reviews."""
    return not who.real and any(grant.action in ("audit", ANY) for grant in gate.grants(who))


def grants(who: Actor, want: Wanted | None = None) -> list[Line]:
    """Every grant the reader keeps (administrator, `audit`: all; `people`: of its people); raises Denied."""
    want = want or Wanted()
    rows = _kept(who)
    if want.ended:
        lines = [*_ran_out(rows), *_withdrawn(who)]
    else:
        now = timezone.now()
        lines = [line(row) for row in rows.filter(Q(until=None) | Q(until__gt=now))]
    return [_owned(who, one) for one in sorted(lines, key=_order) if _matches(one, want)]


def _order(one: Line) -> tuple[str, str, int]:
    return one.kind, fold(one.title), one.number


def _kept(who: Actor) -> QuerySet[GrantRow]:
    """The rows a reader may list; raises Denied."""
    rows = GrantRow.objects.select_related("account__office", "office").filter(privilege=None)
    if rules.administers(who) or audits(who):
        return rows
    over = _over(who)
    if over is None:
        return rows.exclude(account__name=PUBLIC)
    return rows.filter(Q(account__office__in=over) | Q(office__in=over))


def _over(who: Actor) -> set[int] | None:
    """Ids of the offices whose people one keeps; None: everybody's; raises Denied."""
    given = rules.ceilings(who)
    if not given:
        raise Denied("no-grant")
    keys = {grant.over for grant in given}
    if ANY in keys:
        return None
    return rules.beneath(Office.objects.filter(key__in=keys).values_list("pk", flat=True))


def line(row: GrantRow) -> Line:
    """A row as it is listed."""
    grant = row.grant(row.account.name if row.account else "")
    kind, to, title, office = _to(row)
    return Line(row.pk, kind, to, title, office, grant, row.why, row.given_by, row.created)


def _to(row: GrantRow) -> tuple[str, str, str, str]:
    if row.account:
        kind = "public" if row.account.name == PUBLIC else "account"
        office = row.account.office.name_vi if row.account.office else ""
        return kind, row.account.name, row.account.title or row.account.name, office
    name = row.office.name_vi if row.office else ""
    if row.post:
        return "post", f"{row.office.key if row.office else ANY}/{row.post}", row.post, name
    return "office", row.office.key if row.office else "", name, ""


def _ran_out(rows: QuerySet[GrantRow]) -> Iterable[Line]:
    for row in rows.filter(until__lte=timezone.now()):
        one = line(row)
        yield Line(**{**vars(one), "ended": row.until})


def _withdrawn(who: Actor) -> Iterable[Line]:
    rows = GrantEnded.objects.order_by("-ended")
    if not (rules.administers(who) or audits(who)):
        over = _over(who)
        people = Account.objects.filter(office__in=over) if over is not None else Account.objects.all()
        rows = rows.filter(to__in=people.values_list("name", flat=True))
    titles = dict(Account.objects.values_list("name", "title"))
    for row in rows[:2000]:
        kind = "account" if row.to else "office"
        level = Level(row.level)
        grant = Grant(f"{row.number}", row.to, row.action, row.pack, row.place, level, row.until, row.over, row.through)
        title = titles.get(row.to) or row.to or row.through
        kept = (row.why, row.given_by, row.created, row.ended, row.ended_by)
        yield Line(row.number, kind, row.to or row.through, title, "", grant, *kept)


def _matches(one: Line, want: Wanted) -> bool:
    grant = one.grant
    said = f" {fold(f'{one.title} {one.to} {one.office} {one.why}')}"
    return (
        want.pack in ("", grant.pack)
        and want.action in ("", grant.action)
        and want.level in ("", grant.level.name.lower())
        and want.office in ("", one.office, one.to.partition("/")[0], _office_key(one))
        and (not want.soon or _soon(grant))
        and (not want.place or grant.place == ANY or want.place in inside(grant.place))
        and all(f" {word}" in said for word in fold(want.q).split())
    )


def _office_key(one: Line) -> str:
    return one.to if one.kind == "office" else ""


def _soon(grant: Grant) -> bool:
    return grant.until is not None and grant.until <= timezone.now() + SOON


def _owned(who: Actor, one: Line) -> Line:
    if one.ended:
        return one
    mine = rules.administers(who) or any(rules.covers(ceiling, one.grant) for ceiling in rules.ceilings(who))
    return Line(**{**vars(one), "mine": mine})


def counted(number: int) -> tuple[str, ...]:
    """Names of the accounts a grant counts for now."""
    row = GrantRow.objects.filter(pk=number).first()
    return tuple(one.name for one in rules.holders(row)) if row else ()


def ending(now: datetime, within: timedelta) -> list[tuple[Line, tuple[str, ...]]]:
    """Grants that end within that time, with the accounts they count for."""
    rows = rules.running_rows(now).filter(until__lte=now + within).exclude(account__name=PUBLIC)
    return [(line(row), tuple(one.name for one in rules.holders(row))) for row in rows]


def offices(who: Actor) -> dict[str, str]:
    """Key → name of the offices whose people one may give to: all of them, or those one's `people` is over."""
    rows = Office.objects.filter(closed=None).order_by("name_vi")
    if not rules.administers(who):
        over = None if audits(who) else _over(who)
        rows = rows if over is None else rows.filter(pk__in=over)
    return {row.key: row.name_vi for row in rows}


def accounts(who: Actor) -> dict[str, str]:
    """Name → title of the accounts one may give to, without oneself."""
    rows = Account.objects.filter(is_active=True).exclude(name=who.name).order_by("title", "name")
    if not rules.administers(who):
        over = _over(who)
        rows = rows.exclude(name=PUBLIC) if over is None else rows.filter(office__in=over)
    return {row.name: row.title or row.name for row in rows}


def posts() -> tuple[str, ...]:
    """Keys of the posts that accounts hold."""
    return tuple(Account.objects.exclude(post="").order_by("post").values_list("post", flat=True).distinct())


@dataclass(frozen=True)
class Cell:
    """What one has in one pack: the highest level to which it is read, and what else is allowed; "" when nothing."""

    level: Level | None
    actions: tuple[str, ...]


def table(lines: Iterable[Line]) -> dict[tuple[str, str, str], dict[str, Cell]]:
    """(kind, to, title) → pack (or ANY) → Cell."""
    found: dict[tuple[str, str, str], dict[str, list[Grant]]] = {}
    for one in lines:
        found.setdefault((one.kind, one.to, one.title), {}).setdefault(one.grant.pack, []).append(one.grant)
    return {who: {pack: _cell(given) for pack, given in packs.items()} for who, packs in found.items()}


def _cell(given: Iterable[Grant]) -> Cell:
    grants = list(given)
    levels = [grant.level for grant in grants if grant.action in ("read", ANY)]
    return Cell(max(levels, default=None), tuple(dict.fromkeys(g.action for g in grants if g.action != "read")))
