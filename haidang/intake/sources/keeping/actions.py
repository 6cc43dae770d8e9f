"""Forgets raw bytes when the pack's retention is over, and old tries. Doors use `intake.sources.actions`.

A Run's row stays for ever; only its bytes go. Never: touches bytes that some other Run, or an open reject, still needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from haidang.catalog.declared import declared
from haidang.intake.models import LANDED, Attempt, HookSeen, Run, Window
from haidang.store.landing import home
from haidang.store.tables import lake
from haidang.words.errors import Absent

TRIES = timedelta(days=90)
MARKS = timedelta(days=2)
"""A hook's messages are known again for so long; the replay window is minutes."""

FINE = timedelta(days=62)
"""Windows that were met are kept so long when a source owes several a day, and FINE × 6 otherwise."""

SETTLED = timedelta(hours=1)
"""Bytes touched so lately may belong to a Run that is just being opened."""

AT_ONCE = 500


@dataclass(frozen=True)
class Swept:
    """What was forgotten: `files` off the disk with their `bytes`, `runs` whose bytes are gone, `tries`."""

    runs: int = 0
    files: int = 0
    bytes: int = 0
    tries: int = 0


def sweep(now: datetime) -> Swept:
    """Empty `path` of runs older than their source's retain_days, at most AT_ONCE of them; delete what nobody needs."""
    tries, _ = Attempt.objects.filter(at__lt=now - TRIES).delete()
    HookSeen.objects.filter(at__lt=now - MARKS).delete()
    _old_windows(now)
    old = _old_runs(now)
    needed = _needed_by_rejects() if old else set()
    freed = [_forget(run, path, now) for run, path in old if run not in needed]
    return Swept(len(freed), sum(size > 0 for size in freed), sum(freed), tries)


def _old_runs(now: datetime) -> list[tuple[str, str]]:
    """(run, path) of landed runs that are older than their source's retention, oldest first, AT_ONCE a source."""
    found: list[tuple[str, str]] = []
    for source in declared().sources():
        if source.retain_days:
            before = now - timedelta(days=source.retain_days)
            rows = Run.objects.filter(source=source.key, state=LANDED, received_at__lt=before).exclude(path="")
            found += rows.order_by("id").values_list("id", "path")[:AT_ONCE]
    return found


def _forget(run: str, path: str, now: datetime) -> int:
    """Empty the Run's path; its bytes go when no other Run has them. Gives how many bytes were freed."""
    file = home() / path
    with transaction.atomic():
        Run.objects.filter(pk=run).update(path="")
        if Run.objects.filter(path=path).exists() or not file.is_file():
            return 0
        found = file.stat()
        if now.timestamp() - found.st_mtime < SETTLED.total_seconds():
            return 0
        file.unlink()
    return found.st_size


def _needed_by_rejects() -> set[str]:
    """Runs with rows that are still open."""
    try:
        table = lake().table("rejects")
    except Absent:
        return set()
    rows = lake().rows(table.filter(table["state"] == "open").select("run").distinct())
    return {row["run"] for row in rows}


def _old_windows(now: datetime) -> None:
    fine = [s.key for s in declared().sources() if s.schedule and s.schedule.every]
    done = Window.objects.filter(state__in=("met", "late", "paused"))
    done.filter(Q(source__in=fine, due_at__lt=now - FINE) | Q(due_at__lt=now - 6 * FINE)).delete()
