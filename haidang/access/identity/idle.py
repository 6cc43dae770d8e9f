"""Whose account has not been used for too long, or soon will have been, and whose password ends soon.

Never: disables anybody (the duty does, through actions).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from haidang.access.identity import reads
from haidang.access.models import Account
from haidang.access.people.granting.rules import administrators


@dataclass(frozen=True)
class Left:
    """One account: last used (or, of a password, set), and when the rule takes hold."""

    name: str
    title: str
    last: datetime
    ends: datetime


@dataclass(frozen=True)
class Found:
    """`over`: to disable now; `soon`: to warn; `passwords`: whose password ends within the days of warning."""

    over: tuple[Left, ...]
    soon: tuple[Left, ...]
    passwords: tuple[Left, ...]


def look(now: datetime) -> Found:
    """As of `now`; at least one administrator is always left."""
    by = reads.rules()
    people = list(Account.objects.filter(is_active=True, kind="officer").exclude(use="service").order_by("name"))
    left = [_left(account, by.idle_days) for account in people]
    over = _spared([one for one in left if one.ends <= now])
    soon = (one for one in left if now < one.ends <= now + timedelta(days=by.idle_days_warn))
    return Found(over, tuple(soon), tuple(_passwords(people, now, by.rotate_warn_days)))


def _left(account: Account, days: int) -> Left:
    # An account just given back counts from that day (`last_seen`), one never used from the day it was opened.
    last = max(filter(None, (account.last_seen, account.activated, account.created)))
    return Left(account.name, account.holder or account.title or account.name, last, last + timedelta(days=days))


def _spared(over: list[Left]) -> tuple[Left, ...]:
    """Without the administrator last seen, when there would be none left."""
    every = set(administrators())
    going = [one for one in over if one.name in every]
    if len(going) < len(every) or not going:
        return tuple(over)
    kept = max(going, key=lambda one: one.last)
    return tuple(one for one in over if one is not kept)


def _passwords(people: Iterable[Account], now: datetime, warn: int) -> Iterable[Left]:
    for account in people:
        ends = reads.password_ends(account)
        if account.has_usable_password() and now < ends <= now + timedelta(days=warn):
            yield Left(account.name, account.title, account.password_at or account.created, ends)
