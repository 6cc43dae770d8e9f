"""The nouns a pack declares, frozen: Pack, Source, Dataset, Column, Indicator, Board and what they are made of.

Every name of another noun in them is its full key (`giao-duc.diem-thi-thpt`), whatever the YAML wrote.
Never: reads a file, proves a thing. Other rooms import these from `haidang.catalog.declared`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from functools import cached_property
from pathlib import Path

from haidang.words.nouns import Label, Level

UNSAID = Label("", "")


@dataclass(frozen=True)
class Column:
    """A column of a Dataset. `type`: text | integer | decimal | date | datetime | boolean | place | period."""

    name: str
    type: str
    title: Label
    unit: str = ""
    required: bool = False
    level: Level = Level.PUBLIC  # effective = max(this, the dataset's)
    aliases: tuple[str, ...] = ()  # headings seen in files, compared without case, tones and spaces
    min: float | None = None
    max: float | None = None
    codes: str = ""  # name of a code list of the pack: value must be in it (and is mapped when the list maps)
    pattern: str = ""  # a regular expression the whole value must match
    default: str = ""  # used when the file has no such column
    on_bad: str = ""  # stop | set-aside | mark: what a bad cell of this column does; "": as the dataset says
    like: str = ""  # another column whose cell this one reads too (a unit's code also says its place)
    mask: str = ""  # how a cell looks to whoever may not see it in clear; "": the column is left out


@dataclass(frozen=True)
class Check:
    """A check of a whole table or across columns; `kind` is a file in intake/checks/."""

    kind: str
    settings: tuple[tuple[str, str], ...] = ()
    on_fail: str = "set-aside"  # stop | set-aside | mark


@dataclass(frozen=True)
class CodeList:
    """A CSV of the pack: columns `code`, `value` (what the code becomes), `vi`, `en`, free others."""

    name: str
    file: Path
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True)
class Person:
    """Whose data a row is: the columns that tell one person, and whether law lets it be erased when they ask."""

    id: tuple[str, ...]
    erase: str = "kept"  # allowed | kept
    basis: Label = UNSAID  # why it is kept, or by what it may be erased
    verified: bool = False


@dataclass(frozen=True)
class Retain:
    """How long personal columns, and whole rows, are kept after a row's period: in months, 0 for ever."""

    personal: int = 0
    rows: int = 0
    basis: Label = UNSAID
    verified: bool = False


@dataclass(frozen=True)
class Dataset:
    """A checked table: columns, key, place and time columns, level of secrecy."""

    key: str  # `giao-duc.diem-thi-thpt`
    pack: str
    title: Label
    columns: tuple[Column, ...]
    unique: tuple[str, ...]  # YAML: key
    place: str  # name of the place column, "" when none
    period: str  # name of the period (or date) column
    grain: str  # day | month | quarter | year: the grain facts are kept at
    level: Level = Level.INTERNAL
    checks: tuple[Check, ...] = ()
    on_bad: str = "set-aside"  # stop | set-aside | mark
    source: Label = UNSAID
    licence: str = ""
    url: str = ""
    owner: Label = UNSAID
    promise_days: int = 0  # freshness: a new arrival is due within so many days (0: no promise, historic)
    simulated: bool = False
    unpivot: tuple[tuple[str, str], ...] = ()  # see docs/packs.md
    aggregates_only: bool = False
    person: bool = False  # a row is about one person: groups below the floor are masked
    every_level: bool = False  # facts stand at every level of places: a place's own facts add to those beneath it
    sql: str = ""  # derived: the text of a query over `from_datasets` that makes the rows, in the centre itself
    from_datasets: tuple[str, ...] = ()  # YAML: from; full keys
    subject: Person | None = None  # YAML: person, as a mapping
    retain: Retain = Retain()

    @property
    def personal(self) -> tuple[Column, ...]:
        """The columns that are a person's."""
        return tuple(column for column in self.columns if max(column.level, self.level) is Level.PERSONAL)

    @property
    def table(self) -> str:
        return self.key.replace(".", "__").replace("-", "_")


@dataclass(frozen=True)
class Indicator:
    """A named number over a dataset. `kind`: sum | count | mean | ratio | last | distinct | formula | reported."""

    key: str
    pack: str
    title: Label
    kind: str
    unit: str
    grain: str  # day | month | quarter | year
    dataset: str = ""
    column: str = ""  # sum, mean, last, distinct, reported
    over: str = ""  # ratio: denominator column (num is `column`), re-divided; "" with `where_over` counts rows
    where: str = ""  # condition on facts, small expression language (docs/packs.md)
    where_over: str = ""
    formula: str = ""  # over other indicators: "{thu-ngan-sach} / {ke-hoach} * 100"
    adds_place: str = ""  # sum | redivide | last | none — "" = what the kind implies
    adds_time: str = ""  # sum | redivide | last | none
    scale: float = 1.0
    digits: int = 1
    direction: str = "neutral"  # up | down | neutral: which way is good
    slices: tuple[str, ...] = ()  # columns
    item: tuple[tuple[str, str], ...] = ()  # reported tables in long form: column = value that select this indicator
    kind_column: str = ""  # reported: column with plan | actual | estimate | preliminary | final
    level: Level | None = None  # None = the dataset's
    definition: Label = UNSAID
    legal: str = ""
    verified: bool = False  # the legal basis was checked against the text
    owner: Label = UNSAID
    group: str = ""  # number of the catalogue's group, "01".."20"
    amber: float | None = None  # status rules; None = the default of % of plan against linear pace
    red: float | None = None
    has_data: bool = True  # declared whether or not data exists yet
    records: str = ""  # full key of the dataset whose rows stand behind the number; "": its own dataset
    records_where: str = ""  # condition on those rows
    records_from: str = ""  # with `records_to`: the rows that stand on the period's last day, from this day
    records_to: str = ""  # … until the day before this one (empty: still)

    @cached_property
    def name(self) -> str:
        return self.key.split(".", 1)[1]


