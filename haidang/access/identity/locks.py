"""Who may try a password now: failures counted per account and address, and per device that signed in before.

An attempt is counted before the password is looked at, so that no burst of attempts gets more tries than the rule
allows, and given back when it was right; a locked attempt costs no hashing. A stranger locks nobody out: what an
unknown device does counts for its address, and for every unknown device only after failures from several addresses; a
known device (signed cookie) has a count of its own. Never: tells whether an account exists.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Max, Sum
from django.http import HttpRequest
from django.utils import timezone

from haidang.access.identity.rules import Rules, rules
from haidang.access.models import Account
from haidang.network import remote

COOKIE = "haidang_device"
COOKIE_AGE = 365 * 86_400
_SALT = "haidang.device"
_MOST_NAMES = 8
_BUCKETS = 4096
_ANYWHERE = "::"
"""The address of a known device's count: it goes with the device, wherever that is."""


@dataclass(frozen=True)
class Attempt:
    """Who tries what from where; `name` is that of an account, or a bucket of the names that are nobody's."""

    name: str
    address: str
    device: str = ""

    @property
    def row(self) -> dict[str, str]:
        """What its count is kept under."""
        if self.device:
            return {"username": self.name, "ip_address": _ANYWHERE, "user_agent": f"device:{self.device}"}
        return {"username": self.name, "ip_address": self.address, "user_agent": ""}


@dataclass(frozen=True)
class Held:
    """One count that holds an account: `where` an address, "device" or "everywhere" (every unknown device)."""

    where: str
    until: datetime


# --- whose attempt it is


def attempt(request: HttpRequest, username: str) -> Attempt:
    """The attempt a request makes on a name."""
    name = username.strip().lower()[:64]
    known = devices(request.COOKIES)
    key = name if Account.objects.filter(name=name).exists() else _nobody(name)
    return Attempt(key, _address(request), known.get("id", "") if _digest(name) in known.get("of", ()) else "")


def _address(request: HttpRequest) -> str:
    """An IPv6 household counts as one; kept as an address, since the table's column is one."""
    whole = remote.group(remote.of_request(request.META)).partition("/")[0]
    try:
        return str(ipaddress.ip_address(whole))
    except ValueError:
        return "0.0.0.0"


def _nobody(name: str) -> str:
    """Names of nobody are never kept (a password may have been typed there), and cannot fill the disk."""
    return f"?{int(_digest(name), 16) % _BUCKETS}"


def _digest(name: str) -> str:
    return hashlib.blake2b(name.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=8).hexdigest()


def devices(cookies: Mapping[str, str]) -> dict[str, Any]:
    """The device's `id`, and the digests `of` whom it signed in; empty when it is unknown or was tampered with."""
    try:
        found = signing.loads(cookies.get(COOKIE, ""), salt=_SALT, max_age=COOKIE_AGE)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def remembered(cookies: Mapping[str, str], name: str) -> str:
    """The cookie of a device on which `name` has just signed in."""
    known = devices(cookies)
    names = [_digest(name), *(one for one in known.get("of", ()) if one != _digest(name))]
    return signing.dumps({"id": known.get("id") or secrets.token_hex(8), "of": names[:_MOST_NAMES]}, salt=_SALT)


# --- counting


def take(trial: Attempt, now: datetime, by: Rules) -> datetime | None:
    """Count an attempt that is about to be made; when it may not be made: until when."""
    if end := until(trial, now, by):
        return end
    begin = now - timedelta(hours=by.lock_hours)
    row, _ = AccessAttempt.objects.get_or_create(
        **trial.row, defaults={"failures_since_start": 0, "http_accept": "", "path_info": "", "get_data": ""}
    )
    own = AccessAttempt.objects.filter(pk=row.pk)
    own.filter(attempt_time__lte=begin).update(failures_since_start=0)
    # One statement: of many attempts at once no more than the rule allows find room.
    room = own.filter(failures_since_start__lt=by.lock_after)
    if room.update(failures_since_start=F("failures_since_start") + 1, attempt_time=now):
        return None
    return now + timedelta(hours=by.lock_hours)


