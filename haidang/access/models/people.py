"""Asking for rights, reviewing them, and sessions above one's own. Never: decides, gives a grant."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from haidang.words.nouns import ANY

ASKED, APPROVED, REFUSED, TAKEN_BACK = "asked", "approved", "refused", "taken-back"


class Request(models.Model):
    """Somebody asks for a grant; another decides. `page`: where they were when something was missing.

    For the asker, or, when an administrator proposes what takes a second one, for `to` (an account) or `through`
    (`office/post`). `first_by`: the administrator who has agreed already, where two must.
    """

    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="requests")
    to = models.CharField(max_length=64, blank=True, default="")
    through = models.CharField(max_length=140, blank=True, default="")
    over = models.CharField(max_length=64, blank=True, default="")
    first_by = models.CharField(max_length=64, blank=True, default="")
    action = models.CharField(max_length=16, default="read")
    pack = models.CharField(max_length=64, default=ANY)
    place = models.CharField(max_length=32, default=ANY)
    level = models.SmallIntegerField(default=1)
    until = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=500)
    page = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    state = models.CharField(max_length=16, default=ASKED, db_index=True)
    decided_by = models.CharField(max_length=64, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True, default="")
    grant = models.ForeignKey("access.GrantRow", null=True, blank=True, on_delete=models.SET_NULL)


class GrantEnded(models.Model):
    """A grant that was withdrawn, as it stood; one that ran out stays a grant. `to`: account, else through."""

    number = models.BigIntegerField(db_index=True)
    to = models.CharField(max_length=64, blank=True, default="", db_index=True)
    through = models.CharField(max_length=140, blank=True, default="")
    over = models.CharField(max_length=64, blank=True, default="")
    action = models.CharField(max_length=16)
    pack = models.CharField(max_length=64)
    place = models.CharField(max_length=32)
    level = models.SmallIntegerField()
    until = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True, default="")
    given_by = models.CharField(max_length=64, blank=True, default="")
    created = models.DateTimeField()
    ended = models.DateTimeField(default=timezone.now, db_index=True)
    ended_by = models.CharField(max_length=64)


class Review(models.Model):
    """The half-yearly look through every grant of an office: opened, due, closed."""

    office = models.ForeignKey("access.Office", on_delete=models.CASCADE, related_name="reviews")
    opened = models.DateTimeField(default=timezone.now)
    due = models.DateField()
    closed = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=64, blank=True, default="")


class ReviewLine(models.Model):
    """One grant as it stood when the review opened, and what was said of it: "" | keep | withdraw | until."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="lines")
    grant = models.ForeignKey("access.GrantRow", null=True, blank=True, on_delete=models.SET_NULL)
    account = models.CharField(max_length=64, blank=True, default="")
    said = models.CharField(max_length=300)
    decision = models.CharField(max_length=16, blank=True, default="")
    by = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["account", "id"]


class Privilege(models.Model):
    """A privileged session: what an account may for an hour at most, for a reason; told to the head the next day."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="privileges")
    reason = models.CharField(max_length=500)
    opened = models.DateTimeField(default=timezone.now, db_index=True)
    until = models.DateTimeField()
    closed = models.DateTimeField(null=True, blank=True)
    reported = models.DateTimeField(null=True, blank=True)


class SeenAs(models.Model):
    """Whom an administrator sees the centre as, within a privileged session."""

    privilege = models.ForeignKey(Privilege, on_delete=models.CASCADE, related_name="seen_as")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opened = models.DateTimeField(default=timezone.now)
    closed = models.DateTimeField(null=True, blank=True)
