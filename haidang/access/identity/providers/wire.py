"""Bytes to and from a provider: only into the allowed networks, only over TLS (this machine apart), no redirect.

Never: knows the protocol. The number connected to is the one that was proved, not looked up once more.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from haidang.network import calling, guard
from haidang.network.calling import Reply
from haidang.words.errors import IntakeStopped, Unavailable

SECONDS = 8.0
"""How long a whole answer may take; somebody waits before the screen."""


def check(url: str) -> None:
    """Prove that an address of a provider may be called at all.

    Raises IntakeStopped('address-not-allowed' | 'address-unreadable' | 'provider-not-https'), Unavailable.
    """
    guard.check(url, guard.allowed())
    if urlsplit(url).scheme != "https" and not _this_machine(urlsplit(url).hostname or ""):
        raise IntakeStopped("provider-not-https", found=guard.shown(url))


def fetch(method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Reply:
    """One request. Raises as `check`, and Unavailable('provider-silent')."""
    check(url)
    try:
        return calling.fetch(method, url, {"Accept": "application/json", **(headers or {})}, body, seconds=SECONDS)
    except Unavailable as error:
        if error.code != "call-failed":
            raise
        raise Unavailable("provider-silent", found=guard.shown(url), why=error.facts["why"], retry=60) from error


def _this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
