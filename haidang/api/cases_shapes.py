"""The shapes of the API's answers about Cases, and of what is asked and sent. Never: makes a value, names a sender."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

Word = Annotated[str, Field(max_length=128, pattern=r"^[A-Za-z0-9._-]*$")]
Words = Annotated[str, Field(max_length=4000, pattern=r"^[^\x00]*$")]
Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2200, 12, 31))]
Number = Annotated[int, Field(ge=1, le=2**53)]
"""No larger than any program reads exactly."""


class Sought(Schema):
    """What a list is narrowed to; empty for everything. `state`: names by comma, also open, late, ended."""

    desk: Word = ""
    q: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""
    state: Annotated[str, Field(max_length=200, pattern=r"^[a-z,-]*$")] = ""
    channel: Word = ""
    group: Word = ""
    category: Word = ""
    office: Word = ""
    place: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")] = ""
    since: Day | None = None
    until: Day | None = None
    mine: bool = False
    urgent: bool = False


class Listed(Sought):
    """With the page that is wanted and its order."""

    sort: Literal["newest", "oldest", "due", "changed"] = "newest"
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    size: Annotated[int, Field(ge=1, le=500)] = 50


class NewCase(Schema):
    """A report written down by whoever routes at the desk."""

    desk: Word
    text: Annotated[str, Field(min_length=1, max_length=8000, pattern=r"^[^\x00]*$")]
    category: Word = ""
    title: Annotated[str, Field(max_length=160, pattern=r"^[^\x00]*$")] = ""
    address: Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")] = ""
    place: Word = ""
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    urgent: bool = False
    once: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9._:-]*$")] = ""


class Acting(Schema):
    """One act. `version`: of the Case as it was seen, 0 for any; `once`: the same one sent again is one act."""

    act: Word
    words: Words = ""
    office: Word = ""
    due: AwareDatetime | None = None
    into: Annotated[int, Field(ge=0, le=2**53)] = 0
    rating: Annotated[int, Field(ge=0, le=3)] = 0
    fields: Annotated[dict[str, str | bool | float | None], Field(default_factory=dict)]
    version: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    once: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9._:-]*$")] = ""


class CaseLine(Schema):
    """One Case as a list has it. `unit`: the id of its place; moments in ISO 8601 with their zone."""

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
    sent_at: str
    due: str | None
    route_due: str | None
    resolved_at: str | None
    changed: str
    rating: int | None
    reopened: int
    lat: float | None
    lon: float | None
    version: int


class Cases(Schema):
    """A page of Cases and how many there are in all."""

    cases: list[CaseLine]
    total: int
    page: int


class Counts(Schema):
    """How many Cases of each state, and of those how many are late."""

    counts: dict[str, int]


class CaseStep(Schema):
    """One act of the history. `inner`: for the house alone; `by`: a title, "" for whoever sent the Case."""

    id: int
    act: str
    before: str
    after: str
    at: str
    by: str
    role: str
    office: str
    words: str
    inner: bool
    facts: dict[str, Any]
    files: list[str]


class CaseFile(Schema):
    """A file; it is fetched at /cases/files/<key>."""

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
    at: str


class CaseWhole(Schema):
    """One Case. `acts`: what the caller may do now, as `roles`."""

    line: CaseLine
    text: str
    address: str
    public: bool
    anonymous: bool
    result: str
    person: str
    assigned_at: str | None
    started_at: str | None
    national_due: str | None
    publish_due: str | None
    published_at: str | None
    paused: str | None
    extended: int
    rating_words: str
    rated_at: str | None
    into: int | None
    merged: list[int]
    steps: list[CaseStep]
    files: list[CaseFile]
    roles: list[str]
    acts: list[str]


class CaseDone(Schema):
    """A Case after an act."""

    number: int
    state: str
    version: int
