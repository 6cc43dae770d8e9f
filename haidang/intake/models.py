"""The Run: one arrival and how far it got. What was landed is in the lake; the lake's `runs` row proves a run whole.

Never: written by any file but `actions`.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

RECEIVED, LANDING, LANDED, STOPPED = "received", "landing", "landed", "stopped"
STATES = (RECEIVED, LANDING, LANDED, STOPPED)
KINDS = ("file", "mend", "accept")


class Run(models.Model):
    """`id` sorts by time of arrival. `path`: the kept bytes, under the home's `raw/`.

    kind: `file`, or a replay of set-aside rows (`mend`, `accept`) whose kept bytes name them.
    `reasons`: code → rows set aside; `log`: notes [{code, …facts}]; `problem`: why it stopped.
    """

    id = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=8, default="file", choices=[(kind, kind) for kind in KINDS])
    dataset = models.CharField(max_length=128, db_index=True)
    file = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    path = models.CharField(max_length=400)
    size = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, default=RECEIVED, choices=[(state, state) for state in STATES])
    actor = models.CharField(max_length=64)
    read = models.BigIntegerField(default=0)
    landed = models.BigIntegerField(default=0)
    set_aside = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    superseded = models.BigIntegerField(default=0)
    reasons = models.JSONField(default=dict, blank=True)
    log = models.JSONField(default=list, blank=True)
    step = models.CharField(max_length=24, blank=True)
    done = models.BigIntegerField(default=0)
    of = models.BigIntegerField(default=0)
    problem = models.JSONField(default=dict, blank=True)
    snapshot = models.BigIntegerField(default=0)
    received_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["dataset", "digest"], name="run_dataset_digest")]

    def __str__(self) -> str:
        return self.id
