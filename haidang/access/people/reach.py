"""Who keeps whose accounts.

The administrator keeps all; who holds `people` over an office keeps the accounts of it and of what is below it;
everybody else keeps nobody's, and to them every account is absent. Nobody gives himself anything, and nobody gains by
another's account what he neither has nor could give. Never: writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, TypeVar

from django.db.models import Q

from haidang.access import gate
from haidang.access.models import PUBLIC, Account, Office
from haidang.access.people.granting import rules
from haidang.access.standing import above
from haidang.access.territory import inside
from haidang.words.errors import Absent, Denied
from haidang.words.nouns import ANY, Actor, Grant, Level

Found = TypeVar("Found")

_known: ContextVar[dict[tuple[str, Actor], Any] | None] = ContextVar("haidang.reach", default=None)


@contextmanager
def steady() -> Iterator[None]:
    """Inside, what somebody keeps is looked up once: for many acts of one person in one go."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def _once(what: str, who: Actor, look: Callable[[Actor], Found]) -> Found:
    known = _known.get()
    if known is None:
        return look(who)
    if (what, who) not in known:
        known[what, who] = look(who)
    found: Found = known[what, who]
    return found


def administrator(who: Actor) -> bool:
    """Whether somebody keeps the whole centre."""
    return _once("administrator", who, rules.administers)


def over(who: Actor) -> frozenset[int] | None:
    """Ids of the offices whose people somebody keeps; None: everybody's."""
    return _once("over", who, _over)


def _over(who: Actor) -> frozenset[int] | None:
    if administrator(who):
        return None
    keys = {ceiling.over for ceiling in rules.ceilings(who)}
    if ANY in keys:
        return None
    return frozenset(rules.beneath(Office.objects.filter(key__in=keys).values_list("pk", flat=True)))


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
    return account.use == "admin" or any(grant.action in rules.HEAVY for grant in own_grants(account))


def own_grants(account: Account) -> tuple[Grant, ...]:
    """What counts for an account now, closed or not, without what everybody may; `through` says by what it came."""
    direct = rules.running_rows().filter(account=account)
    shared = (replace(grant, actor=account.name) for grant in comes_with(account.office, account.post))
    return (*(row.grant(account.name) for row in direct.order_by("pk")), *shared)


def comes_with(office: Office | None, post: str) -> tuple[Grant, ...]:
    """The grants whoever is in an office, or bears a post, has by that."""
    to = Q(office=None) | Q(office__in=above(office))
    rows = rules.running_rows().filter(to, account=None, post__in={"", post})
    return tuple(row.grant("") for row in rows.order_by("pk"))


def may_stand_for(by: Actor, account: Account) -> bool:
    """Whether `by` may be handed the way into an account: only when it can give, or has, all that the account may."""
    if administrator(by):
        return True
    has = gate.grants(by)
    wider = [grant for grant in own_grants(account) if not any(_holds(own, grant) for own in has)]
    return not _beyond(by, wider, account.office)


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
    if administrator(by):
        return
    had = {grant.id for grant in own_grants(account)} if account.pk else set()
    gained = [grant for grant in comes_with(office, post) if grant.id not in had]
    if _beyond(by, gained, office):
        raise Denied("beyond-your-own")


def _beyond(by: Actor, grants: Iterable[Grant], office: Office | None) -> bool:
    """Whether some of these grants are more than `by` may give; `office`: of whoever has those given to an account."""
    ceilings, key = rules.ceilings(by), office.key if office else ""
    for grant in grants:
        if grant.action == "read" and grant.level is Level.PUBLIC:
            continue  # what everybody may anyway
        asked = replace(grant, actor="", through=grant.through or f"{key}/{ANY}")
        if not any(rules.covers(ceiling, asked) for ceiling in ceilings):
            return True
    return False


def _holds(own: Grant, grant: Grant) -> bool:
    """Whether one grant allows all that another does."""
    if own.action not in (grant.action, ANY) or own.pack not in (grant.pack, ANY) or own.level < grant.level:
        return False
    if ANY in (own.place, grant.place):
        return own.place == ANY
    return inside(grant.place) <= inside(own.place)


def office_changed(by: Actor, row: Office, above_key: str) -> None:
    """Before an office is made or changed. An administrator: any; a delegated one: what is below what it keeps.

    Raises Denied('no-grant').
    """
    if administrator(by):
        return
    where = over(by)
    parent = Office.objects.filter(key=above_key).values_list("pk", flat=True).first() if above_key else None
    inside_ = where is None or parent in where
    # To move an office is to change what its people may: that is the administrator's.
    stays = row.pk is None or row.above_id == parent
    if where == frozenset() or parent is None or not inside_ or not stays:
        raise Denied("no-grant")


def last_administrator(account: Account) -> bool:
    """Whether nobody would keep the centre without this account."""
    return rules.administrators() == (account.name,)
