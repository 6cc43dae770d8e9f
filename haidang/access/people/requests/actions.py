"""Asks for a grant, takes it back, approves (perhaps less) or refuses. Every act is traced.

Nobody approves his own; what takes two administrators waits for the second. Never: tells anybody (doors do).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from haidang.access import actions, trace
from haidang.access.models import Account, Request
from haidang.access.models.people import APPROVED, ASKED, REFUSED, TAKEN_BACK
from haidang.access.people.granting import rules
from haidang.access.people.granting.actions import check_words, two_needed
from haidang.access.people.requests import reads
from haidang.access.territory import inside, unit_id
from haidang.words.errors import Absent, BadQuestion, Denied, NotNow
from haidang.words.nouns import ANY, Actor, Grant, Level

MOST_OPEN = 20


@dataclass(frozen=True)
class Less:
    """What an approver gives instead of all that was asked; None leaves it as asked."""

    place: str | None = None
    level: Level | None = None
    until: datetime | None = None


def ask(who: Actor, grant: Grant, why: str, page: str = "") -> int:
    """Ask for oneself; the same one twice is one. Gives its number.

    Raises Denied('sign-in-first' | 'read-only-as-another'), BadQuestion('unknown-action' | 'why-missing' |
    'until-past' | 'too-many-asked'), Absent('unknown-place').
    """
    if who.real:
        raise Denied("read-only-as-another")
    if not Account.objects.filter(name=who.name, is_active=True).exclude(kind="public").exists():
        raise Denied("sign-in-first")
    if grant.action not in rules.LENT:
        raise BadQuestion("unknown-action", found=grant.action[:16], known=", ".join(rules.LENT))
    if grant.until and grant.until <= timezone.now():
        raise BadQuestion("until-past")
    return keep(who, replace(grant, actor=who.name, through=""), why, page=page)


def keep(who: Actor, grant: Grant, why: str, *, page: str = "", first_by: str = "") -> int:
    """Write a request down; `first_by`: the administrator who proposes it and so has agreed."""
    check_words(why)
    place = grant.place if grant.place == ANY else unit_id(grant.place)
    to = "" if grant.actor == who.name else grant.actor
    what = {"action": grant.action, "pack": grant.pack, "place": place, "level": int(grant.level)}
    what |= {"to": to, "through": grant.through, "over": grant.over, "until": grant.until}
    asker = Account.objects.get(name=who.name)
    waiting = Request.objects.filter(asker=asker, state=ASKED)
    if same := waiting.filter(**what).first():
        return same.pk
    if waiting.count() >= MOST_OPEN:
        raise BadQuestion("too-many-asked", most=MOST_OPEN)
    with transaction.atomic():
        row = Request.objects.create(asker=asker, why=why.strip()[:500], page=page[:300], first_by=first_by, **what)
        trace.note(who.name, "ask", _about(reads.asked(row)))
    return row.pk


def take_back(who: Actor, number: int) -> None:
    """One's own that waits; raises Absent('unknown-request'), NotNow('already-decided')."""
    found = reads.one(who, number)
    if found.asker != who.name or who.real:
        raise Absent("unknown-request", found=number)
    with transaction.atomic():
        _settle(found, who, TAKEN_BACK, "")
        trace.note(who.name, "take-back", _about(found))


def refuse(by: Actor, number: int, words: str) -> None:
    """With words the asker reads; raises Absent('unknown-request'), BadQuestion('why-missing'), NotNow."""
    found = _to_answer(by, number)
    check_words(words)
    with transaction.atomic():
        _settle(found, by, REFUSED, words)
        trace.note(by.name, "refuse", _about(found))


def approve(by: Actor, number: int, less: Less | None = None, words: str = "") -> Grant | None:
    """Give what is asked, or less of it; None: it waits for a second administrator.

    Raises Absent('unknown-request'), Denied('beyond-your-own' | 'another-must-confirm'),
    BadQuestion('more-than-asked' | 'until-past'), NotNow('already-decided').
    """
    found = _to_answer(by, number)
    wanted = _narrowed(found.grant, less or Less())
    rules.offerable(by, wanted)
    if rules.weighty(wanted) and two_needed(by) and not _seconded(found, by):
        _first(found, wanted, by)
        return None
    with transaction.atomic():
        _settle(found, by, APPROVED, words, wanted)
        given = actions.give(by, wanted, found.why)
        Request.objects.filter(pk=number).update(grant=int(given.id.partition(":")[0]))
        because = (found.first_by,) if found.first_by else ()
        trace.note(by.name, "approve", _about(replace(found, grant=wanted)), because=because)
    return given


def _to_answer(by: Actor, number: int) -> reads.Asked:
    found = reads.one(by, number)
    if not reads.may_answer(by, found):
        raise Denied("not-to-yourself")
    return found


def _seconded(found: reads.Asked, by: Actor) -> bool:
    """Whether another administrator than this one has agreed; raises Denied('another-must-confirm')."""
    if found.first_by == by.name:
        raise Denied("another-must-confirm")
    return found.first_by in rules.administrators()


def _first(found: reads.Asked, wanted: Grant, by: Actor) -> None:
    kept = {"place": wanted.place, "level": int(wanted.level), "until": wanted.until, "first_by": by.name}
    with transaction.atomic():
        if not Request.objects.filter(pk=found.number, state=ASKED, first_by=found.first_by).update(**kept):
            raise NotNow("already-decided")
        trace.note(by.name, "approve-first", _about(replace(found, grant=wanted)))


def _settle(found: reads.Asked, by: Actor, state: str, words: str, wanted: Grant | None = None) -> None:
    """One decision alone counts, whoever comes first; raises NotNow('already-decided')."""
    kept: dict[str, object] = {"state": state, "decided_by": by.name, "decided_at": timezone.now()}
    kept["words"] = words.strip()[:500]
    if wanted is not None:
        kept |= {"place": wanted.place, "level": int(wanted.level), "until": wanted.until}
    if not Request.objects.filter(pk=found.number, state=ASKED, first_by=found.first_by).update(**kept):
        raise NotNow("already-decided")


def _narrowed(asked: Grant, less: Less) -> Grant:
    """What is given of what was asked; raises BadQuestion('more-than-asked' | 'until-past')."""
    place = asked.place if less.place is None else less.place if less.place == ANY else unit_id(less.place)
    level = asked.level if less.level is None else less.level
    until = asked.until if less.until is None else less.until
    later = asked.until is not None and (until is None or until > asked.until)
    wider = asked.place != ANY and (place == ANY or not inside(place) <= inside(asked.place))
    if later or wider or level > asked.level:
        raise BadQuestion("more-than-asked")
    if until is not None and until <= timezone.now():
        raise BadQuestion("until-past")
    return replace(asked, id="", place=place, level=level, until=until)


def _about(found: reads.Asked) -> str:
    grant = found.grant
    to = grant.actor or grant.through
    return f"{found.number}:{to}:{grant.action}:{grant.pack}:{grant.place}:{grant.level.name.lower()}"
