"""The Notice: who was told what, when, whether it was read and mailed. Never: written by a file but `actions.py`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Notice(models.Model):
    """One thing told to one account. `code` and `facts` make its words (`notice.<code>`); `link`: where to act on it.

    `key`: what it is about; one notice per account and key. `mail`: "" (no e-mail) | `due` | `sent` | `failed`.
    """

    actor = models.CharField(max_length=64, db_index=True)
    code = models.CharField(max_length=64)
    facts = models.JSONField(default=dict, blank=True)
    link = models.CharField(max_length=300, blank=True, default="")
    key = models.CharField(max_length=200)
    at = models.DateTimeField(db_index=True)
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=8, blank=True, default="", db_index=True)
    mailed_at = models.DateTimeField(null=True)
    mail_next_at = models.DateTimeField(null=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mail_problem = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "key"], name="notice_once")]

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"
