"""Opens the Runs of derived datasets when what they are made from has landed, or the day changed.

Never: lands (the worker does), asks more often than a query's own cost allows.
"""

from __future__ import annotations

import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from haidang.catalog.declared import Dataset, Source
from haidang.intake import actions, clock
from haidang.intake.actions import Origin
from haidang.intake.made import forgetting, query
from haidang.intake.models import GONE, SourceState
from haidang.store.landing import Writer, home
from haidang.words.nouns import Actor

REST = 10.0
"""A query rests so many times as long as it took, at least LEAST seconds."""
LEAST = 5.0
DEEPEST = 5
"""Derived datasets of derived datasets, so deep."""

_rest_until: dict[str, float] = {}


def due(who: Actor, now: datetime, *, at_once: bool = False) -> tuple[str, ...]:
    """Run the queries whose datasets landed anew (or whose day changed) and open Runs for what they give differently.

    The run ids. `at_once`: without resting between two runs of one query (tests, the terminal). Raises
    IntakeStopped('query-failed' | 'missing-column').
    """
    opened: list[str] = []
    for source, dataset in query.sources():
        if at_once or time.monotonic() >= _rest_until.get(source.key, 0.0):
            opened += _one(who, source, dataset, now)
    return tuple(opened)


def settle(who: Actor) -> None:
    """Make and land derived datasets until none has anything new to say (the terminal; the worker does it by turns)."""
    for _ in range(DEEPEST):
        runs = due(who, clock.now(), at_once=True)
        for run in runs:
            actions.land(run)
        if not runs:
            return


def _one(who: Actor, source: Source, dataset: Dataset, now: datetime) -> list[str]:
    state, _ = SourceState.objects.get_or_create(source=source.key)
    begun = time.monotonic()
    _rest_until[source.key] = begun + LEAST
    with Writer() as writer:
        seen: dict[str, Any] = {"day": f"{now.astimezone(query.HERE):%Y-%m-%d}", **query.versions(writer, dataset)}
        if len(seen) <= len(dataset.from_datasets) or seen == state.cursor.get("seen"):
            return []  # something it is made from has never landed, or nothing has landed since
        runs, digest = _changed(who, source, dataset, writer=writer, now=now, last=state.cursor.get("digest", ""))
    SourceState.objects.filter(pk=source.key).update(cursor={"seen": seen, "digest": digest})
    took = time.monotonic() - begun
    _rest_until[source.key] = time.monotonic() + max(LEAST, REST * took)
    return runs


def _changed(
    who: Actor, source: Source, dataset: Dataset, *, writer: Writer, now: datetime, last: str
) -> tuple[list[str], str]:
    runs: list[str] = []
    scratch = home() / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="made-") as name:
        found = query.changes(writer, dataset, now, Path(name))
        if found.digest == last:
            return [], last  # what was set aside the last time would only be set aside again
        simulated = query.simulated(writer, dataset)
        if found.csv:
            origin = Origin("derived", source.key, simulated)
            runs.append(actions.receive(who, dataset.key, found.csv, name=f"{dataset.table}.csv", origin=origin))
        if found.gone:
            order = Path(name) / "gone.json"
            order.write_bytes(forgetting.written(found.gone))
            origin = Origin(GONE, source.key, simulated)
            runs.append(actions.receive(who, dataset.key, order, name=f"{dataset.table}.gone", origin=origin))
    return runs, found.digest
