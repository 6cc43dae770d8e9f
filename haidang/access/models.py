"""Rows of the gate.

Accounts, their grants and tokens, the trace. Never: decides; read by `gate`, written by `actions` and `trace`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from haidang.words.nouns import ANY, Actor, Grant, Level

OPERATOR = "operator"
PUBLIC = "cong-chung"
KINDS = ("officer", "citizen", "public", "robot", "peer")
ACTIONS = ("read", "import", "mend", "manage")


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by its name, however it was typed."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(name=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """Someone who may sign in or act.

    `unit` is the unit id of the office, "" when none. No account is above the grants.
    """

    name = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=16, default="officer", choices=[(kind, kind) for kind in KINDS])
    unit = models.CharField(max_length=32, blank=True)
    email = models.EmailField(max_length=200, blank=True, default="")
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "name"

    class Meta:
        constraints: ClassVar = [
            # The operator of the machine is nobody's account: it sees all and must not be signed in to.
            models.CheckConstraint(
                condition=models.Q(kind__in=KINDS) & ~models.Q(name=OPERATOR), name="account_no_operator"
            ),
        ]

    @property
    def actor(self) -> Actor:
        return Actor(self.name, self.kind, self.title)


class GrantRow(models.Model):
    """One Grant as it is kept.

    Actor × action × pack × place unit × level, until when. Ends by `until`, or by being withdrawn.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    action = models.CharField(max_length=16, default="read")
    pack = models.CharField(max_length=64, default=ANY)
    place = models.CharField(max_length=32, default=ANY)
    level = models.SmallIntegerField(
        default=Level.PUBLIC.value, choices=[(level.value, level.name.lower()) for level in Level]
    )
    until = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)

    def grant(self, name: str) -> Grant:
        """This row as the noun; its id says in words what it allows. `name`: the account's."""
        level = Level(self.level)
        text = f"{self.pk}:{name}:{self.action}:{self.pack}:{self.place}:{level.name.lower()}"
        return Grant(text, name, self.action, self.pack, self.place, level, self.until)


class Token(models.Model):
    """A key a machine carries instead of a password; only its digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    until = models.DateTimeField(null=True, blank=True)


class Trace(models.Model):
    """What was done, looked at or refused. Rows are only ever added."""

    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    who = models.CharField(max_length=64, db_index=True)
    action = models.CharField(max_length=32)
    subject = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=32)
    because = models.TextField(blank=True)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; raises TypeError for one that already stands."""
        if self.pk is not None:
            raise TypeError("the trace is only ever added to")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("the trace is only ever added to")


class Viewed(models.Model):
    """How often a screen was opened on a day, by office and kind of account; never by whom.

    `kind`: board | indicator; `people`: distinct ones of the day, 0 for those who have not signed in.
    """

    day = models.DateField(db_index=True)
    kind = models.CharField(max_length=16)
    thing = models.CharField(max_length=160)
    unit = models.CharField(max_length=32, blank=True)
    account = models.CharField(max_length=16)
    views = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "kind", "thing", "unit", "account"], name="viewed_once")
        ]


class Looker(models.Model):
    """A keyed digest of day, screen and person, so that nobody is counted twice; gone when the day is over."""

    day = models.DateField(db_index=True)
    digest = models.CharField(max_length=32, unique=True)
