"""Judging the staged rows against the contract: typing, required, bounds, lists, patterns, places, periods, repeated
keys.

Makes `taken` (what each cell reads as, in one pass over the file), the view `typed` of it (the columns with `_n _unit
_period _end`), `aside(_n, "column", code, found, expected)` for the rows that do not land and `marks(_n, code)` for
those that land marked. Only rows at fault (`suspects`) are looked at one by one. Never: touches the lake.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from haidang.catalog.declared import Column, Dataset
from haidang.intake import cells
from haidang.intake.staging import Staged, settle, tell
from haidang.intake.whereabouts import period_text, place_text
from haidang.store.landing import Writer, named, quoted
from haidang.words.errors import IntakeStopped, Problem

_SEVERITY = ("stop", "set-aside", "mark")
FAULT = '"column" VARCHAR, code VARCHAR, found VARCHAR, expected VARCHAR'


@dataclass(frozen=True)
class Fault:
    """One way a row can be at fault: a condition over `s` (text), `k` (taken), `t` (typed), `w` (whereabouts); SQL for
    found, expected.
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
        self._cells = {c.name: cells.cell(c, styles.get(c.name, cells.PLAIN)) for c in dataset.columns}

    def typed(self) -> str:
        """The query behind `typed`."""
        return f"SELECT {self._typed()} FROM taken k {self.joins()}"

    def _typed(self) -> str:
        values = ", ".join(f"{self._value(c)} AS {named(c.name)}" for c in self.dataset.columns)
        return f'k.rowid AS _n, {values}, w.unit AS _unit, w."text" AS _period, w."end" AS _end'

    def suspects(self) -> str:
        """The query that gives the number of every row with a fault."""
        unknown = [fault.when for fault in self._unknown()]
        early = " OR ".join(["k._odd", "k._bad", "w.fault <> ''", *unknown])
        inner = f"SELECT {self._typed()}, {early} AS _early FROM taken k {self.joins()}"
        return f"SELECT _n FROM ({inner}) t WHERE {' OR '.join(['_early', *(f.when for f in self._late())])}"

    def joins(self) -> str:
        """What `k` is joined to: whereabouts as `w`, each map as its own name."""
        where = (
            f"JOIN whereabouts w ON {place_text(self.dataset)} IS NOT DISTINCT FROM w.place "
            f"AND {period_text(self.dataset)} IS NOT DISTINCT FROM w.period"
        )
        return " ".join([where, *(f"LEFT JOIN {m} ON k.{named(c)} = {m}.text" for c, m in self._maps.items())])

    def _value(self, column: Column) -> str:
        if column.name == self.dataset.place:
            return "w.code"
        if column.name == self.dataset.period and column.type == "period":
            return 'w."text"'
        if column.name in self._maps:
            return f"TRY_CAST({self._maps[column.name]}.value AS {cells.ENGINE_TYPE[column.type]})"
        return f"k.{named(column.name)}"

    def _reading(self) -> Iterator[Fault]:
        """Faults told from the text, column by column."""
        unknown = {fault.column: fault for fault in self._unknown()}
        for column in self.dataset.columns:
            if column.name in unknown:
                yield unknown[column.name]
            elif not looked_up(column, self.dataset) and (cell := self._cells[column.name]).code:
                yield Fault(column.name, cell.code, cell.bad)

    def _unknown(self) -> Iterator[Fault]:
        """Texts that no list, register or calendar knows."""
        for column in self.dataset.columns:
            if (table := self._maps.get(column.name)) and column.name != self.dataset.place:
                code = "not-in-list" if column.codes else f"unknown-{column.type}"
                missing = f"(k.{named(column.name)} IS NOT NULL AND {table}.value IS NULL)"
                yield Fault(column.name, code, missing, quoted(column.codes))

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
        # Of columns with a policy of their own the strictest goes first: a row is judged by its gravest fault.
        own = {column.name: _SEVERITY.index(column.on_bad or self.dataset.on_bad) for column in self.dataset.columns}
        told = sorted((*self._reading(), *self._late()), key=lambda fault: own[fault.column])
        cases = [where, *(f"CASE WHEN {f.when} THEN {f.struct} END" for f in told)]
        return (
            f"SELECT _n, f.* FROM (SELECT t._n, coalesce({', '.join(cases)}) AS f FROM "
            "(SELECT * FROM typed WHERE _n IN (SELECT _n FROM suspects)) t "
            f"JOIN taken k ON k.rowid = t._n JOIN texts s ON s._n = t._n {self.joins()}) WHERE f IS NOT NULL"
        )


def take(writer: Writer, dataset: Dataset, staged: Staged) -> dict[str, str]:
    """Fill `taken` in one pass; gives how the numbers of each column are written.

    A CSV is read as if all its numbers were bare ones; when one is not, the text is kept and the columns are judged
    whole.
    """
    if staged.held:
        count = writer.one(_taken(dataset, {}))
        if count == staged.rows and not writer.one("SELECT count(*) FROM taken WHERE _odd"):
            return {}
        settle(writer, staged)
    styles = cells.styles(writer, dataset)
    writer.sql(_taken(dataset, styles))
    return styles


