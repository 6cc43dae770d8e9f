"""From the tables found in an arrival to one, `staged`: the declared columns in order, all text, nothing judged.

`staged` is a view: of the one clean CSV where there is one (`Staged.held`; it is read as it is typed, its text never
kept), else of the table `staged_rows`. Rows are told apart by their number `_n`, counted from 0; `stretches` says which
file each came from. Never: touches the lake.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from haidang.catalog.declared import Dataset
from haidang.intake.formats import RawTable, lines
from haidang.intake.headings import Mapping, match, must_stand, nearest
from haidang.store.landing import Writer, named, quoted
from haidang.words.errors import IntakeStopped, Problem

MAX_NOTES = 50


class Held(NamedTuple):
    """The one clean CSV of an arrival: where, how many columns it has, and what makes the declared ones of them."""

    csv: Path
    width: int
    texts: str


@dataclass
class Staged:
    """What was staged: how many rows, which columns stood in the file, notes by code, rows out of shape."""

    rows: int = 0
    present: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)  # headings nobody asked for
    notes: list[dict[str, str]] = field(default_factory=list)
    stretches: list[tuple[int, str, int]] = field(default_factory=list)  # (first _n, where, row − _n)
    misshapen: list[tuple[int, str, str, str]] = field(default_factory=list)  # (_n, code, found, expected)
    held: Held | None = None

    def note(self, code: str, **facts: object) -> None:
        if len(self.notes) < MAX_NOTES:
            self.notes.append({"code": code, **{name: str(value) for name, value in facts.items()}})


def stage(writer: Writer, dataset: Dataset, tables: Iterable[RawTable]) -> Staged:
    """Every table of an arrival into `staged`; raises IntakeStopped('missing-column' | 'no-rows')."""
    open_stage(writer, dataset)
    staged = Staged()
    lacking: IntakeStopped | None = None
    for table in tables:
        mapping = match(table.columns, dataset)
        problem = _lacking(table, dataset, mapping)
        if problem is None:
            _add(writer, dataset, table, mapping, staged)
        elif mapping.at and (lacking is None or len(mapping.at) > 1):
            lacking = problem
        else:
            # A sheet that knows no column of ours is a cover page, not a fault.
            lacking = lacking or problem
            staged.note("table-left-out", where=table.where)
    close_stage(writer, staged)
    if not staged.stretches and lacking:
        raise lacking
    if not staged.rows:
        raise IntakeStopped("no-rows")
    return staged


def open_stage(writer: Writer, dataset: Dataset) -> None:
    """An empty `staged_rows`."""
    columns = ", ".join(f"{named(column.name)} VARCHAR" for column in dataset.columns)
    writer.sql(f"CREATE OR REPLACE TEMP TABLE staged_rows ({columns})")


def close_stage(writer: Writer, staged: Staged) -> None:
    """Open `staged`; write down where its rows came from, as `stretches(first, place, shift)`, and the misshapen."""
    if staged.held:
        writer.stage_csv("arriving", staged.held.csv, staged.held.width)
        writer.sql(f"CREATE OR REPLACE TEMP VIEW staged AS SELECT {staged.held.texts} FROM arriving")
    else:
        _open_rows(writer)
    writer.sql("CREATE OR REPLACE TEMP TABLE stretches (first BIGINT, place VARCHAR, shift BIGINT)")
    for stretch in staged.stretches:
        writer.sql("INSERT INTO stretches VALUES (?, ?, ?)", stretch)
    writer.sql("CREATE OR REPLACE TEMP TABLE misshapen (_n BIGINT, code VARCHAR, found VARCHAR, expected VARCHAR)")
    for fault in staged.misshapen:
        writer.sql("INSERT INTO misshapen VALUES (?, ?, ?, ?)", fault)


def _open_rows(writer: Writer) -> None:
    writer.sql("CREATE OR REPLACE TEMP VIEW staged AS SELECT * FROM staged_rows")


def settle(writer: Writer, staged: Staged) -> None:
    """Keep the text of the one CSV after all (another table follows, or its cells need a second look)."""
    if staged.held:
        writer.stage_csv("arriving", staged.held.csv, staged.held.width)
        writer.sql(f"INSERT INTO staged_rows SELECT {staged.held.texts} FROM arriving")
        staged.held = None
    _open_rows(writer)


def tell(writer: Writer, staged: Staged, table: str) -> None:
    """Have the text of the rows whose `_n` stand in a table, as `texts(_n, …)`: only those are ever looked at again."""
    if not staged.held:
        writer.sql("CREATE OR REPLACE TEMP VIEW texts AS SELECT rowid AS _n, * FROM staged_rows")
        return
    writer.sql(f"CREATE OR REPLACE TEMP TABLE wanted_rows AS SELECT DISTINCT _n FROM {table} ORDER BY _n")
    picked = staged.held.csv.with_suffix(".picked")
    lines.pick(staged.held.csv, [number for (number,) in writer.sql("SELECT _n FROM wanted_rows ORDER BY _n")], picked)
    writer.stage_csv("telling", picked, staged.held.width)
    writer.sql(
        f"CREATE OR REPLACE TEMP TABLE texts AS SELECT w._n, t.* FROM wanted_rows w "
        f"POSITIONAL JOIN (SELECT {staged.held.texts} FROM telling) t"
    )
    writer.unstage("telling")


def _lacking(table: RawTable, dataset: Dataset, mapping: Mapping) -> IntakeStopped | None:
    for column in must_stand(dataset):
        if column.name not in mapping.at:
            near = nearest(column, mapping.unknown)
            problem = Problem(
                "missing-column", where=table.where, expected=column.title.vi or column.name, nearest=near
            )
            return IntakeStopped("missing-column", problem=problem, column=column.name)
    return None


def _add(writer: Writer, dataset: Dataset, table: RawTable, mapping: Mapping, staged: Staged) -> None:
    for heading in mapping.unknown:
        staged.note("unknown-heading", where=table.where, found=heading)
    for note in table.notes:
        staged.note("note-in-file", where=table.where, found=note)
    for remark in table.remarks:
        staged.note(remark.code, where=remark.where, found=remark.found)
    texts = ", ".join(
        f"{_cell(column.name, column.default, mapping.at)} AS {named(column.name)}" for column in dataset.columns
    )
    staged.present |= set(mapping.at)
    staged.unknown |= set(mapping.unknown)
    if table.csv is not None and not staged.stretches:
        staged.held = Held(table.csv, len(table.columns), texts)
        _remember(table, staged, table.rows)
        return
    settle(writer, staged)
    _remember(table, staged, _insert(writer, table, texts))


def _insert(writer: Writer, table: RawTable, texts: str) -> int:
    if table.csv is not None:
        writer.stage_csv("arriving", table.csv, len(table.columns))
    else:
        writer.stage_arrow("arriving", table.arrow)
    count = writer.one(f"INSERT INTO staged_rows SELECT {texts} FROM arriving")
    writer.unstage("arriving")
    return int(count or 0)


def _cell(name: str, default: str, at: dict[str, int]) -> str:
    if name in at:
        return f"c{at[name]}"
    return quoted(default) if default else "CAST(NULL AS VARCHAR)"


def _remember(table: RawTable, staged: Staged, count: int) -> None:
    start = staged.rows
    members: list[tuple[int, str, int]] = [(m.start, m.where, m.first_row) for m in table.members]
    for index, where, first_row in members or [(0, table.where, table.first_row)]:
        staged.stretches.append((start + index, where, first_row - start - index))
    for fault in table.faults:
        staged.misshapen.append((start + fault.at, fault.code, fault.found, fault.expected))
    staged.rows += count


def replay(writer: Writer, dataset: Dataset, rejects: Any, values: dict[str, str]) -> Staged:
    """Set-aside rows of the lake (a list of reject ids) once more as `staged`, with corrected values laid over."""
    open_stage(writer, dataset)
    writer.stage_arrow("wanted", rejects)
    cells = ", ".join(
        quoted(values[c.name]) if c.name in values else f"json_extract_string(raw, {quoted('$.' + named(c.name))})"
        for c in dataset.columns
    )
    # In the order of the file, so that row numbers and stretches can be told again; what came last goes first.
    writer.sql(
        "CREATE OR REPLACE TEMP TABLE replayed AS SELECT r.* FROM lake.main.rejects r "
        "WHERE r.id IN (SELECT c0 FROM wanted) AND r.state = 'open' ORDER BY run DESC, file, sheet, \"row\""
    )
    count = int(writer.one(f"INSERT INTO staged_rows SELECT {cells} FROM replayed") or 0)
    writer.unstage("wanted")
    staged = Staged(rows=count, present={c.name for c in dataset.columns})
    close_stage(writer, staged)
    writer.sql('INSERT INTO stretches SELECT rowid, sheet, "row" - rowid FROM replayed ORDER BY rowid')
    return staged
