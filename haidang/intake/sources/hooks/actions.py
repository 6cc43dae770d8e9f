"""Takes a push: proves it, knows one it has seen, keeps its bytes. Doors use `intake.sources.actions`.

The mark of a message and its Run are one transaction: the same message twice lands once. Never: lands, speaks HTTP.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import F

from haidang.catalog.declared import Source, declared
from haidang.intake import actions as arrivals
from haidang.intake import kept
from haidang.intake.connectors import kind
from haidang.intake.models import Attempt, HookSeen, SourceState
from haidang.intake.sources import orders
from haidang.store.landing import home
from haidang.words.errors import Denied, HaiDangError, NotNow, Unavailable
from haidang.words.nouns import Actor

PUSHING = Actor("hook", "robot", "Cổng nhận dữ liệu đẩy")
REFUSED = "refused"
FOLD = timedelta(minutes=1)
log = logging.getLogger("haidang.hooks")


def push(source: str, headers: Mapping[str, str], body: Path, remote: str, now: datetime) -> str:
    """Keep a signed push and open its Run; gives the run's id, its bytes being safe on disk.

    Raises Denied (no such hook, or not signed as it must be: nothing tells which), NotNow('hook-replayed'),
    Unavailable('hook-too-often', retry=…), IntakeStopped('empty-file'). Every refusal is written down.
    """
    try:
        return _push(source, headers, body, now)
    except HaiDangError as error:
        refused(source, error.code, remote, now)
        raise


def _push(source: str, headers: Mapping[str, str], body: Path, now: datetime) -> str:
    noun, state = _open_hook(source)
    order = orders.order(noun, state, body.parent)
    if HookSeen.objects.filter(source=source, at__gt=now - FOLD).count() >= order.number("rate", 600):
        raise Unavailable("hook-too-often", retry=60)
    mark = kind(noun.connector).check(order, headers, body, now)
    name = f"{order.value('name', 'push')}-{now:%Y%m%dT%H%M%S}"
    if HookSeen.objects.filter(source=source, mark=mark).exists():
        raise NotNow("hook-replayed", found=source)
    safe = kept.keep_file(home(), body, name)
    try:
        with transaction.atomic():
            seen = HookSeen.objects.create(source=source, mark=mark, at=now)
            origin = arrivals.Origin("push", source, state.simulated)
            run = arrivals.open_run(PUSHING, noun.dataset, name, safe, origin=origin).id
            HookSeen.objects.filter(pk=seen.pk).update(run=run)
            _lives(source, now, safe.size)
    except IntegrityError:
        raise NotNow("hook-replayed", found=source) from None
    return str(run)


def refused(source: str, code: str, remote: str, now: datetime) -> None:
    """Write a refusal down, folded into one row a minute per source, reason and caller."""
    known = source if _is_hook(source) else ""
    log.warning("hook %s refused: %s from %s", known or "(unknown)", code, remote)
    told = {"outcome": REFUSED, "code": code[:64], "facts": {"remote": remote[:64]}}
    same = Attempt.objects.filter(source=known, at__gt=now - FOLD, **told).order_by("-at").values_list("pk", flat=True)
    if (last := same.first()) is not None:
        Attempt.objects.filter(pk=last).update(parcels=F("parcels") + 1)
        return
    Attempt.objects.create(source=known, at=now, parcels=1, **told)


def _lives(source: str, now: datetime, size: int) -> None:
    alive = {"arrived_at": now, "reached_at": now, "tried_at": now, "failures": 0, "problem": {}}
    SourceState.objects.filter(pk=source).update(**alive)
    last = Attempt.objects.filter(source=source, outcome="arrived", at__gt=now - FOLD).order_by("-at").first()
    if last is None:
        Attempt.objects.create(source=source, at=now, outcome="arrived", parcels=1, size=size)
        return
    Attempt.objects.filter(pk=last.pk).update(parcels=F("parcels") + 1, size=F("size") + size)


def _is_hook(source: str) -> bool:
    return any(s.key == source and orders.mode(s.connector) == orders.PUSH for s in declared().sources())


def _open_hook(source: str) -> tuple[Source, SourceState]:
    """Raises Denied('hook-unknown') for whatever is no open hook: absent, of another kind, not connected, paused."""
    state = SourceState.objects.filter(pk=source, connected=True, paused=False).first() if _is_hook(source) else None
    if state is None:
        raise Denied("hook-unknown")
    return declared().source(source), state
