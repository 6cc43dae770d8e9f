"""The factors an account has, and whether a session has passed one. Never: writes, gives a secret away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from haidang.access.models import Account, FactorMiss

TOTP, PASSKEY, CODES = "totp", "webauthn", "recovery_codes"
SECOND = (TOTP, PASSKEY)
"""What counts as a second factor; recovery codes only stand in for one."""
MISSES, WITHIN = 5, timedelta(minutes=5)
"""After so many wrong codes within so long the second step waits."""
SESSION = "factor"
"""Key of the session: by what the second step was passed (TOTP, PASSKEY, CODES, or `sso` when a provider says so)."""


@dataclass(frozen=True)
class Factor:
    """One factor: its number, kind, name (passkeys), since when, last used."""

    number: int
    kind: str
    name: str
    since: datetime
    used: datetime | None


@dataclass(frozen=True)
class Codes:
    """Recovery codes: how many are left, whether they were shown already."""

    left: int
    shown: bool


def factors(account: Account) -> tuple[Factor, ...]:
    """The second factors of an account, oldest first; recovery codes are not among them."""
    rows = Authenticator.objects.filter(user=account, type__in=SECOND).order_by("created_at", "pk")
    return tuple(Factor(row.pk, row.type, row.data.get("name", ""), row.created_at, row.last_used_at) for row in rows)


def has_factor(account: Account) -> bool:
    return bool(Authenticator.objects.filter(user=account, type__in=SECOND).exists())


def codes(account: Account) -> Codes | None:
    """None when there are none yet."""
    row = Authenticator.objects.filter(user=account, type=CODES).first()
    return Codes(len(row.wrap().get_unused_codes()), bool(row.data.get("viewed_at"))) if row else None


def given(account: Account) -> bool:
    """Whether its key was given without a telephone: the cast of a demo, whose codes the terminal shows."""
    row = Authenticator.objects.filter(user=account, type=TOTP).first()
    return bool(row and row.data.get("given"))


def last_step(name: str) -> int:
    """The step of the clock whose code an account used last, 0 for none; that one and those before are used up."""
    row = Authenticator.objects.filter(user__name=name, type=TOTP).first()
    return int(row.data.get("last", 0)) if row else 0


def passed(session: Mapping[str, Any]) -> bool:
    """Whether this session was opened with a second factor (or one was made in it)."""
    return bool(session.get(SESSION))


def waits(account: Account) -> int:
    """Seconds until another code may be tried, 0 when at once."""
    since = timezone.now() - WITHIN
    last = list(FactorMiss.objects.filter(account=account, at__gt=since).order_by("-at").values_list("at", flat=True))
    if len(last) < MISSES:
        return 0
    return max(1, int((last[MISSES - 1] + WITHIN - timezone.now()).total_seconds()))
