"""The Run: one arrival and how far it got; what the province says of a source and how the source fares; what it owed.

What was landed is in the lake; the lake's `runs` row proves a run whole. Never: written by any file but `actions.py`.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

RECEIVED, LANDING, LANDED, STOPPED = "received", "landing", "landed", "stopped"
STATES = (RECEIVED, LANDING, LANDED, STOPPED)
REPLAYS = ("mend", "accept")
GONE, ERASE, RETAIN = "gone", "erase", "retain"
KINDS = ("file", "mend", "accept", "pull", "push", "stream", "derived", GONE, ERASE, RETAIN)


_UNFINISHED = models.Q(state__in=(RECEIVED, LANDING))


class Run(models.Model):
    """`id` sorts by time of arrival. `path`: the kept bytes, under the home's `raw/`.

    kind: how it came: `file` (by hand, or shipped), `pull`, `push`, `stream`, `derived` (made by the centre); a replay
    of set-aside rows (`mend`, `accept`) whose kept bytes name them; or an order to empty what is a person's (`erase`,
    `retain`). `source`: the declared one, "" by hand.
    `simulated`: its source is marked so. `path` is emptied when the bytes were kept as long as the pack states.
    `reasons`: code → rows set aside; `log`: notes [{code, …facts}]; `problem`: why it stopped.
    """

    id = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=8, default="file", choices=[(kind, kind) for kind in KINDS])
    dataset = models.CharField(max_length=128, db_index=True)
    source = models.CharField(max_length=128, blank=True, default="", db_index=True)
    simulated = models.BooleanField(default=False)
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
        indexes: ClassVar = [
            models.Index(fields=["dataset", "digest"], name="run_dataset_digest"),
            models.Index(fields=["source", "state"], name="run_source_state"),
            models.Index(fields=["dataset", "state", "id"], name="run_newest"),
            # Few Runs wait among very many that have landed.
            models.Index(fields=["state", "received_at"], name="run_waiting", condition=_UNFINISHED),
        ]

    def __str__(self) -> str:
        return self.id


class SourceState(models.Model):
    """One declared source as this province runs it.

    `values`: settings that are the province's (addresses, user names …); `sealed`: its secrets, encrypted; `cursor`:
    how far it was read (kept in the same transaction as the Run it belongs to). `busy_until`: a lease, so that one run
    at a time goes on. `wanted_at`: somebody pressed "run now". `owner`, `duty`: account names told when it is late.
    """

    source = models.CharField(max_length=128, primary_key=True)
    values = models.JSONField(default=dict, blank=True)
    sealed = models.TextField(blank=True, default="")
    connected = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    simulated = models.BooleanField(default=False)
    owner = models.CharField(max_length=64, blank=True, default="")
    duty = models.CharField(max_length=64, blank=True, default="")
    cursor = models.JSONField(default=dict, blank=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.JSONField(default=dict, blank=True)
    next_at = models.DateTimeField(null=True, db_index=True)
    wanted_at = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(null=True)
    busy_by = models.CharField(max_length=64, blank=True, default="")
    tried_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.source


class Attempt(models.Model):
    """One try to fetch from a source: when, how it ended, what it brought."""

    source = models.CharField(max_length=128, db_index=True)
    at = models.DateTimeField(db_index=True)
    seconds = models.FloatField(default=0)
    outcome = models.CharField(max_length=16)  # arrived | nothing | failed | refused (a push that was turned away)
    parcels = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    code = models.CharField(max_length=64, blank=True, default="")
    facts = models.JSONField(default=dict, blank=True)


class Window(models.Model):
    """One delivery a source owed: the stretch of time it is about, when it was due, and whether it came.

    state: `due` (not yet late) | `met` | `late` (came late: filled) | `missed` (still to come) | `paused` (not owed: a
    person had paused the source). One row per source and `due_at`.
    """

    source = models.CharField(max_length=128)
    start = models.DateTimeField()
    end = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=8, default="due")
    run = models.CharField(max_length=40, blank=True, default="")
    met_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "due_at"], name="window_once")]


class HookSeen(models.Model):
    """A push that was taken: its mark (the signature it bore), so that the same message twice is one."""

    source = models.CharField(max_length=128)
    mark = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)
    run = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "mark"], name="hook_once")]


class MendRule(models.Model):
    """A correction said once: in a dataset's column, `found` is read as `becomes`; also for what arrives later."""

    dataset = models.CharField(max_length=128, db_index=True)
    column = models.CharField(max_length=63)
    found = models.CharField(max_length=400)
    becomes = models.CharField(max_length=400)
    actor = models.CharField(max_length=64)
    why = models.CharField(max_length=500, blank=True, default="")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class LastShape(models.Model):
    """What the last arrival of a source (`by-hand:<dataset>` when none) looked like; see intake.drift.shape."""

    source = models.CharField(max_length=160, primary_key=True)
    columns = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    faulty = models.JSONField(default=list)
    at = models.DateTimeField()


class Drift(models.Model):
    """One thing a source's arrivals said otherwise from some Run on."""

    source = models.CharField(max_length=160, db_index=True)
    dataset = models.CharField(max_length=128)
    run = models.CharField(max_length=40, db_index=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=16)
    column = models.CharField(max_length=200)
    nearest = models.CharField(max_length=200, blank=True, default="")
