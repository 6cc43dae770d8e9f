"""A row of the trace as a syslog message: RFC 5424 with structured data; where HAIDANG_SYSLOG leads. Pure.

Never: connects, reads the database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from haidang.words.errors import BadQuestion

PORTS = {"udp": 514, "tcp": 601, "tls": 6514}
FACILITY = 13
"""“log audit” in RFC 5424."""
WARNING, NOTICE, INFORMATION = 4, 5, 6
SD_ID = "haidang@32473"
"""32473 is the number kept for examples (RFC 5612): the project has none of its own."""
TOLD = (
    *("number", "who", "real", "action", "subject", "outcome", "because", "purpose"),
    *("address", "door", "privilege", "times", "digest"),
)
MOST_UDP = 8000
"""Bytes of one datagram; more would be cut in pieces by the network and lost with any of them."""


@dataclass(frozen=True)
class Target:
    """Where messages go: `udp` | `tcp` | `tls`, a host, a port."""

    kind: str
    host: str
    port: int

    @property
    def place(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def target(setting: str) -> Target | None:
    """HAIDANG_SYSLOG as a Target, None when it is off; raises BadQuestion('bad-setting')."""
    if not setting:
        return None
    try:
        parts = urlsplit(setting)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme not in PORTS or not parts.hostname or not port or parts.path.strip("/"):
        raise BadQuestion("bad-setting", name="HAIDANG_SYSLOG", found=setting[:100], why="tls://host:6514")
    return Target(parts.scheme, parts.hostname, port)


def message(row: Mapping[str, object], said: str, host: str) -> bytes:
    """One message: `row` by the names of TOLD and `at`; `said`: the row as a sentence."""
    priority = FACILITY * 8 + _severity(row)
    at = row["at"]
    assert isinstance(at, datetime)
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    head = f"<{priority}>1 {stamp} {_name(host, 255)} haidang - {_name(str(row['action']), 32)} "
    # The byte-order mark says that what follows is UTF-8 (RFC 5424, 6.4).
    return (head + _data(row) + " ").encode() + b"\xef\xbb\xbf" + _line(said).encode()


def _severity(row: Mapping[str, object]) -> int:
    if row["outcome"] in ("allowed", "done", "shown"):
        return NOTICE if row["purpose"] or row["privilege"] else INFORMATION
    return WARNING


def _data(row: Mapping[str, object]) -> str:
    given = ((name, str(row[name] or "")) for name in TOLD)
    return f"[{SD_ID} " + " ".join(f'{name}="{_value(value)}"' for name, value in given if value) + "]"


def _value(text: str) -> str:
    return re.sub(r'(["\\\]])', r"\\\1", _line(text))


def _line(text: str) -> str:
    """Without what would begin another line at the other end."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _name(text: str, most: int) -> str:
    """As headings of a message are: printable ASCII without blanks."""
    return re.sub(r"[^!-~]", "?", text)[:most] or "-"


def counted(told: bytes) -> bytes:
    """For a stream: the number of octets before each message (RFC 6587, RFC 5425)."""
    return str(len(told)).encode() + b" " + told


def datagram(told: bytes) -> bytes:
    """For UDP: not longer than a datagram; a letter is not cut in two."""
    return told if len(told) <= MOST_UDP else told[:MOST_UDP].decode(errors="ignore").encode()
