"""What pages, the collector and the watch ask about sources. Plain values; doors ask the gate first. Never: writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from haidang.catalog.declared import Schedule
from haidang.words.nouns import Label


@dataclass(frozen=True)
class SourceFace:
    """One declared source as the province runs it.

    state: `file` (shipped or by hand; no connection is needed) | `unconnected` | `paused` | `waiting` (nothing came yet) |
    `alive` | `late` | `failing`. `problem`: fields of words.errors.Problem of the last failure, {} when none.
    `values`: settings without secrets; `secrets`: the names of the secrets that are kept.
    """

    source: str
    dataset: str
    pack: str
    title: Label
    department: Label
    connector: str
    format: str
    schedule: Schedule | None
    link: str
    state: str
    simulated: bool
    owner: str
    duty: str
    values: dict[str, str]
    secrets: tuple[str, ...]
    problem: dict[str, str]
    failures: int
    tried_at: datetime | None
    arrived_at: datetime | None
    next_at: datetime | None
    due_at: datetime | None  # the oldest delivery still owed
    owed: int  # deliveries owed and not come
    running: bool


@dataclass(frozen=True)
class AttemptFace:
    """One try to fetch. outcome: arrived | nothing | failed; `code`, `facts`: why it failed."""

    at: datetime
    seconds: float
    outcome: str
    parcels: int
    size: int
    code: str
    facts: dict[str, str]


@dataclass(frozen=True)
class WindowFace:
    """One delivery owed. state: due | met | late | missed."""

    start: datetime
    end: datetime
    due_at: datetime
    state: str
    run: str
    met_at: datetime | None
