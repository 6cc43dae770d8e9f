"""To which networks the centre may call: every address is proved before a byte is sent. Never: connects.

A source, a provider of identities, a mail server, a collector of logs: an address is typed by a person and may be
typed to reach what only this machine can reach (the clouds' metadata service, another program's door). A name is looked
up once, every address it gives is proved, and who connects takes the proved number from `pinned`, so that a name cannot
lead elsewhere between the proof and the connection.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from haidang.words.errors import IntakeStopped, Unavailable

NEVER = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "169.254.0.0/16",  # link-local, and where clouds keep a machine's credentials
        "100.100.100.200/32",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/128",
        "fe80::/10",
        "fd00:ec2::254/128",
        "ff00::/8",
        # These wrap an address of the other family: what they lead to cannot be read off them everywhere.
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
    )
)
"""Refused whatever the networks say."""

PORTS = {
    **{"http": 80, "https": 443, "smtp": 25, "smtps": 465, "syslog": 514, "syslogs": 6514},
    **{"sftp": 22, "imap": 143, "imaps": 993, "mqtt": 1883, "mqtts": 8883},
    **{"postgresql": 5432, "mysql": 3306, "mssql": 1433, "oracle": 1521},
}
_NUMBER = re.compile(r"^(0x[0-9a-f]*|[0-9]+)$", re.IGNORECASE)
_IP = ipaddress.IPv4Address | ipaddress.IPv6Address


def allowed() -> tuple[str, ...]:
    """The networks an address may lead to (CIDR): HAIDANG_NETWORKS, else this machine and private ones."""
    return tuple(settings.NETWORKS)


def check(address: str, networks: tuple[str, ...]) -> None:
    """Prove that an address (`https://host:port/…`, `host:port`, `host`) leads only into `networks`.

    Raises IntakeStopped('address-not-allowed' | 'address-unreadable'), Unavailable('host-unknown').
    """
    _proved(address, networks)


def pinned(address: str, networks: tuple[str, ...]) -> tuple[str, int]:
    """(ip, port) to connect to, proved; the port by the scheme when the address names none.

    Raises as `check`, and IntakeStopped('address-unreadable') where no port is known.
    """
    parts = _parts(address)
    port = parts.port or PORTS.get(parts.scheme, 0)
    if not port:
        raise IntakeStopped("address-unreadable", found=shown(address))
    return str(_proved(address, networks)[0]), port


def shown(address: str) -> str:
    """The address for a message: without a user's name or password, and not longer than a line."""
    return re.sub(r"//[^/]*@", "//…@", address)[:200]


def _proved(address: str, networks: tuple[str, ...]) -> list[_IP]:
    parts = _parts(address)
    host, within = parts.hostname or "", [_network(network) for network in networks]
    found = _numbers(host, parts.port or PORTS.get(parts.scheme, 0), address)
    if refused := [ip for ip in found if not _may(ip, within)]:
        raise IntakeStopped("address-not-allowed", found=shown(address), leads=str(refused[0]))
    return found


def _parts(address: str) -> SplitResult:
    """Raises IntakeStopped: a user's name in it (it hides where it leads), a port that is none, no host."""
    if "\\" in address or _controls(address):
        raise IntakeStopped("address-not-allowed", found=shown(address), leads="…")
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        port_is_sound = parts.port != 0
    except ValueError as error:
        raise IntakeStopped("address-unreadable", found=shown(address)) from error
    if "@" in parts.netloc:
        raise IntakeStopped("address-not-allowed", found=shown(address), leads="@")
    if not parts.hostname or not port_is_sound or "%" in parts.netloc:
        raise IntakeStopped("address-unreadable", found=shown(address))
    return parts


def _controls(address: str) -> bool:
    return any(ord(letter) <= 32 or ord(letter) == 127 for letter in address)


def _numbers(host: str, port: int, address: str) -> list[_IP]:
    """Every address a host has. A number must be written as numbers are: 2130706433 or 0177.1 is refused."""
    try:
        return [_unwrapped(ipaddress.ip_address(host))]
    except ValueError:
        pass
    if _NUMBER.match(host.rstrip(".").rsplit(".", 1)[-1]) or ":" in host:
        raise IntakeStopped("address-not-allowed", found=shown(address), leads=host)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unavailable("host-unknown", found=host[:120], retry=60) from error
    numbers = [_unwrapped(ipaddress.ip_address(str(place[0]).partition("%")[0])) for *_, place in found]
    return sorted(numbers, key=lambda number: number.version)  # a name of both families mostly listens on the older


def _unwrapped(ip: _IP) -> _IP:
    """`::ffff:10.0.0.1` is 10.0.0.1."""
    return (ip.ipv4_mapped or ip) if isinstance(ip, ipaddress.IPv6Address) else ip


def _may(ip: _IP, within: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    return not any(ip in network for network in NEVER) and any(ip in network for network in within)


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise IntakeStopped("network-unreadable", found=text[:60]) from error


def host(address: str) -> str:
    """The host's name in an address, against which a certificate is proved; raises as `check` of what is unreadable."""
    return _parts(address).hostname or ""