def _taken(dataset: Dataset, styles: dict[str, str]) -> str:
    values, odd, bad = [], ["false"], ["false"]
    for column in dataset.columns:
        cell = cells.cell(column, styles.get(column.name, cells.PLAIN))
        looked = looked_up(column, dataset)
        values.append(f"{cells.trimmed(f's.{named(column.name)}') if looked else cell.value} AS {named(column.name)}")
        if cell.code and not looked:
            bounded = column.type == "decimal" and column.min is not None and column.max is not None
            # nan and inf, which are dear to tell apart, are out of any bounds anyway: the bounds make them suspects.
            fault = cells.unread(column, cell) if bounded and not styles else cell.bad
            (odd if column.type in cells.NUMBERS else bad).append(f"coalesce({fault}, false)")
    when = cells.trimmed(f"s.{named(dataset.period)}") if dataset.period else "CAST(NULL AS VARCHAR)"
    judged = f"{when} AS _when, {' OR '.join(odd)} AS _odd, {' OR '.join(bad)} AS _bad"
    return f"CREATE OR REPLACE TEMP TABLE taken AS SELECT {', '.join(values)}, {judged} FROM staged s"


def looked_up(column: Column, dataset: Dataset) -> bool:
    """Whether a column stays text until a list, the register or the calendar says what it means."""
    return bool(column.codes) or column.type in {"place", "period"} or column.name == dataset.place


def judge(writer: Writer, dataset: Dataset, staged: Staged, told: tuple[dict[str, str], dict[str, str]]) -> None:
    """Fill `aside` and `marks` for what single rows get wrong (`told`: styles, maps); raises IntakeStopped when the
    contract says stop.
    """
    contract = Judge(dataset, *told)
    writer.sql(f"CREATE OR REPLACE TEMP VIEW typed AS {contract.typed()}")
    writer.sql(f"CREATE OR REPLACE TEMP TABLE suspects AS {contract.suspects()}")
    writer.sql(f"CREATE OR REPLACE TEMP TABLE aside (_n BIGINT, {FAULT})")
    writer.sql("CREATE OR REPLACE TEMP TABLE marks (_n BIGINT, code VARCHAR)")
    writer.sql("INSERT INTO aside SELECT _n, '', code, found, expected FROM misshapen")
    if writer.one("SELECT count(*) FROM suspects"):
        tell(writer, staged, "suspects")
        _by_policy(writer, dataset, f"SELECT * FROM ({contract.faults()}) f WHERE _n NOT IN (SELECT _n FROM aside)")


def _by_policy(writer: Writer, dataset: Dataset, faults: str) -> None:
    writer.sql(f"CREATE OR REPLACE TEMP TABLE faults AS {faults}")
    stopping, marking = (_columns(dataset, policy) for policy in ("stop", "mark"))
    if stopping:
        stop_at_first(writer, f'(SELECT * FROM faults WHERE "column" IN ({stopping}))')
    if marking:
        # A row without its key, place or period cannot stand in a table, marked or not.
        vital = ", ".join(quoted(name) for name in {*dataset.unique, dataset.place, dataset.period} - {""})
        vital = f'"column" NOT IN ({vital or quoted("")})'
        writer.sql(f'INSERT INTO marks SELECT _n, code FROM faults WHERE "column" IN ({marking}) AND {vital}')
    writer.sql("INSERT INTO aside SELECT * FROM faults WHERE _n NOT IN (SELECT _n FROM marks)")


def _columns(dataset: Dataset, policy: str) -> str:
    """The columns a policy holds for, as an SQL list; "" when none."""
    return ", ".join(quoted(c.name) for c in dataset.columns if (c.on_bad or dataset.on_bad) == policy)


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
    own = not any(
        looked_up(c, dataset) or c.name == dataset.period for c in dataset.columns if c.name in dataset.unique
    )
    rows = "(SELECT rowid AS _n, * FROM taken)" if own else "typed"
    writer.sql(
        f"CREATE OR REPLACE TEMP TABLE twice AS SELECT {keys}, min(_n) AS first FROM {rows} "
        f"WHERE _n NOT IN (SELECT _n FROM aside) GROUP BY {keys} HAVING count(*) > 1"
    )
    if not writer.one("SELECT count(*) FROM twice"):
        return
    writer.sql(
        f"CREATE OR REPLACE TEMP TABLE again AS SELECT t.*, twice.first FROM typed t JOIN twice USING ({keys}) "
        "WHERE t._n NOT IN (SELECT _n FROM aside)"
    )
    same = " AND ".join(f"t.{named(c.name)} IS NOT DISTINCT FROM f.{named(c.name)}" for c in dataset.columns)
    found = " || ' · ' || ".join(f"CAST(t.{named(name)} AS VARCHAR)" for name in dataset.unique)
    writer.sql(
        f"INSERT INTO aside SELECT t._n, {quoted(dataset.unique[0])}, "
        f"CASE WHEN {same} THEN 'duplicate-row' ELSE 'duplicate-key' END, {found}, "
        f"CAST(t.first + p.shift AS VARCHAR) FROM again t "
        f"JOIN again f ON f._n = t.first ASOF JOIN stretches p ON t.first >= p.first WHERE t._n > t.first"
    )
