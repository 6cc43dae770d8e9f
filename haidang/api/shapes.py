"""The shapes of the API's answers and refusals, as its description (openapi.json) tells them. Never: makes a value.

Endpoints write their JSON themselves; tests/api/test_schemathesis.py holds them to these shapes.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Field, Schema

LevelName = Literal["public", "internal", "restricted", "personal"]


class Fault(Schema):
    """A parameter of the wrong shape: where it stands and what is wrong."""

    where: str
    what: str


class Problem(Schema):
    """A refusal: its code, and its sentence in the caller's language."""

    code: str
    message: str
    faults: Annotated[list[Fault], Field(default_factory=list)]


class Label(Schema):
    """A text in both languages."""

    vi: str
    en: str


class Cell(Schema):
    """One value of an answer: of a place, a period or an item."""

    key: str
    label: str
    value: float | None
    num: float | None
    den: float | None
    n: int | None
    reason: str


class Comparison(Schema):
    """One value compared with."""

    against: str
    period: str
    value: float | None
    difference: float | None
    percent: float | None
    good: bool | None
    reason: str
    reached: float | None
    pace: float | None


class Provenance(Schema):
    """A run a number came from."""

    dataset: str
    run: str
    file: str
    source: str
    licence: str
    landed_at: str
    simulated: bool


class Quality(Schema):
    """Shares 0..1, or null when they cannot be told; notes as pairs of code and detail."""

    complete: float | None
    correct: float | None
    clean: float | None
    alive: float | None
    notes: list[list[str]]


class Status(Schema):
    """Red, amber or green and why."""

    state: Literal["good", "watch", "warn", "bad", "none"]
    reason: str
    facts: list[list[str]]


class Answer(Schema):
    """A question answered. `reason` says why there is no value; `denied`: not to be seen, or not there."""

    question: dict[str, Any]
    indicator: str
    title: Label
    value: float | None
    unit: str
    period: str
    place: str
    place_name: str
    kind: str
    reason: str
    parts: list[Cell]
    cells: list[Cell]
    series: list[Cell]
    compare: list[Comparison]
    status: Status
    sources: list[Provenance]
    quality: Quality
    because: list[str]
    as_of: str
    known_at: str
    num: float | None
    den: float | None
    n: int | None
    facts: dict[str, str]


class Answers(Schema):
    """Answers in the order of their questions."""

    answers: list[Answer]


class Column(Schema):
    """A column of facts."""

    name: str
    vi: str
    en: str
    unit: str


class Records(Schema):
    """A page of facts. `masked`: columns left out; `covered`: behind a mask; `clear`: a person's, in clear."""

    dataset: str
    columns: list[Column]
    rows: list[dict[str, Any]]
    total: int
    masked: list[str]
    covered: list[str]
    clear: list[str]
    few: bool
    because: list[str]


class Unit(Schema):
    """One version of a place."""

    id: str
    code: str
    name: str
    level: Literal["country", "province", "district", "commune"]
    kind: str
    parent: str
    start: str
    end: str | None
    lat: float | None
    lon: float | None
    area_km2: float | None


class Units(Schema):
    """Places found."""

    places: list[Unit]


class Step(Schema):
    """What became of a place: old unit → new unit, all of its ground or a part."""

    old: str
    new: str
    whole: bool


class Place(Unit):
    """A place with what it came from and what became of it."""

    predecessors: list[Step]
    successors: list[Step]


class DatasetShape(Schema):
    """A dataset that may be read."""

    key: str
    title: Label
    level: LevelName
    licence: str


class IndicatorShape(Schema):
    """An indicator that may be seen."""

    key: str
    kind: str
    unit: str
    grain: str
    direction: str
    legal: str
    verified: bool
    has_data: bool
    title: Label


class PackShape(Schema):
    """A pack, as far as the caller may see it."""

    key: str
    title: Label
    version: str
    datasets: list[DatasetShape]
    indicators: list[IndicatorShape]


class Packs(Schema):
    """Packs."""

    packs: list[PackShape]


class Tile(Schema):
    """A tile of a board."""

    indicator: str
    chart: str
    by: str
    place: str


class BoardShape(Schema):
    """A board with the tiles the caller may see."""

    key: str
    pack: str
    title: Label
    tiles: list[Tile]


class Boards(Schema):
    """Boards."""

    boards: list[BoardShape]


class Run(Schema):
    """A landed run. `actor`: who sent it, "" for callers from outside the house."""

    run: str
    dataset: str
    pack: str
    file: str
    digest: str
    landed_at: str
    read: int
    landed: int
    set_aside: int
    unchanged: int
    superseded: int
    reasons: dict[str, int]
    actor: str
    snapshot: int
    source: str | None
    simulated: bool | None
    kind: str | None
    marks: str | None


class Runs(Schema):
    """Runs, newest first."""

    runs: list[Run]


class Received(Schema):
    """A file that is safe on disk."""

    run: str
    dataset: str


class GrantShape(Schema):
    """One grant."""

    id: str
    actor: str
    action: str
    pack: str
    place: str
    level: LevelName
    until: str | None
    over: str
    through: str


class Me(Schema):
    """Who the caller is and what it may."""

    name: str
    kind: str
    title: str
    purpose: str
    real: str
    privilege: int
    grants: list[GrantShape]


class Reason(Schema):
    """A grant in words, and through whom it came."""

    grant: str
    vi: str
    en: str
    through: str
    via: str


class Why(Schema):
    """Why a page may be seen, or what is missing and whom to ask."""

    allowed: bool
    at: str
    who: str
    title: Label | None
    level: LevelName | None
    reaches: LevelName | None
    floor: int | None
    reasons: list[Reason]
    instead: list[Reason]
    missing: list[str]
    whom: list[str]


ALWAYS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 405, 413, 429, 503), Problem)
"""Refusals any door can give: a bad question, a bad key, a form from elsewhere or something owed first, nothing there,
another method, too large, too often, the store or the trace away."""


def answered(shape: type[Schema], status: int = 200, *more: int) -> dict[int, Any]:
    """The responses of an endpoint: its own, what any door can give, and these refusals besides."""
    return {status: shape, **ALWAYS, **dict.fromkeys(more, Problem)}
