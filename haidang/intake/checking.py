"""Judging the staged rows against the contract: typing, required, bounds, lists, patterns, places, periods, repeated
keys.

Makes `typed` (the columns with `_n _unit _period _end _bad`), `aside(_n, "column", code, found, expected)` for the
rows that do
not land and `marks(_n, code)` for those that land marked. All in whole-table statements. Never: touches the lake.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from haidang.catalog.declared import Column, Dataset
from haidang.intake import cells
from haidang.intake.whereabouts import period_text, place_text
from haidang.store.landing import Writer, named, quoted
from haidang.words.errors import IntakeStopped, Problem

FAULT = '"column" VARCHAR, code VARCHAR, found VARCHAR, expected VARCHAR'


@dataclass(frozen=True)
class Fault:
    """One way a row can be at fault: a condition over `s` (text), `t` (typed), `w` (whereabouts); SQL for found,
    expected.
    """

    column: str
    code: str
    when: str
    expected: str = "''"

    @property
    def struct(self) -> str:
        found = f"coalesce(s.{named(self.column)}, '')" if self.column else "''"
        parts = (quoted(self.column), quoted(self.code), f"left({found}, 200)", self.expected)
        return "{'column': %s, 'code': %s, 'found': %s, 'expected': %s}" % parts  # noqa: UP031 (braces are SQL here)


class Judge:
    """The contract of one dataset as SQL. `maps`: column → its map table; `styles`: column → how its numbers are
    written.
    """

    def __init__(self, dataset: Dataset, styles: dict[str, str], maps: dict[str, str]) -> None:
        self.dataset = dataset
        self._maps = maps
        self._styles = styles
        self._cells = {c.name: cells.cell(c, styles.get(c.name, cells.PLAIN)) for c in dataset.columns}

    def typed(self) -> str:
        """The statement that makes `typed`."""
        values = ", ".join(f"{self._value(c)} AS {named(c.name)}" for c in self.dataset.columns)
        located = 'w.unit AS _unit, w."text" AS _period, w."end" AS _end'
        inner = f"SELECT s.rowid AS _n, {values}, {located}, {self._early()} AS _bad FROM staged s {self.joins()}"
        late = " OR ".join(fault.when for fault in self._late())
        if not late:
            return f"CREATE OR REPLACE TEMP TABLE typed AS {inner}"
        bad = f"coalesce(_bad OR {late}, _bad) AS _bad"
        return f"CREATE OR REPLACE TEMP TABLE typed AS SELECT * REPLACE ({bad}) FROM ({inner}) t"

    def joins(self) -> str:
        """What `s` is joined to: whereabouts as `w`, each map as its own name."""
        where = (
            f"JOIN whereabouts w ON {place_text(self.dataset)} IS NOT DISTINCT FROM w.place "
            f"AND {period_text(self.dataset)} IS NOT DISTINCT FROM w.period"
        )
        return " ".join([where, *(f"LEFT JOIN {m} ON trim(s.{named(c)}) = {m}.text" for c, m in self._maps.items())])

    def _value(self, column: Column) -> str:
        if column.name == self.dataset.place:
            return "w.code"
        if column.name == self.dataset.period and column.type == "period":
            return 'w."text"'
        if column.name in self._maps:
            return f"TRY_CAST({self._maps[column.name]}.value AS {cells.ENGINE_TYPE[column.type]})"
        return self._cells[column.name].value

    def _early(self) -> str:
        """Faults told from the text alone."""
        told_later = {c.name for c in self.dataset.columns if self._bounds_tell(c)}
        reading = (fault.when for fault in self._reading() if fault.column not in told_later)
        return " OR ".join(["w.fault <> ''", *reading])

    def _bounds_tell(self, column: Column) -> bool:
        """Where every cell is a bare number, only nan and inf cannot be read, and they are out of any bounds anyway."""
        plain = column.type == "decimal" and self._styles.get(column.name, cells.PLAIN) == cells.PLAIN
        return plain and column.min is not None and column.max is not None

    def _reading(self) -> Iterator[Fault]:
        for column in self.dataset.columns:
            if column.name == self.dataset.place:
                continue
            if table := self._maps.get(column.name):
                code = "not-in-list" if column.codes else f"unknown-{column.type}"
                text = f"trim(s.{named(column.name)})"
                yield Fault(column.name, code, f"({text} <> '' AND {table}.value IS NULL)", quoted(column.codes))
            elif (cell := self._cells[column.name]).code:
                yield Fault(column.name, cell.code, cell.bad)

    def _late(self) -> Iterator[Fault]:
        """Faults told from the typed value."""
        for column in self.dataset.columns:
            value = f"t.{named(column.name)}"
            if (column.required or column.name in self.dataset.unique) and column.name != self.dataset.place:
                yield Fault(column.name, "required-missing", f"{value} IS NULL")
            if column.min is not None:
                yield Fault(column.name, "below-min", f"{value} < {column.min!r}", quoted(f"{column.min:g}"))
            if column.max is not None:
                yield Fault(column.name, "above-max", f"{value} > {column.max!r}", quoted(f"{column.max:g}"))
            if column.pattern:
                shape = f"NOT regexp_full_match(CAST({value} AS VARCHAR), {quoted(column.pattern)})"
                yield Fault(column.name, "bad-pattern", f"({shape})", quoted(column.pattern))

    def faults(self) -> str:
        """The statement that gives the first fault of every bad row: _n, column, code, found, expected."""
        where = (
            "CASE WHEN w.fault <> '' THEN {'column': w.\"column\", 'code': w.fault, "
            "'found': coalesce(CASE WHEN w.\"column\" = "
            + quoted(self.dataset.place)
            + " THEN w.place ELSE w.period END, ''), "
            "'expected': w.expected} END"
        )
        # The order of the contract: what cannot be read first, then what is out of bounds.
        cases = [where, *(f"CASE WHEN {f.when} THEN {f.struct} END" for f in (*self._reading(), *self._late()))]
        return (
            f"SELECT _n, f.* FROM (SELECT t._n, coalesce({', '.join(cases)}) AS f FROM (SELECT * FROM "
            "typed WHERE _bad) t "
            f"JOIN staged s ON s.rowid = t._n {self.joins()}) WHERE f IS NOT NULL"
        )


def judge(writer: Writer, dataset: Dataset, maps: dict[str, str]) -> None:
    """Fill `typed`, `aside` and `marks` for what single rows get wrong; raises IntakeStopped when the contract says
    stop.
    """
    contract = Judge(dataset, cells.styles(writer, dataset), maps)
    writer.sql(contract.typed())
    writer.sql(f"CREATE OR REPLACE TEMP TABLE aside (_n BIGINT, {FAULT})")
    writer.sql("CREATE OR REPLACE TEMP TABLE marks (_n BIGINT, code VARCHAR)")
    writer.sql("INSERT INTO aside SELECT _n, '', code, found, expected FROM misshapen")
    faults = f"SELECT * FROM ({contract.faults()}) f WHERE _n NOT IN (SELECT _n FROM aside)"
    _by_policy(writer, dataset, faults)


def _by_policy(writer: Writer, dataset: Dataset, faults: str) -> None:
    if not writer.one("SELECT count(*) FROM typed WHERE _bad"):
        return
    writer.sql(f"CREATE OR REPLACE TEMP TABLE faults AS {faults}")
    if dataset.on_bad == "stop":
        stop_at_first(writer, "faults")
    if dataset.on_bad == "mark":
        # A row without its key, place or period cannot stand in a table, marked or not.
        vital = ", ".join(quoted(name) for name in {*dataset.unique, dataset.place, dataset.period} - {""})
        writer.sql(f'INSERT INTO marks SELECT _n, code FROM faults WHERE "column" NOT IN ({vital or quoted("")})')
    writer.sql("INSERT INTO aside SELECT * FROM faults WHERE _n NOT IN (SELECT _n FROM marks)")


def stop_at_first(writer: Writer, table: str) -> None:
    """Raise IntakeStopped for the first row of a table of faults, if any."""
    rows = writer.sql(f'SELECT _n, "column", code, found, expected FROM {table} ORDER BY _n LIMIT 1')
    for number, column, code, found, expected in rows:
        where, row = place_of(writer, number)
        problem = Problem(
            code, where=" › ".join(filter(None, (where, f"{row}", column))), found=found, expected=expected
        )
        raise IntakeStopped(code, problem=problem, row=row, column=column)


def place_of(writer: Writer, number: int) -> tuple[str, int]:
    """File (and sheet) and the row's number there."""
    found = writer.sql(
        "SELECT place, shift + ? FROM stretches WHERE first <= ? ORDER BY first DESC LIMIT 1", [number, number]
    )
    return (str(found[0][0]), int(found[0][1])) if found else ("", number)


