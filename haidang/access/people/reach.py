"""Who keeps whose accounts.

The administrator (`manage` on every pack and place) keeps all; who holds `people` over an office keeps the accounts of
it and of what is below it; everybody else keeps nobody's, and to them every account is absent. Nobody gives himself
anything, and nobody gains by another's account what he could not give. Never: writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from haidang.access import gate
from haidang.access.decide import counts
from haidang.access.models import PUBLIC, Account, GrantRow, Office
from haidang.access.people.offices import reads as offices
from haidang.access.standing import above
from haidang.words.errors import Absent, Denied
from haidang.words.nouns import ANY, Actor, Grant, Level

KEEPING = ("manage", "people", "audit", "personal", ANY)
"""Actions whose holders only an administrator touches."""


def administrator(who: Actor) -> bool:
    """Whether somebody keeps the whole centre: `manage` on every pack, in every place."""
    now = timezone.now()
    return not who.real and any(_whole(grant, who, now) for grant in gate.grants(who))


def _whole(grant: Grant, who: Actor, now: datetime) -> bool:
    return counts(grant, who, "manage", now) and grant.pack == ANY == grant.place and grant.over in ("", ANY)


def over(who: Actor) -> frozenset[int] | None:
    """Ids of the offices whose people somebody keeps; None: everybody's."""
    if administrator(who):
        return None
    now = timezone.now()
    keys = {grant.over for grant in gate.grants(who) if grant.action == "people" and counts(grant, who, "people", now)}
    if who.real or not keys:
        return frozenset()
    if ANY in keys:
        return None
    return offices.below(Office.objects.filter(key__in=keys).values_list("pk", flat=True))


def keeps_any(who: Actor) -> bool:
    """Whether somebody keeps anybody's account at all."""
    return over(who) != frozenset()


def manages(who: Actor, account: Account) -> bool:
    """Whether an account is one of those somebody keeps. Nobody keeps the public."""
    where = over(who)
    return account.name != PUBLIC and (where is None or (account.office_id is not None and account.office_id in where))


def managed(who: Actor, name: str) -> Account:
    """An account somebody keeps, closed ones too; raises Absent('unknown-actor'), as for one that is not there."""
    found = Account.objects.select_related("office").filter(name=name.strip().lower()).first()
    if found is None or not manages(who, found):
        raise Absent("unknown-actor", found=name[:64], nearest="")
    return found


def may_change(by: Actor, account: Account) -> bool:
    """Whether `by` may act on an account it keeps: a delegated administrator not on those who keep the centre."""
    return administrator(by) or not _keeps_the_centre(account)


def acting(by: Actor, name: str, *, self_too: bool = False) -> Account:
    """An account to act on.

    Raises Absent, Denied('no-grant') for those above one, Denied('not-yourself') for one's own.
    """
    account = managed(by, name)
    if not may_change(by, account):
        raise Denied("no-grant")
    if account.name == by.name and not self_too:
        raise Denied("not-yourself")
    return account


def _keeps_the_centre(account: Account) -> bool:
    return account.use == "admin" or any(grant.action in KEEPING for grant in own_grants(account))


def own_grants(account: Account) -> tuple[Grant, ...]:
    """What counts for an account now, closed or not, without what everybody may."""
    direct = _running().filter(account=account).select_related("account", "office")
    shared = (grant for grant in comes_with(account.office, account.post, account.name))
    return (*(row.grant(account.name) for row in direct), *shared)


def comes_with(office: Office | None, post: str, name: str = "") -> tuple[Grant, ...]:
    """The grants whoever is in an office, or bears a post, has by that."""
    to = Q(office=None) | Q(office__in=above(office))
    rows = _running().filter(to, account=None, post__in={"", post}).select_related("office")
    return tuple(row.grant(name) for row in rows.order_by("pk"))


def _running() -> QuerySet[GrantRow]:
    return GrantRow.objects.filter(Q(until=None) | Q(until__gt=timezone.now()), privilege=None)


def may_stand_for(by: Actor, account: Account) -> bool:
    """Whether `by` may be handed the way into an account: only when all the account may is `by`'s to give."""
    return administrator(by) or not _beyond(by, own_grants(account))


def standing_for(by: Actor, account: Account) -> None:
    """Before a password, a token, a factor or an address of an account is set; raises Denied('beyond-your-own')."""
    if not may_stand_for(by, account):
        raise Denied("beyond-your-own")


def placed(by: Actor, account: Account, office: Office | None, post: str) -> None:
    """Before an account is put into an office or a post: what it gains by that must be `by`'s to give.

    Raises Denied('not-yourself' | 'beyond-your-own'), Absent('unknown-office') for an office `by` does not keep.
    """
    where = over(by)
    if where is not None and (office is None or office.pk not in where):
        raise Absent("unknown-office", found=office.key if office else "")
    if account.pk and account.office_id == (office.pk if office else None) and account.post == post:
        return
    if account.name == by.name:
        raise Denied("not-yourself")
    had = {grant.id for grant in own_grants(account)} if account.pk else set()
    gained = [grant for grant in comes_with(office, post, account.name) if grant.id not in had]
    if not administrator(by) and _beyond(by, gained):
        raise Denied("beyond-your-own")


def _beyond(by: Actor, grants: Iterable[Grant]) -> bool:
    from haidang.access.people import granting

    for grant in grants:
        if grant.action == "read" and grant.level is Level.PUBLIC:
            continue  # what everybody may anyway
        try:
            granting.offerable(by, grant)
        except Denied:
            return True
    return False


def office_changed(by: Actor, row: Office, above_key: str) -> None:
    """Before an office is made or changed. An administrator: any; a delegated one: what is below what it keeps.

    Raises Denied('no-grant').
    """
    if administrator(by):
        return
    where = over(by)
    parent = Office.objects.filter(key=above_key).values_list("pk", flat=True).first() if above_key else None
    inside = where is None or parent in where
    # To move an office is to change what its people may: that is the administrator's.
    stays = row.pk is None or row.above_id == parent
    if where == frozenset() or parent is None or not inside or not stays:
        raise Denied("no-grant")


def administrators() -> tuple[str, ...]:
    """Names of the accounts in use that keep the whole centre."""
    rows = _running().filter(action__in=("manage", ANY), pack=ANY, place=ANY, over__in=("", ANY))
    found: set[str] = set()
    for row in rows.select_related("account", "office"):
        found |= set(_holders(row).values_list("name", flat=True))
    return tuple(sorted(found))


def _holders(row: GrantRow) -> QuerySet[Account]:
    people = Account.objects.filter(is_active=True)
    if row.account_id:
        return people.filter(pk=row.account_id)
    inside = people.filter(office__in=offices.below({row.office_id})) if row.office_id else people
    return inside.filter(post=row.post) if row.post else inside


def last_administrator(account: Account) -> bool:
    """Whether nobody would keep the centre without this account."""
    return administrators() == (account.name,)
