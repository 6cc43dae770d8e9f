"""What the gate tells of accounts beside a decision: where their e-mails go, their titles, openings of screens.

Never: decides, writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from haidang.access.models import Account, Viewed
from haidang.words.nouns import Actor


def address(who: Actor) -> str:
    """Where an account's e-mails go, "" when it has none or is closed."""
    found = Account.objects.filter(name=who.name, is_active=True).values_list("email", flat=True).first()
    return found or ""


def titles(names: Iterable[str]) -> dict[str, str]:
    """Name → title of accounts (who acted, for those who may know)."""
    return dict(Account.objects.filter(name__in=set(names)).values_list("name", "title"))


def viewed(since: date, until: date) -> list[dict[str, Any]]:
    """How often screens were opened: day, kind, thing, unit, account, views, people; no name is in it."""
    names = ("day", "kind", "thing", "unit", "account", "views", "people")
    rows = Viewed.objects.filter(day__gte=since, day__lte=until).order_by("day", "kind", "thing", "unit", "account")
    return [dict(row) for row in rows.values(*names)]
