"""Keeps calls as the exchange tells of them, and what operators do with them.

Events may come twice, late or in another order: a call ends up the same. Never: writes a number in clear or a trace of
it; lets two operators take one call.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from haidang.access import gate, trace
from haidang.cases import rights, senders
from haidang.cases.actions import Arrival, open_case
from haidang.cases.calls import events, line, reads
from haidang.cases.calls.events import Event
from haidang.cases.calls.line import Exchange
from haidang.cases.calls.reads import ANSWERED, ENDED, MISSED, RETURNED, RINGING
from haidang.cases.files import actions as files
from haidang.cases.models import Call, Case, File
from haidang.words.errors import NotNow
from haidang.words.nouns import Actor, Subject

EXCHANGE = Actor("tong-dai", "robot", "Tổng đài")
"""Who keeps recordings."""
LOST = timedelta(minutes=10)
"""Nobody lets a telephone ring so long: its end was never told."""
KEPT = timedelta(days=90)
"""How long a caller's number is kept of a call that became no report; those of reports go with the report's sender."""


def told(exchange: Exchange, event: Event) -> str:
    """One event of a call; gives the call's state. The same event again changes nothing.

    Raises BadQuestion as `files.actions.keep` for a recording that is none.
    """
    row = _row(event)
    if event.kind == events.RECORDED and row.record_id is None:
        _record(row, event)
    with transaction.atomic():
        row = Call.objects.select_for_update().get(pk=row.pk)
        row.phone, row.phone_digest = _whose(row, event)
        row.line = row.line or event.line
        if event.kind == events.ANSWERED:
            row.answered_at = row.answered_at or event.at
            row.operator = row.operator or exchange.account(event.agent)
        elif event.kind in (events.ENDED, events.MISSED):
            row.ended_at = row.ended_at or event.at
        row.state = _state(row)
        row.save()
        if row.answered_at and row.phone_digest:
            _through(row)
    line.came(exchange)
    return row.state


def _row(event: Event) -> Call:
    """The call's row: made by whichever event comes first."""
    found, _ = Call.objects.get_or_create(outside=event.call, defaults={"rang_at": event.at})
    return found


def _whose(row: Call, event: Event) -> tuple[str, str]:
    if row.phone_digest or not event.phone:
        return row.phone, row.phone_digest
    return senders.seal(senders.phone(event.phone)), senders.digest("phone", event.phone)


def _state(row: Call) -> str:
    """By what is known of the call, in whatever order it came to be known."""
    if row.state == RETURNED:
        return RETURNED
    if row.ended_at:
        return ENDED if row.answered_at else MISSED
    return ANSWERED if row.answered_at else RINGING


def _through(row: Call) -> None:
    """Whoever was missed before and now got through need not be called back."""
    earlier = Call.objects.filter(phone_digest=row.phone_digest, state=MISSED, rang_at__lte=row.rang_at)
    earlier.update(state=RETURNED)


def _record(row: Call, event: Event) -> None:
    key = files.keep(EXCHANGE, "record", io.BytesIO(event.record), kind="record")
    kept = File.objects.get(key=key)
    if not Call.objects.filter(pk=row.pk, record=None).update(record=kept):
        files.drop((key,))  # the same event at the same moment: the other one's stays
        return
    case = Call.objects.values_list("case", flat=True).get(pk=row.pk)
    File.objects.filter(pk=kept.pk).update(case=case)


def take(who: Actor, number: int) -> None:
    """An operator takes a call that rings or that nobody is named for.

    Raises Absent('unknown-call'), NotNow('call-taken').
    """
    row = reads.row(who, number)
    _allowed(who)
    if row.operator != who.name and not Call.objects.filter(pk=row.pk, operator="").update(operator=who.name):
        taken = Call.objects.values_list("operator", flat=True).get(pk=row.pk)
        raise NotNow("call-taken", by=gate.titles([taken]).get(taken, ""), retry=0)
    trace.note(who, "take-call", f"call-{row.pk}")


def back(who: Actor, number: int) -> None:
    """A missed caller was called back; of two operators at once the first counts. Raises NotNow('call-returned')."""
    row = reads.row(who, number)
    _allowed(who)
    if not Call.objects.filter(pk=row.pk, state=MISSED).update(state=RETURNED, operator=who.name):
        raise NotNow("call-returned", by=gate.titles([row.operator]).get(row.operator, ""), retry=0)
    trace.note(who, "call-back", f"call-{row.pk}")


def written(who: Actor, number: int, arrival: Arrival) -> Case:
    """A report out of a call: whoever called is its sender, also where their number stands covered.

    Raises Absent('unknown-call'), and as `cases.actions.open_case`.
    """
    row = reads.row(who, number)
    if not arrival.sender.phone:
        arrival = replace(arrival, sender=replace(arrival.sender, phone=senders.unseal(row.phone)))
    case = open_case(who, arrival)
    attach(who, number, case.pk)
    return case


def attach(who: Actor, number: int, case: int) -> None:
    """A call was written down as this Case; its recording goes with it. Raises Absent."""
    row, found = reads.row(who, number), rights.seen(who, case)
    _allowed(who)
    taken = {} if row.operator else {"operator": who.name}
    state = {"state": RETURNED} if row.state == MISSED else {}
    Call.objects.filter(pk=row.pk).update(case=found, **taken, **state)
    if row.record_id:
        File.objects.filter(pk=row.record_id).update(case=found)


def _allowed(who: Actor) -> None:
    desk = reads.required(who)
    gate.require(who, "route", Subject(desk.pack, "calls"))


def settle(now: datetime) -> int:
    """Calls whose end was never told are over: those that still ring were missed; how many."""
    rings = Call.objects.filter(state=RINGING, rang_at__lt=now - LOST)
    lost = rings.update(state=MISSED, ended_at=now)
    return lost + Call.objects.filter(state=ANSWERED, answered_at__lt=now - reads.LASTING).update(
        state=ENDED, ended_at=now
    )


def fade(now: datetime) -> int:
    """Let go the numbers and recordings of old calls that were written down as no Case; how many."""
    old = Call.objects.filter(rang_at__lt=now - KEPT, case=None).exclude(phone_digest="")
    keys = tuple(old.exclude(record=None).values_list("record__key", flat=True))
    many = old.update(phone="", phone_digest="", record=None)
    files.drop(keys)
    return many


__all__ = ["attach", "back", "fade", "settle", "take", "told", "written"]
