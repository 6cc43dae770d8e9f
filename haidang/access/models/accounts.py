"""Who may sign in and what they may: offices, accounts, passwords used, grants, tokens, rules; how often screens open.

Never: decides.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from haidang.words.nouns import ANY, Actor, Grant, Level

OPERATOR = "operator"
PUBLIC = "cong-chung"
KINDS = ("officer", "citizen", "public", "robot", "peer")
USES = ("business", "admin", "technical", "service")
"""The four kinds of account of TCVN 14423 (tác nghiệp, quản trị, kỹ thuật, dịch vụ)."""
ACTIONS = ("read", "import", "mend", "manage", "people", "audit", "personal", "route", "handle", "approve")
"""`people`: opens and closes accounts of an office and gives them what lies within this grant; `audit`: reads the trace
and reviews; `personal`: answers data subjects (export, erasure). Of Cases: `route` (the desk), `handle` (the unit it is
assigned to), `approve` (its head)."""


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by its name, however it was typed."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(name=(username or "").strip().lower())


class Office(models.Model):
    """An organisation, or a part of one: a department, a commune's committee, a division.

    `place`: its unit id, "" when none; `head`: who answers for it; what is `above` it holds it.
    """

    key = models.CharField(max_length=64, unique=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True, default="")
    above = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="below")
    place = models.CharField(max_length=32, blank=True, default="")
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="heads"
    )
    closed = models.DateTimeField(null=True, blank=True)


class Account(AbstractBaseUser):
    """Someone who may sign in or act: one person, or one machine, per account. No account is above the grants.

    `unit`: the unit id of the office's place, "" when none; `post`: the key of a post (`giam-doc`), by which grants may
    be given; `holder`: the person's own name; `must_change`: another set the password; `password_at`: since when.
    """

    name = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=16, default="officer", choices=[(kind, kind) for kind in KINDS])
    unit = models.CharField(max_length=32, blank=True)
    email = models.EmailField(max_length=200, blank=True, default="")
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts")
    post = models.CharField(max_length=64, blank=True, default="")
    holder = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=32, blank=True, default="")
    use = models.CharField(max_length=16, default="business", choices=[(use, use) for use in USES])
    is_active = models.BooleanField(default=True)
    activated = models.DateTimeField(null=True, blank=True)
    disabled = models.DateTimeField(null=True, blank=True)
    disabled_why = models.CharField(max_length=64, blank=True, default="")
    must_change = models.BooleanField(default=False)
    password_at = models.DateTimeField(null=True, blank=True)
    last_seen = models.DateTimeField(null=True, blank=True)
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
    """One Grant as it is kept: to an account, or to everybody of an office (and what is below it), of a post, or both.

    Ends by `until`, or by being withdrawn. `over`: for `people` (and delegated `manage`), the office whose people it
    is about, or ANY. `privilege`: the privileged session it lasts for.
    """

    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="grants")
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.CASCADE, related_name="grants")
    post = models.CharField(max_length=64, blank=True, default="")
    over = models.CharField(max_length=64, blank=True, default="")
    action = models.CharField(max_length=16, default="read")
    pack = models.CharField(max_length=64, default=ANY)
    place = models.CharField(max_length=32, default=ANY)
    level = models.SmallIntegerField(
        default=Level.PUBLIC.value, choices=[(level.value, level.name.lower()) for level in Level]
    )
    until = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True, default="")
    given_by = models.CharField(max_length=64, blank=True, default="")
    privilege = models.ForeignKey(
        "access.Privilege", null=True, blank=True, on_delete=models.CASCADE, related_name="grants"
    )
    created = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(account__isnull=False) | models.Q(office__isnull=False) | ~models.Q(post=""),
                name="grant_to_somebody",
            )
        ]

    def grant(self, name: str) -> Grant:
        """This row as the noun; its id says in words what it allows, and through whom. `name`: the account's."""
        level = Level(self.level)
        to = name if self.account_id else f"{self.office.key if self.office else ANY}/{self.post or ANY}"
        text = f"{self.pk}:{to}:{self.action}:{self.pack}:{self.place}:{level.name.lower()}"
        text += f":{self.over}" if self.over else ""
        through = "" if self.account_id else to
        return Grant(text, name, self.action, self.pack, self.place, level, self.until, self.over, through)


class PasswordUsed(models.Model):
    """A password an account has had, as its hash: the last ones may not come back."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passwords_used")
    encoded = models.CharField(max_length=256)
    at = models.DateTimeField(default=timezone.now)


class Rule(models.Model):
    """One rule of signing in as this centre set it; what is not here is as the law's table says."""

    key = models.CharField(max_length=64, unique=True)
    value = models.CharField(max_length=200)
    by = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)


class Token(models.Model):
    """A key a machine carries instead of a password; only its digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=100, blank=True, default="")
    last_used = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    until = models.DateTimeField(null=True, blank=True)


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
