"""Cases as plain values: what a list, a page, the public and a machine read. Never: holds who sent one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Line:
    """One Case as a list shows it. `late`: past its date while open; `left`: seconds to it, None without one."""

    number: int
    desk: str
    kind: str
    state: str
    channel: str
    category: str
    group: str
    title: str
    unit: str
    office: str
    urgent: bool
    simulated: bool
    abusive: str
    sent_at: datetime
    due: datetime | None
    route_due: datetime | None
    resolved_at: datetime | None
    changed: datetime
    rating: int | None
    reopened: int
    lat: float | None
    lon: float | None
    version: int


@dataclass(frozen=True)
class StepFace:
    """One act of the history. `by`: the account's title, "" for the sender or for whoever may not know."""

    id: int
    act: str
    before: str
    after: str
    at: datetime
    by: str
    role: str
    office: str
    words: str
    inner: bool
    facts: dict[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileFace:
    """A file of a Case; `key` is its address (`/cases/files/<key>`)."""

    key: str
    kind: str
    when: str
    name: str
    type: str
    size: int
    width: int
    height: int
    found: dict[str, Any]
    open: bool
    at: datetime


@dataclass(frozen=True)
class Whole:
    """One Case with everything the house may read of it, and the acts open to whoever looks."""

    line: Line
    text: str
    address: str
    public: bool
    anonymous: bool
    result: str
    person: str
    assigned_at: datetime | None
    started_at: datetime | None
    national_due: datetime | None
    publish_due: datetime | None
    published_at: datetime | None
    paused: datetime | None
    extended: int
    rating_words: str
    rated_at: datetime | None
    into: int | None
    merged: tuple[int, ...]
    steps: tuple[StepFace, ...]
    files: tuple[FileFace, ...]
    roles: frozenset[str]
    acts: tuple[str, ...]


@dataclass(frozen=True)
class Published:
    """A published result: nothing in it tells who sent the Case."""

    number: int
    category: str
    group: str
    title: str
    text: str
    unit: str
    office: str
    lat: float | None
    lon: float | None
    sent_at: datetime
    resolved_at: datetime | None
    published_at: datetime | None
    result: str
    rating: int | None
    simulated: bool
    files: tuple[FileFace, ...] = ()


@dataclass(frozen=True)
class Followed:
    """What the sender reads by the code: their own words, how far it is, what was answered, what they may do.

    `joined`: of a merged Case the state of the one it is part of now, "" of others.
    """

    code: str
    number: int
    state: str
    channel: str
    category: str
    text: str
    address: str
    unit: str
    office: str
    sent_at: datetime
    due: datetime | None
    result: str
    rating: int | None
    rating_words: str
    simulated: bool
    steps: tuple[StepFace, ...]
    files: tuple[FileFace, ...]
    acts: tuple[str, ...]
    joined: str = ""
