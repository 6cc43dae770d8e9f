"""Which Cases somebody sees and as what: every answer is the gate's. Never: writes, knows a screen."""

from __future__ import annotations

from django.db.models import BooleanField, Q, QuerySet, Value, When
from django.db.models import Case as Choice

from haidang.access import gate
from haidang.cases.machine import APPROVE, HANDLE, ROUTE
from haidang.cases.models import Case
from haidang.words.errors import Absent
from haidang.words.nouns import Actor, Level, Subject

ROLES = (ROUTE, HANDLE, APPROVE)
"""Acting parts, each an action of the gate of the same name; `handle` and `approve` count for one's own offices."""
READ = "read"
LEAST = Level.INTERNAL
"""A whole Case is never open: whoever only reaches what is open reads published results (`reads.published`)."""


def allowed(who: Actor) -> dict[str, Q]:
    """Action → the condition on Cases it is allowed for."""
    return {action: gate.allowing(who, action, Case, least=LEAST, ours=True) for action in (READ, *ROLES)}


def visible(who: Actor) -> QuerySet[Case]:
    """Every Case the actor may read, as whatever they may be."""
    return Case.objects.filter(_any(allowed(who)))


def mine(who: Actor) -> QuerySet[Case]:
    """What the actor's own offices handle or approve."""
    given = allowed(who)
    return Case.objects.filter(given[HANDLE] | given[APPROVE])


def _any(given: dict[str, Q]) -> Q:
    found = Q(pk__in=[])
    for one in given.values():
        found |= one
    return found


def roles(who: Actor, case: Case) -> frozenset[str]:
    """As what the actor may act on this Case."""
    return frozenset(role for role in ROLES if role in _may(who, case))


def reading(who: Actor, case: Case) -> str:
    """By which right a Case is read: `read`, else the part one acts in."""
    held = _may(who, case)
    return next((action for action in (READ, *ROLES) if action in held), READ)


def seen(who: Actor, number: int) -> Case:
    """The Case, when the actor may read it; raises Absent('unknown-case') alike for what is not and what may not."""
    given = allowed(who)
    case = _judged(given).filter(_any(given), pk=number).select_related("sender").first() if _fits(number) else None
    if case is None:
        raise Absent("unknown-case", found=str(number)[:20])
    return case


def _fits(number: int) -> bool:
    return 0 < number < 2**63


def _judged(given: dict[str, Q]) -> QuerySet[Case]:
    """Every Case with what one may do to it, asked of the database together with it."""
    asked = {f"may_{action}": _whether(condition) for action, condition in given.items()}
    return Case.objects.annotate(**asked)


def _whether(condition: Q) -> Choice:
    return Choice(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _may(who: Actor, case: Case) -> frozenset[str]:
    one = case
    if not hasattr(one, f"may_{READ}"):
        one = _judged(allowed(who)).get(pk=case.pk)
    return frozenset(action for action in (READ, *ROLES) if getattr(one, f"may_{action}"))


def subject(case: Case, level: Level | None = None) -> Subject:
    """What an act on a Case is about, for the gate and its trace."""
    return Subject(case.pack, f"case-{case.pk}", Level(case.level) if level is None else level, frozenset({case.unit}))


def works_at(who: Actor, desk_pack: str) -> frozenset[str]:
    """The roles somebody has anywhere at a pack's desk (which pages to offer; never in place of `seen`)."""
    sees = {action: gate.sees(who, action) for action in (READ, *ROLES)}
    about = Subject(desk_pack, "", LEAST)
    return frozenset(action for action, allows in sees.items() if allows(about))
