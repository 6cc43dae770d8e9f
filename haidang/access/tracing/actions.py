"""The only file that writes rows of the trace: numbers, seals, lets go of what is kept long enough.

Rows get their numbers while the head of the chain is locked, and only outside anybody's own transaction: an act's row
is written in the act's transaction without a number (it stands and falls with the act), and numbered once that is over.
So nobody's long work holds the head, and there is no gap. Never: changes a row that has its number.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from haidang.access.models import Trace, TraceHead
from haidang.access.tracing import chain, siem, telling, wire

HEAD = 1
"""The one row of TraceHead."""
AT_ONCE, NUMBERED_AT_ONCE = 1000, 200
_HOST = socket.gethostname()
log = logging.getLogger("haidang.trace")
_strange: set[int] = set()
"""Ids of rows without a number that were not written by this program: passed over from then on."""


def key() -> bytes:
    """The key of the chain: from HAIDANG_TRACE_KEY, else from the machine's secret key."""
    return chain.made_key(settings.TRACE_KEY or settings.SECRET_KEY)


def values(row: Trace) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in chain.FIELDS)


def inside() -> bool:
    """Whether somebody's transaction is open here (one that a test wraps around itself does not count)."""
    blocks = connection.atomic_blocks
    return bool(blocks) and not getattr(blocks[0], "_from_testcase", False)


def add(rows: Sequence[Trace]) -> None:
    """Write rows: numbered at once, or, inside a transaction, with it and numbered when it is over."""
    if not rows:
        return
    if inside():
        for row in rows:
            row.digest = chain.seal_waiting(key(), values(row))
        Trace.objects.bulk_create(rows)
        transaction.on_commit(number_waiting, robust=True)
        return
    _write(rows)


def number_waiting() -> int:
    """Number what waits; how many there were."""
    done = 0
    while _waiting().exists():
        now = _write(())
        done += now
        if now < NUMBERED_AT_ONCE:
            break
    return done


def _waiting() -> QuerySet[Trace]:
    return Trace.objects.filter(number=None).exclude(pk__in=_strange).order_by("pk")


def _write(rows: Iterable[Trace]) -> int:
    with transaction.atomic():
        head = _head()
        waited = _number(head)
        new = list(rows)
        for row in new:
            _follow(head, row)
        Trace.objects.bulk_create(new)
        _close(head)
    return waited


def _number(head: TraceHead) -> int:
    """Rows that were written with somebody's act, some at a time so that nobody waits long for the head.

    One nobody with the key wrote stays without a number, and holds up no other.
    """
    done = 0
    for row in list(_waiting()[:NUMBERED_AT_ONCE]):
        if row.digest != chain.seal_waiting(key(), values(row)):
            log.critical("row %s of the trace waits for a number and was not written by this program", row.pk)
            _strange.add(row.pk)
            continue
        _follow(head, row)
        Trace.objects.filter(pk=row.pk, number=None).update(number=row.number, digest=row.digest)
        done += 1
    return done


def _follow(head: TraceHead, row: Trace) -> None:
    row.number = head.number + 1
    row.digest = chain.seal(key(), head.digest, row.number, values(row))
    head.number, head.digest = row.number, row.digest


def _close(head: TraceHead) -> None:
    """Seal the head where the chain stands now."""
    TraceHead.objects.filter(pk=head.pk).update(
        number=head.number,
        digest=head.digest,
        kept_from=head.kept_from,
        anchor=head.anchor,
        seal=sealed(head),
        key=chain.name_of(key()),
    )


def sealed(head: TraceHead) -> str:
    return chain.seal_head(key(), chain.Head(head.number, head.digest, head.kept_from, head.anchor))


def _head() -> TraceHead:
    """The head, locked. One that this key did not seal as it stands is followed by a row that says so for good."""
    head = TraceHead.objects.select_for_update().filter(pk=HEAD).first() or _begin()
    if head.seal != sealed(head):
        log.critical("the head of the trace is not as it was sealed")
        _follow_broken(head)
    return head


def _begin() -> TraceHead:
    """A new chain; rows without a head (it was taken out) are followed, and its seal will not fit."""
    fresh = TraceHead(pk=HEAD, key=chain.name_of(key()))
    fresh.seal = sealed(fresh)
    last = Trace.objects.exclude(number=None).order_by("number").last()
    if last is not None:
        fresh.number, fresh.digest = last.number or 0, last.digest
    told = {name: getattr(fresh, name) for name in ("number", "digest", "seal", "key")}
    TraceHead.objects.get_or_create(pk=HEAD, defaults=told)
    return TraceHead.objects.select_for_update().get(pk=HEAD)


def _follow_broken(head: TraceHead) -> None:
    if last := Trace.objects.exclude(number=None).order_by("number").last():
        # Whatever the head says now: a number that is taken cannot be given again.
        head.number, head.digest = max(head.number, last.number or 0), head.digest
    why = "head" if head.key == chain.name_of(key()) else "key"
    row = Trace(who="", action="trace", outcome="broken", because=why, plain=why)
    _follow(head, row)
    Trace.objects.bulk_create([row])


def sent(number: int) -> None:
    """The SIEM has everything up to here."""
    TraceHead.objects.filter(pk=HEAD, sent__lt=number).update(sent=number)


def move_on(kept_from: int, anchor: str) -> None:
    """The chain begins at `kept_from` from now on, after the digest `anchor`; never back."""
    with transaction.atomic():
        head = _head()
        if kept_from > head.kept_from:
            head.kept_from, head.anchor = kept_from, anchor
        _close(head)


def let_go() -> int:
    """Take out the rows the chain has moved on from; how many."""
    first = TraceHead.objects.filter(pk=HEAD).values_list("kept_from", flat=True).first() or 1
    gone = 0
    old = Trace.objects.filter(number__lt=first).order_by("number").values_list("pk", flat=True)
    while rows := list(old[:AT_ONCE]):
        gone += Trace.objects.filter(pk__in=rows).delete()[0]
    return gone


def fits(row: Trace, before: str) -> bool:
    """Whether a row's digest is the one this key gives it after `before`."""
    link = chain.Link(row.number or 0, values(row), row.digest)
    return chain.belongs(key(), link, link.number, before)


def siem_target() -> siem.Target | None:
    """Where rows are sent, None when nowhere; raises BadQuestion('bad-setting')."""
    return siem.target(settings.SYSLOG)


def ship(most: int = 50_000) -> int:
    """Send on what the SIEM does not have yet, in order; how many. Raises Unavailable, IntakeStopped.

    Counted as sent batch by batch, after the other side has it: after a break some come twice, none is missing.
    """
    to, done = siem_target(), 0
    while to is not None and done < most:
        batch = _unsent()
        if not batch:
            break
        wire.deliver(to, [_message(row) for row in batch])
        done += len(batch)
        sent(batch[-1].number or 0)
    return done


def _unsent() -> list[Trace]:
    head = TraceHead.objects.filter(pk=HEAD).first() or TraceHead()
    return list(Trace.objects.filter(number__gt=head.sent, number__lte=head.number).order_by("number")[:AT_ONCE])


def _message(row: Trace) -> bytes:
    told = {name: getattr(row, name) for name in (*siem.TOLD, "at")}
    return siem.message(told, telling.sentence(row), _HOST)


def kept() -> TraceHead:
    """The head as it stands, not locked; an empty one before anything was written."""
    return TraceHead.objects.filter(pk=HEAD).first() or TraceHead()
