"""Tables that stand side by side: a sheet cut at a column of nothing when both sides are tables of their own.

Never: cuts a table at a mere spacer (the right side must have its own labels and its own headings).
"""

from __future__ import annotations

from dataclasses import replace

from haidang.intake.formats.grid import NUMBER, Grid, filled, has_numbers


def side_by_side(grid: Grid) -> list[Grid]:
    """The grid, cut into its parts from left to right."""
    width = max(map(len, grid.rows), default=0)
    for column in range(2, width - 2):
        if not any(len(row) > column and row[column].strip() for row in grid.rows) and _apart(grid, column):
            left, right = _part(grid, 0, column), _part(grid, column + 1, width)
            return [left, *side_by_side(right)]
    return [grid]


def _part(grid: Grid, first: int, end: int) -> Grid:
    merged = tuple(
        (top, left - first, low, right - first)
        for top, left, low, right in grid.merged
        if first <= left and right < end
    )
    return replace(grid, rows=[list(row[first:end]) for row in grid.rows], merged=merged)


def _apart(grid: Grid, column: int) -> bool:
    """Both sides begin with texts under a heading and go on with numbers, in at least two rows each."""
    rows = grid.rows
    return _is_table([r[:column] for r in rows]) and _is_table([r[column + 1 :] for r in rows])


def _is_table(rows: list[list[str]]) -> bool:
    full = [row for row in rows if len(filled(row)) > 1]
    if len(full) < 3 or has_numbers(full[0]) or not full[0][0].strip():
        return False
    labelled = [row for row in full[1:] if row[0].strip() and not NUMBER.fullmatch(row[0].strip()) and has_numbers(row)]
    return len(labelled) >= 2 and len(labelled) > (len(full) - 1) // 2
