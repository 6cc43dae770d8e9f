"""A replay of many rows parted in three: those that stand land; those still at fault stay open with the fault that
remains; those a later arrival has outrun (its version of the same key stands) are closed unlanded.

Never: opens a Run, commits, replays a check of whole groups (a row of a group cannot be judged without the group).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from haidang.catalog.declared import Dataset
from haidang.intake import flow, staging
from haidang.intake.mending import rules
from haidang.intake.staging import Staged
from haidang.store.landing import Writer, lake_name, named, quoted
from haidang.words.errors import IntakeStopped, NotNow


def staged(writer: Writer, dataset: Dataset, order: Mapping[str, Any], *, name: str) -> Staged:
    """The rows of an order staged once more; when others have closed them all: NotNow('rejects-closed'), of a replay in
    part IntakeStopped.
    """
    wanted = pa.table({"id": pa.array(order["rejects"], pa.string())})
    rows = staging.replay(writer, dataset, wanted, order["values"])
    _begin(writer)
    if not rows.rows:
        raise (IntakeStopped if order.get("part") else NotNow)("rejects-closed", found=name)
    if order.get("part"):
        rules.apply(writer, dataset, rows)
    return rows


def _begin(writer: Writer) -> None:
    faults = '"column" VARCHAR, code VARCHAR, found VARCHAR, expected VARCHAR, raw VARCHAR'
    writer.sql(f"CREATE OR REPLACE TEMP TABLE still (id VARCHAR, {faults})")
    writer.sql("CREATE OR REPLACE TEMP TABLE outrun (_n BIGINT, id VARCHAR)")
    writer.sql("CREATE OR REPLACE TEMP TABLE ruled (_n BIGINT)")


def part(writer: Writer, dataset: Dataset, staged: Staged, *, marked: bool) -> None:
    """After the replayed rows are judged: leaves in `standing` what lands, in `still` and `outrun` the others.

    Raises IntakeStopped with the first fault when not one row stands and none is outrun.
    """
    _outrun(writer, dataset)
    _still(writer, dataset, staged)
    if marked:
        writer.sql("INSERT INTO ruled SELECT _n FROM typed WHERE _n NOT IN (SELECT _n FROM ruled)")
    rules.mark(writer)
    _leave_out(writer)
    _refuse_if_all_fail(writer)
    left = int(writer.one("SELECT count(*) FROM left_out"))
    for table, code in (("still", "still-at-fault"), ("outrun", "outrun-by-later")):
        if count := writer.one(f"SELECT count(*) FROM {table}"):
            staged.note(code, rows=int(count))
    staged.rows -= left


def _outrun(writer: Writer, dataset: Dataset) -> None:
    """Rows whose key stands from a later run, or twice in this replay (the newest goes first)."""
    repeats = "SELECT a._n, p.id FROM aside a JOIN replayed p ON p.rowid = a._n WHERE a.code LIKE 'duplicate-%'"
    writer.sql(f"CREATE OR REPLACE TEMP TABLE outrun AS {repeats}")
    if not dataset.unique or not writer.columns(dataset.table):
        return
    keys = " AND ".join(f"t.{named(key)} = o.{named(key)}" for key in dataset.unique)
    writer.sql(
        f"INSERT INTO outrun SELECT t._n, p.id FROM standing t JOIN replayed p ON p.rowid = t._n "
        f"JOIN {lake_name(dataset.table)} o ON {keys} WHERE o._run > p.run"
    )


def _still(writer: Writer, dataset: Dataset, staged: Staged) -> None:
    """What is at fault even now, with its row as it reads by now."""
    staging.tell(writer, staged, "aside")
    raw = ", ".join(f"{quoted(column.name)}: s.{named(column.name)}" for column in dataset.columns)
    writer.sql(
        f'CREATE OR REPLACE TEMP TABLE still AS SELECT a._n, p.id, a."column", a.code, a.found, a.expected, '
        f"CAST(to_json({{{raw}}}) AS VARCHAR) AS raw FROM aside a JOIN replayed p ON p.rowid = a._n "
        "JOIN texts s ON s._n = a._n WHERE a._n NOT IN (SELECT _n FROM outrun)"
    )


def _leave_out(writer: Writer) -> None:
    """From here on nothing of `still` and `outrun` is seen: neither landed, nor set aside, nor closed as mended."""
    writer.sql("CREATE OR REPLACE TEMP TABLE left_out AS SELECT _n, id FROM still UNION SELECT _n, id FROM outrun")
    flow.open_standing(writer, but="left_out")
    writer.sql("DELETE FROM aside")
    writer.sql("DELETE FROM replayed WHERE id IN (SELECT id FROM left_out)")


def _refuse_if_all_fail(writer: Writer) -> None:
    """A correction that corrects nothing is refused with the first fault that remains."""
    if writer.one("SELECT count(*) FROM replayed") or writer.one("SELECT count(*) FROM outrun"):
        return
    for column, code, found, expected in writer.sql('SELECT "column", code, found, expected FROM still LIMIT 1'):
        raise IntakeStopped(code, column=column, found=found, expected=expected)
