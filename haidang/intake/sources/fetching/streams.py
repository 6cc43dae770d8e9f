"""Sources that are told: who listens, and where their parcels go. Never: lands, restarts a listener (jobs do)."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import Error

from haidang.catalog.declared import Source, declared
from haidang.intake import clock
from haidang.intake.connectors import Deliver, Parcel, kind
from haidang.intake.models import SourceState
from haidang.intake.sources import orders
from haidang.intake.sources.fetching import actions as fetching
from haidang.intake.sources.fetching.lease import COLLECTOR
from haidang.words.errors import NotNow, Unavailable


@dataclass(frozen=True)
class Stream:
    """A source to listen to. `told`: what the province says of it; another means listening anew."""

    source: str
    told: str


def streams() -> tuple[Stream, ...]:
    """Every connected source that is told and not paused."""
    keys = [s.key for s in declared().sources() if orders.mode(s.connector) == orders.STREAM]
    rows = SourceState.objects.filter(pk__in=keys, connected=True, paused=False).order_by("pk")
    return tuple(Stream(row.source, f"{row.values}{row.sealed}{row.simulated}") for row in rows)


def deliver(source: str, name: str = "") -> Deliver:
    """Where a listener's parcels go: each is safe on disk with its Run opened when the call returns."""
    noun = declared().source(source)
    trip = fetching.Trip(noun, name or f"{COLLECTOR}-stream", kind="stream")

    def keep(parcel: Parcel) -> str:
        if not fetching.lease(source, trip.name, clock.now()):
            raise NotNow("source-busy-now", found=source)
        began, trip.runs, trip.size = time.monotonic(), [], 0
        try:
            run = fetching.take(trip, parcel)
            fetching.delivered(trip, time.monotonic() - began)
        except Error as error:
            raise Unavailable("database-busy", found=type(error).__name__, retry=5) from error
        return run

    return keep


def listen(source: str, name: str, stop: threading.Event) -> None:
    """Listen until told to stop; what goes wrong is written down and raised, so that whoever runs this waits a while.

    Raises NotNow('source-busy'), and what the connector raises.
    """
    noun = declared().source(source)
    if not fetching.lease(source, name, clock.now()):
        raise NotNow("source-busy-now", found=source)
    try:
        with fetching.scratch() as folder:
            _listen(noun, name, folder, stop)
    except Exception as broken:
        error = fetching.as_problem(broken, source)
        fetching.ended(noun, name, error)
        raise error from broken
    fetching.release(source, name)


def _listen(noun: Source, name: str, folder: Path, stop: threading.Event) -> None:
    state = SourceState.objects.get(pk=noun.key)
    order = orders.order(noun, state, folder)
    kind(noun.connector).listen(order, deliver(noun.key, name), stop)
