"""Where and when a row belongs, told once per distinct (place, period) of a file and joined back to its rows.

Makes the temporary tables `whereabouts(place, period, code, unit, text, "end", "column", fault, expected)` and, per
column with
a code list, a place or a period, `map_<number>(text, value)`. Never: loops over rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa

from haidang.catalog.declared import Column, Dataset, declared
from haidang.catalog.places import register
from haidang.intake import clock, when
from haidang.intake.headings import plain
from haidang.store.landing import Writer, named
from haidang.words.errors import BadQuestion
from haidang.words.places import LEVELS, Unit

_TYPE_WORDS = (
    "thanhpho", "thixa", "thitran", "dackhu", "tinh", "quan", "huyen", "phuong", "xa", "tp", "tx", "tt",
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A value looked up, or the code of the fault with what would have been right."""

    value: str = ""
    fault: str = ""
    expected: str = ""


def lookups(writer: Writer, dataset: Dataset) -> dict[str, str]:
    """Column name → its map table, for every column beside the main place and period that has to be looked up."""
    made: dict[str, str] = {}
    for number, column in enumerate(dataset.columns):
        own = column.name == dataset.place or (column.name == dataset.period and column.type == "period")
        if not own and (finder := _finder(column, dataset)):
            made[column.name] = f"map_{number}"
            _map(writer, column, f"map_{number}", finder)
    return made


def _finder(column: Column, dataset: Dataset) -> Callable[[str], Found] | None:
    if column.codes:
        codes = code_values(dataset.pack, column.codes)
        return lambda text: _listed(codes, text)
    if column.type == "place":
        today = clock.now().date()
        return lambda text: _placed(text, today)
    if column.type == "period":
        return _canonical
    return None


def _map(writer: Writer, column: Column, table: str, finder: Callable[[str], Found]) -> None:
    name = named(column.name)
    texts = [t for (t,) in writer.sql(f"SELECT DISTINCT {name} FROM taken WHERE {name} IS NOT NULL")]
    found = [finder(text.strip()) for text in texts]
    load(writer, table, {"text": texts, "value": [f.value if not f.fault else None for f in found]})


def load(writer: Writer, table: str, columns: dict[str, list[Any]], *, day: str = "") -> None:
    """A small temporary table of texts (one column may be a `day`), whole."""
    kinds = {day: pa.date32()}
    arrow = pa.table({name: pa.array(values, kinds.get(name, pa.string())) for name, values in columns.items()})
    writer.stage_arrow("loading", arrow)
    renamed = ", ".join(f"c{number} AS {named(name)}" for number, name in enumerate(columns))
    writer.sql(f"CREATE OR REPLACE TEMP TABLE {named(table)} AS SELECT {renamed} FROM loading")
    writer.unstage("loading")


def code_values(pack: str, name: str) -> dict[str, str]:
    """A code list as what may stand in a file → what it becomes: its codes and its labels, compared plainly.

    Codes come before what they become: exam council 31 is province 44, though council 03 becomes province 31.
    """
    rows = [dict(row) for row in declared().code_list(pack, name).rows]
    values: dict[str, str] = {}
    for key in ("code", "vi", "en", "value"):
        for row in rows:
            if text := row.get(key, ""):
                target = row.get("value") or row.get("code", "")
                values.setdefault(text, target)
                values.setdefault(plain(text), target)
    return values


def _listed(codes: dict[str, str], text: str) -> Found:
    found = codes.get(text) or codes.get(plain(text))
    return Found(found) if found else Found(fault="not-in-list")


def _canonical(text: str) -> Found:
    try:
        return Found(when.read(text).text)
    except BadQuestion:
        return Found(fault="not-a-period")


def _unit(text: str, day: date) -> Unit | Found:
    """The unit in force on `day` that a code or a name means."""
    places = register()
    for code in (text, text.upper(), f"0{text}" if len(text) in {1, 4} and text.isdigit() else text):
        if unit := places.at(code, day):
            return unit
    named_so = [u for u in places.find(text, day=day) if _same_name(u.name, text)]
    for level in LEVELS:
        at_level = [u for u in named_so if u.level == level]
        if len(at_level) == 1:
            return at_level[0]
        if at_level:
            return Found(fault="ambiguous-place", expected=", ".join(f"{u.code} {u.name}" for u in at_level[:3]))
    # Spreadsheets lose the first zero of a code, officers never do; so a known code of another day is told apart.
    return Found(fault="place-not-in-force" if places.find(text, limit=1) else "unknown-place")


