"""Takes syslog messages to where they go: UDP, TCP, TLS. Only into HAIDANG_NETWORKS, to the address that was proved.

Over TCP and TLS a batch counts as taken only when the other side has read to its end and closed: what a buffer
swallowed before a break is sent again. Never: decides what is sent.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence
from contextlib import closing, suppress

from django.conf import settings

from haidang.access.tracing import siem
from haidang.access.tracing.siem import Target
from haidang.network import guard
from haidang.words.errors import Unavailable

SECONDS = 10.0


def deliver(to: Target, messages: Sequence[bytes]) -> None:
    """Send them in order; raises Unavailable('siem-away'), IntakeStopped('address-not-allowed' | …)."""
    ip, port = guard.pinned(to.place, guard.allowed())
    try:
        (_by_datagram if to.kind == "udp" else _by_stream)(to, (ip, port), messages)
    except (OSError, ValueError) as error:
        why = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error)
        raise Unavailable("siem-away", found=to.place, why=str(why)[:200], retry=60) from error


def _by_datagram(to: Target, place: tuple[str, int], messages: Sequence[bytes]) -> None:
    del to
    with closing(socket.socket(socket.AF_INET6 if ":" in place[0] else socket.AF_INET, socket.SOCK_DGRAM)) as out:
        out.connect(place)
        for told in messages:
            out.send(siem.datagram(told))


def _by_stream(to: Target, place: tuple[str, int], messages: Sequence[bytes]) -> None:
    with closing(socket.create_connection(place, timeout=SECONDS)) as plain:
        if to.kind == "tls":
            with _trusting().wrap_socket(plain, server_hostname=to.host) as sealed:
                sealed.sendall(b"".join(map(siem.counted, messages)))
                _hang_up_sealed(sealed)
        else:
            plain.sendall(b"".join(map(siem.counted, messages)))
            plain.shutdown(socket.SHUT_WR)
            _wait_for_end(plain)


def _trusting() -> ssl.SSLContext:
    """The certificate is proved against HAIDANG_SYSLOG_CA, else against what this machine trusts."""
    made = ssl.create_default_context(cafile=settings.SYSLOG_CA or None)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    return made


def _hang_up_sealed(sealed: ssl.SSLSocket) -> None:
    """Say that this is all and hear the other side say so; one that only closes its end has read ours too."""
    with suppress(ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError):
        sealed.unwrap()


def _wait_for_end(plain: socket.socket) -> None:
    while plain.recv(4096):
        pass
