"""Which Cases somebody sees and as what: every answer is the gate's. Never: writes, knows a screen."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from haidang.access import gate
from haidang.cases.machine import APPROVE, HANDLE, ROUTE
from haidang.cases.models import Case
from haidang.words.errors import Absent
from haidang.words.nouns import Actor, Level, Subject

ROLES = (ROUTE, HANDLE, APPROVE)
"""Acting parts, each an action of the gate of the same name; `handle` and `approve` count for one's own offices."""


def visible(who: Actor) -> QuerySet[Case]:
    """Every Case the actor may read, as whatever they may be."""
    rows = Case.objects.all()
    allowed = Q(pk__in=[])
    for action in ("read", *ROLES):
        allowed |= gate.allowing(who, action, Case)
    return rows.filter(allowed)


def roles(who: Actor, case: Case) -> frozenset[str]:
    """As what the actor may act on this Case."""
    own = Case.objects.filter(pk=case.pk)
    return frozenset(role for role in ROLES if gate.objects(who, role, own).exists())


def seen(who: Actor, number: int) -> Case:
    """The Case, when the actor may read it; raises Absent('unknown-case') alike for what is not and what may not."""
    found = visible(who).filter(pk=number).first()
    if found is None:
        raise Absent("unknown-case", found=str(number)[:20])
    return found


def subject(case: Case, level: Level | None = None) -> Subject:
    """What an act on a Case is about, for the gate and its trace."""
    return Subject(case.pack, f"case-{case.pk}", Level(case.level) if level is None else level, frozenset({case.unit}))


def works_at(who: Actor, desk_pack: str) -> frozenset[str]:
    """The roles somebody has anywhere at a pack's desk (which pages to offer; never in place of `seen`)."""
    sees = {action: gate.sees(who, action) for action in ("read", *ROLES)}
    about = Subject(desk_pack, "", Level.INTERNAL)
    return frozenset(action for action, allowed in sees.items() if allowed(about))
