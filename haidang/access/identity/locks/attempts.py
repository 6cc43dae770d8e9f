"""Whose attempt it is: the name, the address, the device when it is known. Never: counts; keeps a name of nobody."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

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
