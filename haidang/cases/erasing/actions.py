"""Erases whoever sent reports: their names and addresses, their own words, voices and photos. Traced by who calls.

The Case stays, of nobody. Never: erases what a published result shows, touches the history of acts.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from haidang.access import gate, trace
from haidang.cases import machine, senders
from haidang.cases.files import actions as files
from haidang.cases.files.reads import TELLING
from haidang.cases.models import Call, Case, Device, File, Message, Sender
from haidang.catalog.declared import declared

_EMPTY = dict.fromkeys((*senders.SEALED, *(f"{name}_digest" for name in senders.KNOWN_BY), "account"), "")
AT_ONCE = 500


def erase(desk: str, ids: tuple[int, ...]) -> int:
    """These senders, and every row of the same telephone, e-mail or id since, of one desk; how many Cases it was."""
    people = list(_same(Sender.objects.filter(pk__in=ids)))
    with transaction.atomic():
        return _erased(people, Case.objects.filter(sender__in=people, desk=desk))


def _same(some: QuerySet[Sender]) -> QuerySet[Sender]:
    alike = Q(pk__in=[one.pk for one in some])
    for name in senders.KNOWN_BY:
        digests = [digest for one in some if (digest := getattr(one, f"{name}_digest"))]
        alike |= Q(**{f"{name}_digest__in": digests})
    return Sender.objects.filter(alike)


def _erased(people: list[Sender], cases: QuerySet[Case]) -> int:
    now, numbers = timezone.now(), list(cases.values_list("pk", flat=True))
    own = File.objects.filter(Q(kind__in=TELLING) | Q(step__role=machine.SENDER, open=False), case__in=numbers)
    files.drop(tuple(own.values_list("key", flat=True)))
    Message.objects.filter(case__in=numbers).update(words="", outside=None)
    Message.objects.filter(case__in=numbers, state="due").update(state="failed", problem="erased", next_at=None)
    Device.objects.filter(case__in=numbers).delete()
    _calls([one.phone_digest for one in people if one.phone_digest])
    Case.objects.filter(pk__in=numbers).update(sender=None, raw="", changed=now)
    alone = Sender.objects.filter(pk__in=[one.pk for one in people], cases=None)
    Sender.objects.filter(pk__in=list(alone.values_list("pk", flat=True))).update(**_EMPTY, key=None, erased=now)
    return len(numbers)


def _calls(digests: list[str]) -> None:
    calls = Call.objects.filter(phone_digest__in=digests)
    records = tuple(calls.filter(record__isnull=False).values_list("record__key", flat=True))
    calls.update(phone="", phone_digest="")
    files.drop(records)


def let_go(now: datetime) -> int:
    """Senders whose last Case ended longer ago than their desk keeps them; how many. May be repeated at any time."""
    gone = 0
    for desk in declared().desks():
        if desk.senders.keep:
            gone += _past(desk.key, _months_before(now, desk.senders.keep))
    return gone


def _past(desk: str, before: datetime) -> int:
    kept = Case.objects.filter(Q(changed__gte=before) | Q(state__in=machine.OPEN), sender__isnull=False)
    old = Sender.objects.filter(erased=None, cases__desk=desk).exclude(pk__in=kept.values("sender")).distinct()
    people = list(old[:AT_ONCE])
    if not people:
        return 0
    with transaction.atomic():
        _erased(people, Case.objects.filter(sender__in=people, desk=desk))
    trace.note(gate.operator(), "senders-erased", f"{desk.replace('.', '/', 1)} senders={len(people)}")
    return len(people)


def _months_before(now: datetime, months: int) -> datetime:
    whole = now.year * 12 + now.month - 1 - months
    return now.replace(year=whole // 12, month=whole % 12 + 1, day=1)
