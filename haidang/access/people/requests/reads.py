"""Requests for rights: one's own, those one may answer, and who may answer one. Never: writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from haidang.access.models import PUBLIC, Account, Request
from haidang.access.models.people import ASKED
from haidang.access.people.granting import rules
from haidang.words.errors import Absent
from haidang.words.nouns import ANY, Actor, Grant, Level


@dataclass(frozen=True)
class Asked:
    """One request: who asks, what for (`grant` says for whom), where they were, and what was answered."""

    number: int
    asker: str
    title: str
    grant: Grant
    why: str
    page: str
    at: datetime
    state: str  # asked | approved | refused | taken-back
    first_by: str = ""  # the administrator who has agreed, where two must
    decided_by: str = ""
    decided_at: datetime | None = None
    words: str = ""


def asked(row: Request) -> Asked:
    """A row as it is read."""
    to = "" if row.through else row.to or row.asker.name
    level = Level(row.level)
    grant = Grant(str(row.pk), to, row.action, row.pack, row.place, level, row.until, row.over, row.through)
    told = (row.why, row.page, row.at, row.state, row.first_by, row.decided_by, row.decided_at, row.words)
    return Asked(row.pk, row.asker.name, row.asker.title or row.asker.name, grant, *told)


def waiting(number: int) -> Asked | None:
    """A request that waits, for telling whoever may answer it; None when it does not."""
    row = Request.objects.select_related("asker").filter(pk=number, state=ASKED).first()
    return asked(row) if row else None


def own(who: Actor) -> tuple[Asked, ...]:
    """One's own, newest first."""
    rows = Request.objects.select_related("asker").filter(asker__name=who.name).order_by("-at", "-pk")
    return tuple(map(asked, rows))


def to_answer(who: Actor, *, done: bool = False) -> tuple[Asked, ...]:
    """Those of one's people that wait, oldest first (`done`: the last answered, newest first)."""
    rows = Request.objects.select_related("asker")
    rows = rows.exclude(state=ASKED).order_by("-decided_at", "-pk")[:300] if done else rows.filter(state=ASKED)
    return tuple(one for one in map(asked, rows if done else rows.order_by("at", "pk")) if may_answer(who, one))


def one(who: Actor, number: int) -> Asked:
    """One's own, or one that may be answered; raises Absent('unknown-request')."""
    row = Request.objects.select_related("asker").filter(pk=number).first()
    found = asked(row) if row else None
    if found is None or not (found.asker == who.name or may_answer(who, found)):
        raise Absent("unknown-request", found=number)
    return found


def may_answer(who: Actor, request: Asked) -> bool:
    """Whether somebody decides on it: never the asker, nor whoever would have it; perhaps with less than is asked."""
    if who.real or request.asker == who.name or rules.reaches(request.grant, who.name):
        return False
    return rules.administers(who) or any(
        rules.over(ceiling, request.grant)
        and ceiling.pack in (ANY, request.grant.pack)
        and request.grant.action in rules.LENT
        and not request.first_by
        for ceiling in rules.ceilings(who)
    )


def approvers(request: Asked) -> tuple[str, ...]:
    """Whom to tell: those who keep the asker's people and could give it all, else the administrators."""
    keepers = [name for name in keepers_of(request.asker) if _could(name, request)]
    if keepers and not rules.weighty(request.grant):
        return tuple(keepers)
    return tuple(name for name in rules.administrators() if name not in (request.asker, request.first_by))


def _could(name: str, request: Asked) -> bool:
    actor = Account.objects.get(name=name).actor
    wanted = replace(request.grant, level=min(request.grant.level, Level.RESTRICTED))
    return name != request.asker and any(rules.covers(ceiling, wanted) for ceiling in rules.ceilings(actor))


def keepers_of(name: str) -> tuple[str, ...]:
    """Accounts that hold `people` over somebody's office, nearest office first."""
    rows = rules.running_rows().filter(action="people").exclude(over="")
    about = Grant("", name)
    names: dict[str, None] = {}
    for row in sorted(rows, key=lambda one: one.over == ANY):
        if rules.over(row.grant(""), about):
            names |= dict.fromkeys(one.name for one in rules.holders(row) if one.name not in (name, PUBLIC))
    return tuple(names)


def to_ask(who: Actor) -> tuple[tuple[str, str], ...]:
    """(name, title) of whom to ask for rights: those who keep one's people, else the administrators."""
    names = keepers_of(who.name) or tuple(name for name in rules.administrators() if name != who.name)
    titles = dict(Account.objects.filter(name__in=names).values_list("name", "title"))
    return tuple((name, titles.get(name) or name) for name in names)
