"""Keeps what was told in a morning: one Digest per desk and day, so that it is told once. Never: tells anybody."""

from __future__ import annotations

from datetime import date, datetime

from haidang.access import gate
from haidang.cases.digest import reads as digest
from haidang.cases.models import Digest
from haidang.catalog.declared import Desk


def told(desk: Desk, day: date) -> bool:
    """Whether this morning's sheet has been told."""
    return Digest.objects.filter(desk=desk.key, day=day).exists()


def keep(desk: Desk, day: date, now: datetime) -> None:
    """Remember the sheet as the whole desk has it: its counts alone, no word of a report."""
    made = digest.sheet(gate.operator(), desk, day, now)
    counts = ("resolved", "unhappy", "rated", "reopened", "refused", "newly_late", "late", "waiting", "approving")
    unusual = [[one.category, one.unit, one.channel, one.count, list(one.before)] for one in made.unusual]
    sheet = {name: getattr(made, name) for name in counts}
    sheet |= {"received": made.received.count, "since": f"{made.since}", "until": f"{made.until}", "unusual": unusual}
    Digest.objects.get_or_create(desk=desk.key, day=day, defaults={"made": now, "sheet": sheet})
