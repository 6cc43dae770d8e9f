"""Suricata EVE: JSON Lines of events, flattened (`alert.signature`, `http.hostname`); `events` picks the kinds wanted.

What was carried over the line (payload, packet) is left out unless it is asked for. A half last line (the file is still
being written) is left out with a remark; another line that cannot be read stands as a fault.
Never: judges an event; guesses a time zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from haidang.intake.formats import Arrival, RawTable
from haidang.intake.formats.gather import Gathered
from haidang.intake.formats.isolated import read_light
from haidang.intake.formats.json_text import flat, parsed
from haidang.intake.formats.lined import numbered
from haidang.intake.formats.refuse import problem
from haidang.words.errors import IntakeStopped, Problem

KIND = "eve"
SUFFIXES = (".json", ".jsonl")
READ = ("events", "payload")
ALERT = ("action", "gid", "signature_id", "rev", "signature", "category", "severity")
COLUMNS = (
    "timestamp", "event_type", "src_ip", "src_port", "dest_ip", "dest_port", "proto", "app_proto", "in_iface",
    "flow_id",
    *(f"alert.{name}" for name in ALERT),
)  # fmt: skip
CARRIED = frozenset({"payload", "payload_printable", "packet", "packet_info", "http_body", "http_body_printable"})


def looks(head: bytes) -> int:
    """A first object with the marks of an event goes before plain JSON; later ones may follow a broken line."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not first.startswith(b"{") or b'"event_type"' not in head:
        return 0
    line = first.split(b"\n", 1)[0]
    return 3 if b'"event_type"' in line and b'"timestamp"' in line else 2


def tables(file: Arrival) -> Iterator[RawTable]:
    """The one table of the file."""
    return read_light("eve", file)


def read(file: Arrival, remarks: list[Problem]) -> Iterator[RawTable]:
    """Every event of the wanted kinds as a row."""
    wanted = {kind.strip() for kind in file.read.get("events", "").split(",") if kind.strip()}
    carried = file.read.get("payload", "") == "true"
    made = Gathered(file, COLUMNS)
    passed = 0
    for number, line, whole in numbered(file):
        event = _event(line, file)
        if event is None and not whole:
            remarks.append(problem("half-line-left-out", file.name, found=number))
        elif event is None:
            made.broken("line-no-json", {}, number, found=line)
        elif wanted and event.get("event_type") not in wanted:
            passed += 1
        else:
            made.add(_row(event, file, number, carried=carried), number)
    if passed:
        remarks.append(problem("events-passed-over", file.name, found=passed, expected=", ".join(sorted(wanted))))
    yield made.table()


def _event(line: str, file: Arrival) -> dict[str, Any] | None:
    """The object of a line, or None for what is none."""
    try:
        value = parsed(line.encode("utf-8", "replace"), file.name)
    except IntakeStopped:
        return None
    return value if isinstance(value, dict) else None


def _row(event: dict[str, Any], file: Arrival, number: int, *, carried: bool) -> dict[str, str]:
    kept = event if carried else {key: value for key, value in event.items() if key not in CARRIED}
    cells = dict(flat(kept, file.name, number))
    return cells if carried else {key: text for key, text in cells.items() if key.rpartition(".")[2] not in CARRIED}
