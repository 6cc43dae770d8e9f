"""Which grants count for an Actor now: its own, those of its office and post, the public's, a privileged session's.

Never: writes; asks what lies inside a place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from haidang.access.models import PUBLIC, Account, GrantRow, Office, Privilege, SeenAs
from haidang.words.nouns import ANY, Actor, Grant, Level

SEEN_AS = Level.RESTRICTED
"""Whoever sees as another never reaches personal data."""


def of_session(who: Actor, session: Mapping[str, Any]) -> Actor:
    """The account with what its browser session stands for, as far as that still runs.

    Keys of the session: `privilege` (id), `seen_as` (id), `purpose` {"words", "until" (ISO 8601), "packs"}.
    """
    privileged = _privileged(who, session.get("privilege"))
    seen = _seen_as(privileged, session.get("seen_as"))
    words, packs = _purpose(session.get("purpose"))
    return seen or replace(privileged, purpose=words, purpose_packs=packs)


def _privileged(who: Actor, number: object) -> Actor:
    if not isinstance(number, int):
        return who
    now = timezone.now()
    runs = Privilege.objects.filter(pk=number, account__name=who.name, closed=None, opened__lte=now, until__gt=now)
    return replace(who, privilege=number) if runs.exists() else who


def _seen_as(who: Actor, number: object) -> Actor | None:
    if not isinstance(number, int) or not who.privilege:
        return None
    row = SeenAs.objects.select_related("account").filter(
        pk=number, privilege=who.privilege, closed=None, account__is_active=True
    )
    seen = row.first()
    return replace(seen.account.actor, real=who.name, privilege=who.privilege) if seen else None


def _purpose(said: object) -> tuple[str, tuple[str, ...]]:
    """What personal data is looked at for, and of which packs; "" when nothing was said or its time is over."""
    if not isinstance(said, dict) or timezone.now() >= datetime.fromisoformat(str(said["until"])):
        return "", ()
    return str(said["words"]), tuple(said.get("packs", ()))


_read: ContextVar[dict[tuple[object, ...], tuple[Any, ...]] | None] = ContextVar("haidang.grants", default=None)


@contextmanager
def sitting() -> Iterator[None]:
    """Inside, an actor's grants are read once, until any of what they rest on is written. One request, no longer."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def _forget(**_: object) -> None:
    if read := _read.get():
        read.clear()


for _model in (Account, GrantRow, Office, Privilege, SeenAs):
    post_save.connect(_forget, sender=_model, dispatch_uid=f"haidang.grants.{_model.__name__}")
    post_delete.connect(_forget, sender=_model, dispatch_uid=f"haidang.grants.{_model.__name__}")


def running(who: Actor) -> tuple[Grant, ...]:
    """The grants that count for an actor now, the public's among them, oldest first.

    Whoever sees as another may only read, and no further than the privileged session does.
    """
    return _once(_running, who)


def _once(look: Callable[[Actor], tuple[Any, ...]], who: Actor) -> tuple[Any, ...]:
    """What a look finds, kept while the sitting lasts."""
    read, key = _read.get(), (look, who.name, who.privilege, who.real)
    if read is None:
        return look(who)
    if key not in read:
        read[key] = look(who)
    return read[key]


_NEEDED = ("account__name", "office__key", "post", "over", "action", "pack", "place", "level", "until")


def _running(who: Actor) -> tuple[Grant, ...]:
    now = timezone.now()
    rows = GrantRow.objects.select_related("account", "office").filter(Q(until=None) | Q(until__gt=now), _to(who))
    rows = rows.only(*_NEEDED).order_by("pk")  # joined to one account and one office each: no row comes twice
    given = tuple(row.grant(row.account.name if row.account else who.name) for row in rows)
    return _as_seen(given, _most(who)) if who.real else given


def _to(who: Actor) -> Q:
    found = Account.objects.filter(name=who.name, is_active=True).values_list("pk", "post", "office")[:1]
    to = Q(account__name=PUBLIC, account__is_active=True)
    for account, post, office in found:
        offices = above(Office.objects.select_related("above__above").get(pk=office)) if office else []
        shared = Q(account=None) & (Q(office=None) | Q(office__in=offices)) & Q(post__in={"", post})
        to |= Q(account=account) | shared
    privilege = 0 if who.real else who.privilege
    return to & (Q(privilege=None) | Q(privilege=privilege))


def offices(who: Actor) -> tuple[str, ...]:
    """Keys of the office somebody works for and of every one below it; () for whoever works for none."""
    return _once(_offices, who)


def _offices(who: Actor) -> tuple[str, ...]:
    account = Account.objects.filter(name=who.name, is_active=True).only("office").first()
    if account is None or account.office_id is None or who.real:
        return ()
    found, layer = [], [account.office_id]
    while layer:
        found += layer
        layer = list(Office.objects.filter(above__in=layer).exclude(pk__in=found).values_list("pk", flat=True))
    return tuple(Office.objects.filter(pk__in=found).values_list("key", flat=True))


def above(office: Office | None) -> list[int]:
    """Ids of an office and of every one that holds it."""
    found: list[int] = []
    while office is not None and office.pk not in found:
        found.append(office.pk)
        office = office.above
    return found


def _most(who: Actor) -> Level:
    levels = GrantRow.objects.filter(privilege=who.privilege).values_list("level", flat=True)
    return min(SEEN_AS, Level(max(levels, default=0)))


def _as_seen(given: tuple[Grant, ...], most: Level) -> tuple[Grant, ...]:
    reading = (grant for grant in given if grant.action in ("read", ANY))
    return tuple(replace(grant, action="read", level=min(grant.level, most)) for grant in reading)