def _same_name(name: str, text: str) -> bool:
    return plain(text) in _bare(name) if not plain(text).isdigit() else False


def _bare(name: str) -> set[str]:
    whole = plain(name)
    return {whole} | {whole.removeprefix(word) for word in _TYPE_WORDS if whole.startswith(word)}


def _placed(text: str, day: date) -> Found:
    unit = _unit(text, day)
    if isinstance(unit, Unit):
        return Found(unit.code)
    # Beside the row's own place a column may name one that is no more.
    former = register().find(text, limit=1) if unit.fault == "place-not-in-force" else ()
    return Found(former[0].code) if former else unit


def locate(writer: Writer, dataset: Dataset, *, today: date) -> None:
    """Fill `whereabouts` from the distinct places and periods of `taken`."""
    pairs = writer.sql(f"SELECT DISTINCT {place_text(dataset)}, {period_text(dataset)} FROM taken k")
    finder = _PairFinder(dataset, today)
    rows = [(place, period, *finder.find(place, period)) for place, period in pairs]
    columns = list(zip(*rows, strict=True))
    names = ("place", "period", "code", "unit", "text", "end", "column", "fault", "expected")
    load(writer, "whereabouts", {name: list(c) for name, c in zip(names, columns, strict=True)}, day="end")


def place_text(dataset: Dataset) -> str:
    """The place as it stands in a row of `taken k`, NULL when the dataset has none."""
    return f"k.{named(dataset.place)}" if dataset.place else "CAST(NULL AS VARCHAR)"


def period_text(dataset: Dataset) -> str:
    """The period or date as it stands; a date is read first, so that all its spellings are one."""
    column = next((c for c in dataset.columns if c.name == dataset.period), None)
    if column is None:
        return "CAST(NULL AS VARCHAR)"
    return f"CAST(CAST(k.{named(column.name)} AS DATE) AS VARCHAR)" if column.type in DATED else "k._when"


DATED = ("date", "datetime")
"""Types whose value says its day by itself."""

_Place = tuple[str | None, str]
_Row = tuple[str | None, str, str, date | None, str, str, str]


class _PairFinder:
    """(place, period) → code, unit, period text, its end, and the column and name of a fault with what was expected."""

    def __init__(self, dataset: Dataset, today: date) -> None:
        self._dataset = dataset
        self._today = today
        self._column = next((c for c in dataset.columns if c.name == dataset.place), None)
        self._codes = code_values(dataset.pack, self._column.codes) if self._column and self._column.codes else None
        # Where figures have kinds, a year's plan may stand among the months: it keeps its own period.
        self._plans = any(indicator.kind_column for indicator in declared().indicators_of(dataset.key))
        self._unit = cache(_unit)
        self._period = cache(self._read_period)

    def find(self, place: str | None, period: str | None) -> _Row:
        text, end, fault = self._period(period)
        if fault:
            return (place, "", "", None, self._dataset.period, fault, self._dataset.grain)
        if not self._dataset.place:
            return (None, "", text, end, "", "", "")
        found = self._place(place, end or self._today)
        if isinstance(found, Unit):
            return (found.code, found.id, text, end, "", "", "")
        return (None, "", text, end, self._dataset.place, found.fault, found.expected)

    def _read_period(self, text: str | None) -> tuple[str, date | None, str]:
        if not self._dataset.period:
            return ("", None, "")
        if text is None:
            return ("", None, "required-missing")
        try:
            period = when.of(text, self._dataset.grain)
        except BadQuestion as error:
            if error.code != "grain-too-fine":
                return ("", None, "not-a-period")
            if not self._plans:
                return ("", None, "period-too-coarse")
            period = when.read(text)
        return (period.text, period.end, "")

    def _place(self, text: str | None, day: date) -> Unit | Found:
        if text is None:
            return Found(fault="required-missing")
        if self._codes is not None:
            listed = _listed(self._codes, text)
            if listed.fault:
                return listed
            text = listed.value
        return self._unit(text, day)
