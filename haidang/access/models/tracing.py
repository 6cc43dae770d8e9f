"""The trace: what was done, looked at or refused, as a chain. Never: changed or taken out but by retention."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone


class Trace(models.Model):
    """One act, look, refusal or sign-in.

    `number` counts without a gap; `digest` seals this row and the digest before it. `who`: as whom it was done; `real`:
    who sat there when that is another (an administrator who sees as somebody); `address`: whence; `door`: web | api |
    cli | jobs | hook; `purpose`: what personal data was looked at for; `privilege`: the privileged session, 0 if none;
    `times`: how many alike stand in this one row; `plain`: its words without tones, to be searched.

    A row written inside somebody's transaction waits there without a number and gets one when that is over.
    """

    number = models.BigIntegerField(unique=True, null=True)
    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    who = models.CharField(max_length=64, db_index=True)
    real = models.CharField(max_length=64, blank=True, default="")
    action = models.CharField(max_length=32)
    subject = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=32)
    because = models.TextField(blank=True)
    purpose = models.CharField(max_length=300, blank=True, default="")
    address = models.CharField(max_length=64, blank=True, default="")
    door = models.CharField(max_length=8, blank=True, default="")
    privilege = models.BigIntegerField(default=0)
    times = models.PositiveIntegerField(default=1)
    plain = models.TextField(blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; raises TypeError for one that already stands."""
        if self.pk is not None:
            raise TypeError("the trace is only ever added to")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("the trace is only ever added to")


class TraceHead(models.Model):
    """Where the chain stands (one row): its last number and digest; what retention let go of ends at `kept_from`.

    `anchor`: the digest of the last row let go of; `sent`: up to which number it went to the SIEM; `seal`: over all of
    it but `sent`, so that it cannot be set back; `key`: which key sealed it, by a name of it.
    """

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")
    kept_from = models.BigIntegerField(default=1)
    anchor = models.CharField(max_length=64, default="")
    sent = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, default="")
    key = models.CharField(max_length=16, default="")
