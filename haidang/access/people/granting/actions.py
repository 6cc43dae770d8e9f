"""Gives and withdraws grants for people who may; the rows themselves are written by `access.actions`.

What takes two administrators becomes a request that another one confirms. Every act is traced.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from haidang.access import actions, trace
from haidang.access.models import OPERATOR, GrantRow
from haidang.access.people.granting import rules
from haidang.access.territory import unit_id
from haidang.words.errors import Absent, BadQuestion, Denied
from haidang.words.nouns import ANY, Actor, Grant

LEAST_WHY = 5


def give(by: Actor, grant: Grant, why: str) -> Grant | int:
    """The grant as given, or the number of the request another administrator must confirm.

    Raises what `rules.offerable` raises, and BadQuestion('why-missing' | 'until-past'), Absent.
    """
    grant = _placed(grant)
    check_words(why)
    if grant.until and grant.until <= timezone.now():
        raise BadQuestion("until-past")
    _allowed(by, grant, "grant")
    if rules.weighty(grant) and two_needed(by):
        return _propose(by, grant, why)
    return actions.give(by, grant, why.strip())


def two_needed(by: Actor) -> bool:
    """Whether a second administrator must agree: there is another one, and it is no act of the machine's operator."""
    return by.kind != OPERATOR and len(rules.administrators()) > 1


def check_words(why: str) -> None:
    """Raises BadQuestion('why-missing') for a reason nobody could read."""
    if len(why.strip()) < LEAST_WHY:
        raise BadQuestion("why-missing", least=LEAST_WHY)


def _placed(grant: Grant) -> Grant:
    return grant if grant.place == ANY else replace(grant, place=unit_id(grant.place))


def _allowed(by: Actor, grant: Grant, act: str) -> None:
    try:
        rules.offerable(by, grant)
    except Denied as no:
        about = f"{grant.actor or grant.through}:{grant.action}:{grant.pack}:{grant.place}:{grant.level.name.lower()}"
        trace.note(by.name, act, about, outcome="denied", because=(no.code,))
        raise


def _propose(by: Actor, grant: Grant, why: str) -> int:
    from haidang.access.people.requests.actions import keep

    return keep(by, grant, why, first_by=by.name)


def withdraw(by: Actor, number: int) -> None:
    """End a grant that is within one's own to give; raises Absent('unknown-grant'), Denied('last-administrator')."""
    row = GrantRow.objects.select_related("account", "office").filter(pk=number, privilege=None).first()
    if row is None:
        raise Absent("unknown-grant", found=number)
    grant = row.grant(row.account.name if row.account else "")
    if not _may_end(by, grant):
        raise Absent("unknown-grant", found=number)
    with transaction.atomic():
        before = rules.administrators()
        actions.withdraw(by, number)
        if by.kind != OPERATOR and before and not rules.administrators():
            raise Denied("last-administrator")


def _may_end(by: Actor, grant: Grant) -> bool:
    """An administrator ends any; others what they could give, to people of theirs."""
    return rules.administers(by) or any(rules.covers(ceiling, grant) for ceiling in rules.ceilings(by))
