"""Counts attempts, and lets go of counts. Never: looks at a password."""

from __future__ import annotations

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.db.models import F

from haidang.access.identity.locks.attempts import Attempt
from haidang.access.identity.locks.reads import until
from haidang.access.identity.rules import Rules


def take(trial: Attempt, now: datetime, by: Rules) -> datetime | None:
    """Count an attempt that is about to be made; when it may not be made: until when."""
    if end := until(trial, now, by):
        return end
    begin = now - timedelta(hours=by.lock_hours)
    row, _ = AccessAttempt.objects.get_or_create(
        **trial.row, defaults={"failures_since_start": 0, "http_accept": "", "path_info": "", "get_data": ""}
    )
    own = AccessAttempt.objects.filter(pk=row.pk)
    own.filter(attempt_time__lte=begin).update(failures_since_start=0)
    # One statement: of many attempts at once no more than the rule allows find room.
    room = own.filter(failures_since_start__lt=by.lock_after)
    if room.update(failures_since_start=F("failures_since_start") + 1, attempt_time=now):
        return None
    return now + timedelta(hours=by.lock_hours)


def give_back(trial: Attempt) -> None:
    """The attempt was right after all."""
    rows = AccessAttempt.objects.filter(**trial.row, failures_since_start__gt=0)
    rows.update(failures_since_start=F("failures_since_start") - 1)


def forget(trial: Attempt) -> None:
    """Signed in: what this device (or address) had counted is let go of."""
    AccessAttempt.objects.filter(**trial.row).delete()


def clear(name: str) -> int:
    """Let go of every count of an account; how many there were."""
    gone, _ = AccessAttempt.objects.filter(username=name).delete()
    return int(gone)


def clean(before: datetime) -> None:
    """Let go of counts nobody has added to since."""
    AccessAttempt.objects.filter(attempt_time__lte=before).delete()