@dataclass(frozen=True)
class Tile:
    """indicator × slice × chart or map kind on a board."""

    indicator: str  # its full key
    chart: str  # number | line | bar | column | pie | map | table | histogram ; a file in web/charts/
    title: Label | None = None
    place: str = ""  # fixed place (e.g. VN), "" = the board's
    by: str = ""
    where: tuple[tuple[str, str], ...] = ()
    compare: tuple[str, ...] = ()
    width: int = 4  # of 20 columns
    history: int = 0


@dataclass(frozen=True)
class Board:
    key: str
    pack: str
    title: Label
    tiles: tuple[Tile, ...]
    headline: tuple[str, ...] = ()  # indicators offered to the overview, best first


@dataclass(frozen=True)
class Schedule:
    """When a source is due: `every` so many seconds, or `at` an hour of Việt Nam time on the `days` it owes.

    `days`: every | working | monthly:N (the N-th day of the month). `grace`: how many seconds after that it is late.
    """

    every: int = 0
    at: str = ""  # HH:MM
    days: str = "every"
    grace: int = 0


@dataclass(frozen=True)
class Source:
    """Where data comes from, how, how often, who owes it. Addresses and secrets are the province's, not the pack's."""

    key: str
    pack: str
    dataset: str
    connector: str  # upload | file (shipped in the pack) | a module of intake/connectors
    format: str
    title: Label
    owner: Label
    files: tuple[str, ...] = ()  # of the pack's demo data, relative to the pack
    connect: tuple[tuple[str, str], ...] = ()  # the connector's own settings that are meaning (path, paging, topic…)
    read: tuple[tuple[str, str], ...] = ()  # the format's own settings (path to the rows, table, columns…)
    schedule: Schedule | None = None  # None: comes when it comes
    retain_days: int = 365  # how long the raw bytes are kept; 0: for ever
    link: str = ""  # the department's own program, for people


@dataclass(frozen=True)
class Term:
    """How long something of a Case may take: real minutes, working hours, or working days (one of them above 0).

    `days` end with the last working hour of that many working days after the day it began.
    """

    minutes: int = 0
    hours: int = 0
    days: int = 0
    legal: str = ""
    verified: bool = False


@dataclass(frozen=True)
class Category:
    """What a Case is about. `office`: the key of who handles it, `xa-{commune}` for the commune's own; "" by hand."""

    key: str
    title: Label
    group: str
    keywords: tuple[str, ...] = ()
    office: str = ""
    urgent: bool = False
    level: Level = Level.INTERNAL
    days: int = 0  # working days to resolve, where it differs from the desk's term


@dataclass(frozen=True)
class Route:
    """Cases of a category or group in a place (code, "" everywhere) go to an office (`xa-{commune}` allowed)."""

    of: str
    office: str
    place: str = ""


@dataclass(frozen=True)
class Senders:
    """Whoever sends to a desk: `keep`: months their names are kept after their Case ended, 0 for ever; `erase`:
    allowed | kept, whether they may be erased when they ask."""

    keep: int = 0
    erase: str = "allowed"
    basis: Label = UNSAID
    verified: bool = False


@dataclass(frozen=True)
class Desk:
    """How Cases of a pack are taken in, routed, timed and answered. `open`: published results are open to everybody."""

    key: str
    pack: str
    title: Label
    prefix: str
    groups: tuple[tuple[str, Label], ...]
    categories: tuple[Category, ...]
    terms: tuple[tuple[str, Term], ...]
    hours: tuple[tuple[time, time], ...]
    level: Level = Level.INTERNAL
    open: bool = False
    approval: bool = False
    routes: tuple[Route, ...] = ()
    replies: tuple[tuple[str, Label], ...] = ()
    senders: Senders = Senders()

    @cached_property
    def _categories(self) -> dict[str, Category]:
        return {category.key: category for category in self.categories}

    def category(self, key: str) -> Category | None:
        return self._categories.get(key)

    def term(self, name: str) -> Term | None:
        return dict(self.terms).get(name)

    def reply(self, name: str) -> Label | None:
        return dict(self.replies).get(name)


@dataclass(frozen=True)
class Example:
    """A question with the answer it must give; run by tests and `haidang check --examples`."""

    indicator: str
    place: str
    period: str
    value: float | None
    tolerance: float = 1e-6


@dataclass(frozen=True)
class Pack:
    key: str
    title: Label
    version: str
    folder: Path
    icon: str = ""
    description: Label = UNSAID
    owner: Label = UNSAID
    legal: tuple[str, ...] = ()
    groups: tuple[tuple[str, Label], ...] = ()
    datasets: tuple[Dataset, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    boards: tuple[Board, ...] = ()
    sources: tuple[Source, ...] = ()
    codes: tuple[CodeList, ...] = ()
    examples: tuple[Example, ...] = ()
    desks: tuple[Desk, ...] = ()
    teaching: bool = False  # shipped to learn from: kept off the overview unless chosen
