"""Anchors: once a day the head of the chain is written to a file beside the database (and goes to the SIEM as a row).

Whoever holds the key and rewrites the whole chain does not rewrite these. Never: reads a row.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Anchor:
    """What the digest of a row was, and when that was written down (ISO 8601)."""

    at: str
    number: int
    digest: str


def file() -> Path:
    return Path(settings.HOME) / "trace-anchors.jsonl"


def anchors() -> tuple[Anchor, ...]:
    """Every anchor, oldest first; a line that cannot be read (a write cut off by a power cut) is passed over."""
    try:
        lines = file().read_text(encoding="utf-8").splitlines()
    except OSError:
        return ()
    return tuple(found for line in lines if (found := _read(line)))


def _read(line: str) -> Anchor | None:
    try:
        told = json.loads(line)
        return Anchor(str(told["at"]), int(told["number"]), str(told["digest"]))
    except (ValueError, KeyError, TypeError):
        return None


def write(anchor: Anchor) -> None:
    """Add one, on disk when this returns; the file is its owner's alone."""
    opened = os.open(file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as out:
        out.write(json.dumps(asdict(anchor)) + "\n")
        out.flush()
        os.fsync(out.fileno())


def last_at() -> datetime | None:
    """When the last one was written."""
    found = anchors()
    return datetime.fromisoformat(found[-1].at) if found else None
