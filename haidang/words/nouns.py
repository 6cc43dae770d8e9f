"""The nouns of questions, answers and rights. Frozen values; no room's behaviour lives here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """Level of secrecy of a column, dataset or indicator; a Scope reaches up to one of them."""

    PUBLIC = 0
    INTERNAL = 1
    RESTRICTED = 2
    PERSONAL = 3


class Kind(StrEnum):
    """What an official value is (a reported observation)."""

    PLAN = "plan"
    ACTUAL = "actual"
    ESTIMATE = "estimate"
    PRELIMINARY = "preliminary"
    FINAL = "final"


ANY = "*"
"""In a grant: every pack, every place or every action."""


@dataclass(frozen=True)
class Label:
    """A text a user sees, Vietnamese first."""

    vi: str
    en: str

    def in_(self, language: str) -> str:
        return self.en if language == "en" else self.vi


@dataclass(frozen=True)
class Actor:
    """Whoever acts. Nobody is None: the public, robots and peers are Actors too."""

    name: str
    kind: str = "officer"  # officer | citizen | public | robot | peer | operator (of the machine)
    title: str = ""
    purpose: str = ""  # what personal data is being looked at for, as said by whoever looks; "" shows none of it clear
    purpose_packs: tuple[str, ...] = ()  # the packs that purpose is said for; () is every one
    real: str = ""  # the account that sits there, when it is another: an administrator who sees as this one
    privilege: int = 0  # the privileged session that is open, 0 when none

    @property
    def inside(self) -> bool:
        """Whether it belongs to the house: names of those who work here are for them, not for whoever is outside."""
        return self.kind not in ("public", "citizen", "peer")


@dataclass(frozen=True)
class Grant:
    """actor × action × what × which places × which level, until when. Grants only allow and add up."""

    id: str
    actor: str
    action: str = "read"  # read | import | mend | manage | people | audit | personal | ANY
    pack: str = ANY  # pack key or ANY
    place: str = ANY  # unit id (see words.places), or ANY
    level: Level = Level.PUBLIC
    until: datetime | None = None
    over: str = ""  # for `people`: the key of the office whose people it is about, or ANY
    through: str = ""  # `office/post` when it came by them, "" when given to the account itself


@dataclass(frozen=True)
class Subject:
    """What an act is about: a pack (and a thing in it), a level, and the unit ids it touches.

    `units=None` asks about any place at all; an empty set touches none.
    """

    pack: str
    thing: str = ""
    level: Level = Level.PUBLIC
    units: frozenset[str] | None = None


@dataclass(frozen=True)
class Scope:
    """What a decision allows: rows of `units` (None = every place), columns up to `level`.

    `by_level` gives the places per level, since grants add up unevenly; `because` names the grants;
    groups smaller than `floor` persons are masked. Hashable: caches key on it, never on a user.
    """

    level: Level
    units: frozenset[str] | None
    floor: int = 0
    because: tuple[str, ...] = ()
    by_level: tuple[tuple[Level, frozenset[str] | None], ...] = ()


@dataclass(frozen=True)
class Question:
    """One question to `indicators.answer`.

    place: `68`, `68@2024`, `VN`; period: `latest`, `2018`, `2018-Q3`, `2018-09`, `2018-09-30` or `A..B`
    (a range gives `series`); by: "", `place`, `day`/`month`/`quarter`/`year`, or a slice's name;
    compare: any of `previous`, `same-period`, `plan`, or a period text (any two periods);
    where: slice items to keep, e.g. (("mon", "toan"),); cumulative: from the year's first day to the period's end;
    history: how many earlier periods to give in `series`.
    """

    indicator: str
    place: str = ""
    period: str = "latest"
    by: str = ""
    compare: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    cumulative: bool = False
    history: int = 0
    as_of: date | None = None


@dataclass(frozen=True)
class Cell:
    """One value of an Answer: of a place, a period or an item, with what it was made of.

    `value` is None when it has no meaning or is not known: `reason` is then a code
    (`no-data`, `index-not-additive`, `missing-parts`, `part-merged`, `masked`, ...).
    `num`/`den` are the parts a ratio or mean is re-divided from; `n` the facts beneath.
    """

    key: str
    label: str
    value: float | None
    num: float | None = None
    den: float | None = None
    n: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Comparison:
    """One `compare`: against what, its value, and the difference (absolute, and relative in %)."""

    against: str
    period: str
    value: float | None
    difference: float | None = None
    percent: float | None = None
    good: bool | None = None  # None when the indicator has no direction or nothing changed
    reason: str = ""
    reached: float | None = None  # of `plan`: how many % of it are reached
    pace: float | None = None  # of `plan`: how many % a linear pace would have reached by now


@dataclass(frozen=True)
class Provenance:
    """Where a number came from: one run of one dataset."""

    dataset: str
    run: str
    file: str
    source: str
    licence: str
    landed_at: str  # ISO 8601
    simulated: bool = False


@dataclass(frozen=True)
class Quality:
    """How good the data beneath is; each share 0..1 or None when it cannot be told, and notes by code."""

    complete: float | None = None
    correct: float | None = None
    clean: float | None = None
    alive: float | None = None
    notes: tuple[tuple[str, str], ...] = ()  # (code, detail), e.g. ("set-aside", "22035")


@dataclass(frozen=True)
class Status:
    """Red, amber or green with its reason. `state`: good | watch | warn | bad | none."""

    state: str = "none"
    reason: str = ""  # code, e.g. `behind-plan`, `worse-than-same-period`, `stale`, `no-data`
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """A Question answered for an Actor. Every number the centre shows is one of these."""

    question: Question
    indicator: str
    title: Label
    value: float | None
    unit: str
    period: str  # canonical text of the period answered, e.g. `2018`, `2018-09`; "" when none
    place: str
    place_name: str
    kind: str = Kind.ACTUAL.value
    reason: str = ""
    parts: tuple[Cell, ...] = ()
    cells: tuple[Cell, ...] = ()  # the `by` breakdown
    series: tuple[Cell, ...] = ()  # key = period
    compare: tuple[Comparison, ...] = ()
    status: Status = Status()
    sources: tuple[Provenance, ...] = ()
    quality: Quality = Quality()
    because: tuple[str, ...] = ()
    as_of: str = ""
    known_at: str = ""  # when the newest fact beneath was landed, ISO 8601
    num: float | None = None
    den: float | None = None
    n: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)
