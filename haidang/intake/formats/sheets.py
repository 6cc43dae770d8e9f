"""From a grid of texts to RawTables: legacy letters mended, tables found, headings cleaned, rows numbered.

Never: knows which kind of file the grid came from.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pyarrow as pa

from haidang.catalog.declared import Dataset
from haidang.intake.formats import Member, RawTable
from haidang.intake.formats.asides import side_by_side
from haidang.intake.formats.grid import Block, Grid, blocks, columns
from haidang.intake.formats.headings import named
from haidang.intake.formats.legacy import WINDOW, repair_for, repaired
from haidang.intake.formats.limits import MAX_CELL
from haidang.intake.formats.refuse import problem, shown, stop
from haidang.words.errors import Problem

Merges = tuple[tuple[int, int, int, int], ...]


def grid_tables(  # the keywords are what a grid is
    dataset: Dataset,
    where: str,
    rows: list[list[str]],
    *,
    merged: Merges = (),
    first_row: int = 1,
    known: frozenset[str] = frozenset(),
) -> Iterator[RawTable]:
    """Every table of a sheet. `first_row`: the sheet's own number of the grid's first row."""
    rows, remarks = _clean(rows, where)
    parts = side_by_side(Grid(rows, merged, known))
    found = [(part, block) for part in parts for block in blocks(part)]
    found = [(part, block) for part, block in found if block.data or len(found) == 1]
    for number, (part, block) in enumerate(found, 1):
        name = where if len(found) == 1 else f"{where} › {number}"
        yield _table(dataset, name, part, block=block, first_row=first_row, remarks=remarks)
        remarks = ()


def _clean(rows: list[list[str]], where: str) -> tuple[list[list[str]], tuple[Problem, ...]]:
    """NFC, legacy fonts converted; raises IntakeStopped for a cell beyond the limit."""
    for number, row in enumerate(rows, 1):
        if any(len(cell) > MAX_CELL for cell in row):
            raise stop("cell-too-long", where, found=number, expected=MAX_CELL // 1024 // 1024)
    beyond = (cell for row in rows for cell in row if not cell.isascii())
    sample, size = [], 0
    for cell in beyond:
        sample.append(cell)
        size += len(cell)
        if size > WINDOW:
            break
    if not sample:
        return rows, ()
    rows = [[c if c.isascii() else unicodedata.normalize("NFC", c) for c in row] for row in rows]
    name = repair_for("\n".join(sample))
    if not name:
        return rows, ()
    return [repaired(row, name) for row in rows], (problem("encoding-converted", where, found=name),)


def _table(
    dataset: Dataset, where: str, grid: Grid, *, block: Block, first_row: int, remarks: tuple[Problem, ...]
) -> RawTable:
    heads, body = columns(grid, block)
    names, noticed = named(heads, dataset, where)
    arrow = pa.table([pa.array([row[i] or None for row in body], pa.string()) for i in range(len(names))], list(names))
    members = _members(where, [first_row + at for at in block.data])
    return RawTable(
        where,
        names,
        arrow=arrow,
        first_row=members[0].first_row if members else first_row + block.heading[-1] + 1,
        notes=tuple(shown(note, 2000) for note in block.notes),
        rows=len(body),
        members=members if len(members) > 1 else (),
        remarks=remarks + noticed,
    )


def _members(where: str, numbers: list[int]) -> tuple[Member, ...]:
    """The sheet's row numbers as stretches without gaps."""
    members: list[Member] = []
    for start, number in enumerate(numbers):
        if members and number == members[-1].first_row + members[-1].rows:
            members[-1] = members[-1]._replace(rows=members[-1].rows + 1)
        else:
            members.append(Member(where, start, 1, number))
    return tuple(members)
