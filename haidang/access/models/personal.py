"""What a person asked of their own data. Never: holds the data itself."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class SubjectRequest(models.Model):
    """A request of a data subject: `kind` export | erase; `subject`: a keyed digest of whom it is about.

    `shown`: the masked form of what identifies them; `done`: counts by dataset, and what law kept from erasure.
    """

    kind = models.CharField(max_length=8)
    subject = models.CharField(max_length=64, db_index=True)
    shown = models.CharField(max_length=64)
    why = models.CharField(max_length=500, blank=True, default="")
    by = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    state = models.CharField(max_length=16, default="open", db_index=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done = models.JSONField(default=dict, blank=True)
