"""Which Runs wait for the worker, and who is next. Never: writes.

A Run that was begun waits again after a quarter of an hour (its lander was killed); one received by hand is left for a
moment to whoever received it, what a feed brought is nobody else's to land.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Min, Q

from haidang.intake import clock
from haidang.intake.models import ERASE, GONE, LANDING, RECEIVED, RETAIN, Run

FEEDS = ("pull", "push", "stream", "derived", GONE, ERASE, RETAIN)
"""Kinds of Runs that only the worker lands."""


class Next(NamedTuple):
    """A waiting Run as it was seen, and the name of who has its turn with it."""

    run: str
    state: str
    began: datetime | None
    name: str


def line(turns: Mapping[str, int]) -> Iterator[Next]:
    """The oldest waiting Run of each source (or dataset, by hand); first whose turn (`turns`) is longest ago."""
    waits = Run.objects.filter(_waiting())
    heads = (
        waits.order_by().values("source", "dataset").annotate(first=Min("id")).values_list("source", "dataset", "first")
    )
    named = sorted((turns.get(source or dataset, 0), first, source or dataset) for source, dataset, first in heads)
    for _, first, name in named:
        for state, began in waits.filter(pk=first).values_list("state", "started_at"):
            yield Next(first, state, began, name)


def oldest() -> datetime | None:
    """When the Run that waits longest was received, None when none waits."""
    first: datetime | None = Run.objects.filter(state=RECEIVED).aggregate(first=Min("received_at"))["first"]
    return first


def _waiting() -> Q:
    begun, received = clock.now() - timedelta(minutes=15), clock.now() - timedelta(seconds=2)
    feeds = Q(state=RECEIVED, kind__in=FEEDS)
    return feeds | Q(state=RECEIVED, received_at__lt=received) | Q(state=LANDING, started_at__lt=begun)
