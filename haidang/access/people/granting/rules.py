"""Who may give which grant to whom. Never: writes; lets anybody give to himself.

An administrator (`manage` on every pack and the whole centre) gives anything but to himself. Whoever holds `people`
over an office gives to its people, and to those of the offices below it, what lies within that grant: its pack, its
places, its level, its end; to read, import or mend alone, never people's own data.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from haidang.access import gate, standing
from haidang.access.models import OPERATOR, PUBLIC, Account, GrantRow, Office
from haidang.access.territory import home, inside
from haidang.words.errors import BadQuestion, Denied
from haidang.words.nouns import ANY, Actor, Grant, Level

LENT = ("read", "import", "mend")
"""What a delegated administrator may give."""

HEAVY = ("manage", "people", "audit", "personal", ANY)
"""What only administrators give, two of them where there are two."""


def administers(who: Actor) -> bool:
    """Whether somebody is an administrator of the centre, sitting there as himself."""
    return who.kind == OPERATOR or (not who.real and any(map(_administrator, gate.grants(who))))


def _administrator(grant: Grant) -> bool:
    whole = grant.place == ANY or home() in inside(grant.place)
    return grant.action in ("manage", ANY) and grant.pack == ANY and whole


def administrators() -> tuple[str, ...]:
    """Names of the accounts that administer the centre now."""
    rows = running_rows().filter(action__in=("manage", ANY), pack=ANY)
    names = {one.name for row in rows for one in holders(row)}
    accounts = Account.objects.filter(name__in=names).order_by("name")
    return tuple(one.name for one in accounts if administers(one.actor))


def running_rows(now: datetime | None = None) -> QuerySet[GrantRow]:
    """Grants that have not run out, without those of privileged sessions."""
    after = now or timezone.now()
    return GrantRow.objects.select_related("account", "office").filter(
        Q(until=None) | Q(until__gt=after), privilege=None
    )


def holders(row: GrantRow) -> QuerySet[Account]:
    """The accounts a grant counts for (of one to the public: the public's alone)."""
    every = Account.objects.filter(is_active=True)
    if row.account_id:
        return every.filter(pk=row.account_id)
    if row.office_id:
        every = every.filter(office__in=beneath([row.office_id]))
    return every.filter(post=row.post) if row.post else every


def beneath(offices: Iterable[int]) -> set[int]:
    """Ids of these offices and of every one below them."""
    found: set[int] = set()
    more = set(offices)
    while more:
        found |= more
        more = set(Office.objects.filter(above__in=more).values_list("pk", flat=True)) - found
    return found


def ceilings(who: Actor) -> tuple[Grant, ...]:
    """The `people` grants of somebody who sits there as himself."""
    if who.real or who.kind == OPERATOR:
        return ()
    return tuple(grant for grant in gate.grants(who) if grant.action == "people" and grant.over)


def weighty(grant: Grant) -> bool:
    """Whether it takes an administrator, and a second one where there is one."""
    return grant.level >= Level.PERSONAL or grant.action in HEAVY


def offerable(by: Actor, grant: Grant) -> None:
    """Whether `by` may give this grant (`actor` or `through` says to whom).

    Raises Denied('beyond-your-own' | 'not-to-yourself' | 'public-gets-open-level' | 'read-only-as-another'),
    BadQuestion('over-missing'), Absent('unknown-place').
    """
    if by.kind == OPERATOR:
        return _sound(grant)
    if by.real:
        raise Denied("read-only-as-another")
    if reaches(grant, by.name) and grant.actor != PUBLIC:
        raise Denied("not-to-yourself")
    _sound(grant)
    if not administers(by) and not any(covers(ceiling, grant) for ceiling in ceilings(by)):
        raise Denied("beyond-your-own")
    return None


def _sound(grant: Grant) -> None:
    if grant.actor == PUBLIC and (grant.action != "read" or grant.level > Level.PUBLIC):
        raise Denied("public-gets-open-level")
    if (grant.action == "people") != bool(grant.over):
        raise BadQuestion("over-missing")


def reaches(grant: Grant, name: str) -> bool:
    """Whether a grant would count for that account, directly or by its office and post."""
    if grant.actor:
        return grant.actor in (name, PUBLIC)
    key, _, post = grant.through.partition("/")
    account = Account.objects.select_related("office").filter(name=name).first()
    if account is None or post not in ("", ANY, account.post):
        return False
    return key in ("", ANY) or key in _keys_above(account.office)


def covers(ceiling: Grant, grant: Grant) -> bool:
    """Whether a grant lies wholly within a `people` grant."""
    return (
        grant.action in LENT
        and grant.actor != PUBLIC
        and grant.level <= min(ceiling.level, Level.RESTRICTED)
        and ceiling.pack in (ANY, grant.pack)
        and _ends_within(ceiling, grant)
        and _lies_within(ceiling, grant)
        and over(ceiling, grant)
    )


def _ends_within(ceiling: Grant, grant: Grant) -> bool:
    return ceiling.until is None or (grant.until is not None and grant.until <= ceiling.until)


def _lies_within(ceiling: Grant, grant: Grant) -> bool:
    if ANY in (ceiling.place, grant.place):
        return ceiling.place == ANY
    return inside(grant.place) <= inside(ceiling.place)


def over(ceiling: Grant, grant: Grant) -> bool:
    """Whether whoever receives it belongs to the office the `people` grant is over, or to one below."""
    if ceiling.over == ANY:
        return True
    return ceiling.over in _keys_above(_office(grant))


def _office(grant: Grant) -> Office | None:
    if grant.actor:
        account = Account.objects.select_related("office").filter(name=grant.actor, is_active=True).first()
        return account.office if account else None
    return Office.objects.filter(key=grant.through.partition("/")[0], closed=None).first()


def _keys_above(office: Office | None) -> set[str]:
    return set(Office.objects.filter(pk__in=standing.above(office)).values_list("key", flat=True))


def most_level(by: Actor) -> Level:
    """The highest level somebody may give at all."""
    if administers(by):
        return Level.PERSONAL
    levels = [min(ceiling.level, Level.RESTRICTED) for ceiling in ceilings(by)]
    return max(levels, default=Level.PUBLIC)