def until(trial: Attempt, now: datetime, by: Rules) -> datetime | None:
    """Until when an attempt may not be made, None when it may."""
    begin, hours = now - timedelta(hours=by.lock_hours), timedelta(hours=by.lock_hours)
    own = AccessAttempt.objects.filter(**trial.row, attempt_time__gt=begin, failures_since_start__gte=by.lock_after)
    if row := own.first():
        last: datetime = row.attempt_time
        return last + hours
    return None if trial.device else _everywhere(trial.name, now, by)


def _everywhere(name: str, now: datetime, by: Rules) -> datetime | None:
    hours = timedelta(hours=by.lock_hours)
    rows = AccessAttempt.objects.filter(username=name, user_agent="", attempt_time__gt=now - hours)
    found = rows.filter(failures_since_start__gt=0).aggregate(
        failures=Sum("failures_since_start"), addresses=Count("pk"), last=Max("attempt_time")
    )
    enough = (found["failures"] or 0) >= by.lock_wide and found["addresses"] >= by.lock_addresses
    return found["last"] + hours if enough else None


def give_back(trial: Attempt) -> None:
    """The attempt was right after all."""
    rows = AccessAttempt.objects.filter(**trial.row, failures_since_start__gt=0)
    rows.update(failures_since_start=F("failures_since_start") - 1)


def forget(trial: Attempt) -> None:
    """Signed in: what this device (or address) had counted is let go of."""
    AccessAttempt.objects.filter(**trial.row).delete()


def clear(name: str) -> int:
    """Let go of every count of an account; how many there were."""
    gone, _ = AccessAttempt.objects.filter(username=name).delete()
    return int(gone)


def clean(before: datetime) -> None:
    """Let go of counts nobody has added to since."""
    AccessAttempt.objects.filter(attempt_time__lte=before).delete()


def held(name: str, now: datetime, by: Rules) -> tuple[Held, ...]:
    """What holds an account now, wherever it is tried from."""
    hours = timedelta(hours=by.lock_hours)
    rows = AccessAttempt.objects.filter(
        username=name, attempt_time__gt=now - hours, failures_since_start__gte=by.lock_after
    )
    found = [Held("device" if row.user_agent else str(row.ip_address), row.attempt_time + hours) for row in rows]
    wide = _everywhere(name, now, by)
    return (*found, *((Held("everywhere", wide),) if wide else ()))


def holding(now: datetime, by: Rules) -> frozenset[str]:
    """The names of what is held now, of all that somebody failed at lately."""
    since = now - timedelta(hours=by.lock_hours)
    tried = AccessAttempt.objects.filter(attempt_time__gt=since, failures_since_start__gt=0)
    names = tried.exclude(username__startswith="?").values_list("username", flat=True).distinct()
    return frozenset(name for name in names if held(name, now, by))


# --- where Django and axes ask


class Lock(AxesStandaloneBackend):  # type: ignore[misc]  # axes has no types
    """The first of the backends: counts the attempt, or refuses it before anything is hashed."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **more: Any
    ) -> None:
        """Raises PermissionDenied, which ends the asking of backends; `request.locked_until` says until when."""
        if request is None or not username or not password:
            return
        trial = attempt(request, username)
        end = take(trial, timezone.now(), rules())
        vars(request)["locked_until"], vars(request)["trial"] = end, trial
        if end is not None:
            raise PermissionDenied


class Handler(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """Axes' seam: it counted with the attempt already, and keeps nothing of what was typed."""

    def user_login_failed(self, sender: Any, credentials: Any, request: Any = None, **more: Any) -> None:
        """Nothing: the attempt was counted before it was made."""

    def user_logged_in(self, sender: Any, request: Any, user: Any, **more: Any) -> None:
        if request is not None and request.META.get("REMOTE_ADDR"):
            forget(attempt(request, user.get_username()))

    def user_logged_out(self, sender: Any, request: Any, user: Any, **more: Any) -> None:
        """Nothing."""
