"""Opens and ends privileged sessions, and seeing as another within one; marks them reported. Every act is traced.

A session is one grant that lasts as long as it does. Never: reaches personal data; one without a reason in words;
sees as another administrator. That whoever opens it has just proven who they are is the door's to ask.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from haidang.access import trace
from haidang.access.identity.rules import rules as rules_of_signing_in
from haidang.access.models import Account, GrantRow, Privilege, SeenAs
from haidang.access.people.granting import rules
from haidang.access.privilege import reads
from haidang.access.territory import unit_id
from haidang.catalog.declared import declared
from haidang.words.errors import Absent, BadQuestion, Denied
from haidang.words.nouns import ANY, Actor, Level

LEAST_REASON, LEAST_WORDS = 20, 4
MOST_MINUTES = 60
SEEN_KINDS = ("officer", "citizen")


def open(who: Actor, reason: str, *, pack: str, place: str, level: Level, minutes: int) -> int:
    """Open a session; gives its number. One that is still open ends first.

    Raises Denied('no-grant' | 'beyond-privilege'), BadQuestion('reason-too-short' | 'too-long'), Absent.
    """
    check(who, reason, level, minutes)
    account = _administrator(who)
    if pack != ANY:
        declared().pack(pack)
    what: dict[str, object] = {"pack": pack, "place": place if place == ANY else unit_id(place), "level": int(level)}
    now = timezone.now()
    with transaction.atomic():
        _end(Privilege.objects.filter(account=account, closed=None), now)
        row = Privilege.objects.create(
            account=account, reason=reason.strip()[:500], opened=now, until=now + timedelta(minutes=minutes)
        )
        kept = {"until": row.until, "why": row.reason[:300], "given_by": who.name}
        GrantRow.objects.create(account=account, privilege=row, **what, **kept)
        trace.note(who.name, "privilege", f"{row.pk}:{pack}:{what['place']}:{level.name.lower()}:{minutes}")
    return row.pk


def check(who: Actor, reason: str, level: Level, minutes: int) -> None:
    """Whether `open` would take it, before anybody is asked for a password; raises as `open` does."""
    _administrator(who)
    _check_reason(reason)
    if level > Level.RESTRICTED:
        raise Denied("beyond-privilege")
    if not 1 <= minutes <= most_minutes():
        raise BadQuestion("minutes-wrong", most=most_minutes())


def _administrator(who: Actor) -> Account:
    """The account that opens; raises Denied('no-grant'). The operator of the machine sees all and needs none."""
    account = Account.objects.filter(name=who.name, is_active=True).first()
    if account is None or who.real or not rules.administers(who):
        raise Denied("no-grant")
    return account


def most_minutes() -> int:
    """How long a session may last: as the rules say, an hour at most."""
    return min(MOST_MINUTES, rules_of_signing_in().privilege_minutes)


def _check_reason(reason: str) -> None:
    """Raises BadQuestion for what is no sentence: too short, too few words, or the same letters over and over."""
    words = {word for word in re.findall(r"[^\W\d_]{2,}", reason.casefold())}
    if len(reason.strip()) < LEAST_REASON or len(words) < LEAST_WORDS or len(set("".join(words))) < 6:
        raise BadQuestion("reason-too-short", least=LEAST_REASON, words=LEAST_WORDS)


def close(who: Actor, number: int) -> None:
    """End one's own session at once, with everything seen through it; nothing happens to one that has ended."""
    rows = Privilege.objects.filter(pk=number, account__name=who.real or who.name, closed=None)
    with transaction.atomic():
        if _end(rows, timezone.now()):
            trace.note(who.real or who.name, "privilege-end", str(number))


def close_all(name: str) -> None:
    """End every session of an account."""
    with transaction.atomic():
        if _end(Privilege.objects.filter(account__name=name, closed=None), timezone.now()):
            trace.note(name, "privilege-end", "")


def _end(rows: QuerySet[Privilege], now: datetime) -> int:
    numbers = list(rows.values_list("pk", flat=True))
    SeenAs.objects.filter(privilege__in=numbers, closed=None).update(closed=now)
    GrantRow.objects.filter(privilege__in=numbers, until__gt=now).update(until=now)
    running = Privilege.objects.filter(pk__in=numbers, until__gt=now).count()
    Privilege.objects.filter(pk__in=numbers).update(closed=now)
    return running


def see_as(who: Actor, name: str) -> int:
    """See the centre as another does, within the open session; gives the number kept in the browser's session.

    Raises Denied('no-privilege' | 'not-this-one'), Absent('unknown-actor').
    """
    session = reads.running(who)
    if session is None or who.real:
        raise Denied("no-privilege")
    account = Account.objects.filter(name=name.strip().lower(), is_active=True).first()
    if account is None:
        raise Absent("unknown-actor", found=name[:64], nearest="")
    seen = account.actor
    if account.name == who.name or account.kind not in SEEN_KINDS or rules.administers(seen):
        raise Denied("not-this-one")
    with transaction.atomic():
        SeenAs.objects.filter(privilege=session.number, closed=None).update(closed=timezone.now())
        row = SeenAs.objects.create(privilege_id=session.number, account=account)
        trace.note(who.name, "see-as", account.name)
    return row.pk


def see_as_end(who: Actor) -> None:
    """Be oneself again; nothing happens when nobody is seen as."""
    rows = SeenAs.objects.filter(privilege=who.privilege, privilege__account__name=who.real or who.name, closed=None)
    with transaction.atomic():
        if rows.update(closed=timezone.now()):
            trace.note(who.real or who.name, "see-as-end", who.name if who.real else "")


def reported(number: int, now: datetime) -> None:
    """The unit's head (or who stands in) was told of it."""
    Privilege.objects.filter(pk=number, reported=None).update(reported=now)


def watch_sign_outs() -> None:
    """A session ends when whoever opened it signs out there."""
    user_logged_out.connect(_signed_out, dispatch_uid="haidang.privilege-sign-out")


def _signed_out(user: object, request: object = None, **_: object) -> None:
    number = getattr(request, "session", {}).get("privilege")
    if isinstance(user, Account) and isinstance(number, int):
        close(user.actor, number)
