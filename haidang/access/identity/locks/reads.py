"""What holds an account or an attempt now. Never: counts an attempt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.db.models import Count, Max, Sum

from haidang.access.identity.locks.attempts import Attempt
from haidang.access.identity.rules import Rules


@dataclass(frozen=True)
class Held:
    """One count that holds an account: `where` an address, "device" or "everywhere" (every unknown device)."""

    where: str
    until: datetime


def until(trial: Attempt, now: datetime, by: Rules) -> datetime | None:
    """Until when an attempt may not be made, None when it may."""
    begin, hours = now - timedelta(hours=by.lock_hours), timedelta(hours=by.lock_hours)
    own = AccessAttempt.objects.filter(**trial.row, attempt_time__gt=begin, failures_since_start__gte=by.lock_after)
    if row := own.first():
        last: datetime = row.attempt_time
        return last + hours
    return None if trial.device else _everywhere(trial.name, now, by)


def _everywhere(name: str, now: datetime, by: Rules) -> datetime | None:
    hours = timedelta(hours=by.lock_hours)
    rows = AccessAttempt.objects.filter(username=name, user_agent="", attempt_time__gt=now - hours)
    found = rows.filter(failures_since_start__gt=0).aggregate(
        failures=Sum("failures_since_start"), addresses=Count("pk"), last=Max("attempt_time")
    )
    enough = (found["failures"] or 0) >= by.lock_wide and found["addresses"] >= by.lock_addresses
    return found["last"] + hours if enough else None


def held(name: str, now: datetime, by: Rules) -> tuple[Held, ...]:
    """What holds an account now, wherever it is tried from."""
    hours = timedelta(hours=by.lock_hours)
    rows = AccessAttempt.objects.filter(
        username=name, attempt_time__gt=now - hours, failures_since_start__gte=by.lock_after
    )
    found = [Held("device" if row.user_agent else str(row.ip_address), row.attempt_time + hours) for row in rows]
    wide = _everywhere(name, now, by)
    return (*found, *((Held("everywhere", wide),) if wide else ()))


def holding(now: datetime, by: Rules) -> frozenset[str]:
    """The names of what is held now, of all that somebody failed at lately."""
    since = now - timedelta(hours=by.lock_hours)
    tried = AccessAttempt.objects.filter(attempt_time__gt=since, failures_since_start__gt=0)
    names = tried.exclude(username__startswith="?").values_list("username", flat=True).distinct()
    return frozenset(name for name in names if held(name, now, by))