def repeated(writer: Writer, dataset: Dataset) -> None:
    """Set aside every later row of a key that stands twice in the arrival: `duplicate-row` when the rows are the
    same.
    """
    if not dataset.unique:
        return
    keys = ", ".join(named(name) for name in dataset.unique)
    writer.sql(
        f"CREATE OR REPLACE TEMP TABLE twice AS SELECT {keys}, min(_n) AS first FROM typed "
        f"WHERE _n NOT IN (SELECT _n FROM aside) GROUP BY {keys} HAVING count(*) > 1"
    )
    if not writer.one("SELECT count(*) FROM twice"):
        return
    same = " AND ".join(f"t.{named(c.name)} IS NOT DISTINCT FROM f.{named(c.name)}" for c in dataset.columns)
    found = " || ' · ' || ".join(f"CAST(t.{named(name)} AS VARCHAR)" for name in dataset.unique)
    writer.sql(
        f"INSERT INTO aside SELECT t._n, {quoted(dataset.unique[0])}, "
        f"CASE WHEN {same} THEN 'duplicate-row' ELSE 'duplicate-key' END, {found}, "
        f"CAST(twice.first + p.shift AS VARCHAR) FROM typed t JOIN twice USING ({keys}) "
        f"JOIN typed f ON f._n = twice.first ASOF JOIN stretches p ON twice.first >= p.first "
        f"WHERE t._n > twice.first AND t._n NOT IN (SELECT _n FROM aside)"
    )
