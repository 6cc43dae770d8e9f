"""How long a lease runs and who may hold one. Never: writes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

LEASE = timedelta(seconds=30)
"""A run of a source renews its lease while it works; a killed one's ends by itself after this."""

ALONE = timedelta(minutes=15)
"""The lease of whoever has nobody beside to renew it while one parcel is on its way (the terminal)."""

BACKLOG = 20
"""With so many runs of a source received and not landed, fetching waits for the worker."""

COLLECTOR = "collector"
"""How the names of collectors begin."""


def length(name: str) -> timedelta:
    return LEASE if name.startswith(COLLECTOR) else ALONE


def free(now: datetime) -> Q:
    return Q(busy_until=None) | Q(busy_until__lte=now)
