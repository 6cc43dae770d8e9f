"""The identity providers people may sign in by, who is known there, and what must be good only once.

Never: holds a secret or an identity number in clear, nor what a provider told of a person.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from haidang.words.nouns import ANY, Level

REFUSE, OPEN = "refuse", "open"


class Provider(models.Model):
    """An OpenID Connect provider (VNeID, the province's SSO).

    `secret`: the client's, sealed; `mapping`: what its claims mean here (identity.providers.claims says its shape);
    `unknown`: what becomes of a person not linked to an account, REFUSE or OPEN (an account by the rules); no grant by
    mapping goes above `level` or beyond `place`, none lasts longer than `days` after the last sign-in; `bounded`:
    sessions end with the ID token.
    """

    key = models.SlugField(max_length=32, unique=True)
    name_vi = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True, default="")
    issuer = models.CharField(max_length=300)
    client_id = models.CharField(max_length=200)
    secret = models.TextField(blank=True, default="")
    scopes = models.CharField(max_length=200, default="openid profile")
    mapping = models.JSONField(default=dict, blank=True)
    unknown = models.CharField(max_length=8, default=REFUSE, choices=[(REFUSE, REFUSE), (OPEN, OPEN)])
    level = models.SmallIntegerField(default=Level.INTERNAL.value)
    place = models.CharField(max_length=32, default=ANY)
    days = models.PositiveSmallIntegerField(default=30)
    bounded = models.BooleanField(default=False)
    on = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["key"]


class Linked(models.Model):
    """Who an account is at a provider: by `sub` alone, which the provider never gives to another person."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="links")
    sub = models.CharField(max_length=255)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="links")
    since = models.DateTimeField(default=timezone.now)
    last = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "sub"], name="linked_one_account"),
            models.UniqueConstraint(fields=["provider", "account"], name="linked_one_sub"),
        ]


class SignedBy(models.Model):
    """A session that a provider vouched for, so that it can be ended from there (`sid`); `hint`: the ID token, sealed,
    which the provider wants back when one signs out.
    """

    link = models.ForeignKey(Linked, on_delete=models.CASCADE, related_name="sessions")
    session = models.CharField(max_length=40, db_index=True)
    sid = models.CharField(max_length=255, blank=True, default="", db_index=True)
    hint = models.TextField(blank=True, default="")
    at = models.DateTimeField(default=timezone.now)


class UsedOnce(models.Model):
    """Something that is good only once (a logout token's number), as a digest, until it would be refused anyway."""

    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(db_index=True)


class FactorMiss(models.Model):
    """A wrong code at the second step; so many in a while and the step waits, for every process alike."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="factor_misses")
    at = models.DateTimeField(default=timezone.now, db_index=True)
