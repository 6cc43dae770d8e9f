"""Who calls: the address at the other end, told by the trusted proxies alone. Never: believes a heading of a stranger.

`X-Forwarded-For` is read from the right, as long as whoever wrote the entry is one of HAIDANG_PROXIES: what a caller
puts into it himself stands further to the left and is never reached.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address
_MOST_HOPS = 8
FORWARDED = (
    b"x-forwarded-for",
    b"x-forwarded-proto",
    b"x-forwarded-host",
    b"x-forwarded-port",
    b"forwarded",
    b"x-real-ip",
)
"""Headings that only a proxy may write."""


def of_scope(scope: Mapping[str, Any]) -> str:
    """The caller of an ASGI scope, as an address; "" when the server knows none (a socket of this machine)."""
    said = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
    return behind(peer(scope), said.decode("latin-1"), settings.PROXIES)


def of_request(meta: Mapping[str, Any]) -> str:
    """The same from a request's META."""
    return behind(str(meta.get("REMOTE_ADDR", "")), str(meta.get("HTTP_X_FORWARDED_FOR", "")), settings.PROXIES)


def peer(scope: Mapping[str, Any]) -> str:
    """Who is at the other end of the connection itself."""
    return str((scope.get("client") or ("", 0))[0])


def behind(nearest: str, forwarded: str, proxies: Sequence[str]) -> str:
    """The address of the caller behind the trusted `proxies` (CIDR); an unreadable entry ends the way."""
    at = _read(nearest)
    if at is None:
        return nearest[:64]
    for entry in reversed(forwarded.split(",")[-_MOST_HOPS:]):
        before = _read(entry)
        if before is None or not _within(at, proxies):
            break
        at = before
    return str(at)


def trusted(address: str, proxies: Sequence[str] | None = None) -> bool:
    """Whether an address is one of the proxies (HAIDANG_PROXIES)."""
    ip = _read(address)
    return ip is not None and _within(ip, settings.PROXIES if proxies is None else proxies)


def group(address: str) -> str:
    """Whom to count together: an IPv6 network of 64 bits belongs to one household, an IPv4 address stands alone."""
    ip = _read(address)
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((int(ip) >> 64 << 64, 64)))
    return str(ip) if ip else address[:64]


def within(address: str, networks: Sequence[str]) -> bool:
    """Whether an address lies in one of the networks (CIDR)."""
    ip = _read(address)
    return ip is not None and _within(ip, networks)


def _read(text: str) -> _IP | None:
    """Also as proxies write it: `1.2.3.4:5678`, `[2001:db8::1]:443`; `::ffff:1.2.3.4` is 1.2.3.4."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        ip = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (ip.ipv4_mapped or ip) if isinstance(ip, ipaddress.IPv6Address) else ip


def _within(ip: _IP, networks: Sequence[str]) -> bool:
    return any(ip in ipaddress.ip_network(network, strict=False) for network in networks)


def inside(address: str, networks: Sequence[str]) -> bool:
    """Whether an address lies in one of these networks; "" (this machine's own socket) does."""
    ip = _read(address)
    return not address or (ip is not None and _within(ip, networks))
