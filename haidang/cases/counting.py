"""Counts of Cases that are asked for again and again, kept while nothing has changed. Never: writes, decides.

What is kept goes by the very question with all its conditions, so that nobody reads the counts of another scope. It
holds until a Case changes, a minute at most; a count that took long (many Cases) is believed a little longer while
Cases change all the time: twenty times as long as it took.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

MOST = 256
BELIEVED_SECONDS = 60.0
QUICK_SECONDS = 0.05
"""A count quicker than this is always made anew after a change."""
PATIENCE = 20


@dataclass(frozen=True)
class _Kept:
    stamp: Hashable
    at: float
    took: float
    value: dict[str, int]


_kept: OrderedDict[Hashable, _Kept] = OrderedDict()
_lock = threading.Lock()


def counted(rows: QuerySet[Any], stamp: Hashable, make: Callable[[], dict[str, int]]) -> dict[str, int]:
    """What `make` counts of `rows`. `stamp`: what is different after every change of a Case."""
    asked = key(rows)
    now = time.monotonic()
    with _lock:
        known = _kept.get(asked)
    if known and _holds(known, stamp, now):
        return dict(known.value)
    value = make()
    with _lock:
        _kept[asked] = _Kept(stamp, now, time.monotonic() - now, value)
        _kept.move_to_end(asked)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return dict(value)


def _holds(known: _Kept, stamp: Hashable, now: float) -> bool:
    age = now - known.at
    if known.stamp == stamp:
        return age < BELIEVED_SECONDS
    return known.took > QUICK_SECONDS and age < min(PATIENCE * known.took, BELIEVED_SECONDS)


def key(rows: QuerySet[Any]) -> Hashable:
    """The question itself, in which database."""
    try:
        sql, values = rows.order_by().query.sql_with_params()
    except EmptyResultSet:
        return "nothing"
    from django.db import connections

    return rows.db, str(connections[rows.db].settings_dict["NAME"]), sql, tuple(values)


def forget() -> None:
    """Keep nothing: for whoever empties the tables beneath (tests, a restored backup)."""
    with _lock:
        _kept.clear()
