"""A sheet as people draw it: title and unit above, headings over several rows, several tables, notes beneath. Here it
becomes tables: where each begins, which rows are headings and which are data.

Never: knows where the grid came from; drops a row that has content without keeping it in the notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from haidang.intake.formats.headings import folded
from haidang.intake.formats.rows import NOTE

Row = Sequence[str]
NUMBER = re.compile(r"[-+]?[\d.,]*\d(e[-+]?\d+)?%?", re.IGNORECASE)
YEAR = re.compile(r"(19|20)\d\d(\.0)?")
COUNTER = re.compile(r"\(?([A-Z]|\d{1,2})\)?")
MOST_HEADING_ROWS = 12
NO_SPAN: tuple[int, ...] = ()


@dataclass(frozen=True)
class Grid:
    """Cells as text ("" when empty), NFC; `merged`: (first row, first column, last row, last column), all 0-based."""

    rows: list[list[str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    known: frozenset[str] = frozenset()  # headings the dataset knows, folded


@dataclass
class Block:
    """One table of a grid, by row numbers (0-based) and a span of columns."""

    heading: list[int]
    data: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def filled(row: Row) -> list[str]:
    return [cell for cell in row if cell.strip()]


def has_numbers(row: Row) -> bool:
    """Whether a row holds a number that is no year."""
    return any(NUMBER.fullmatch(c.strip()) and not YEAR.fullmatch(c.strip()) for c in row if c)


def is_counter(row: Row) -> bool:
    """The row `A B 1 2 3` that stands under the headings of official forms."""
    cells = [COUNTER.fullmatch(cell.strip()) for cell in filled(row)]
    if len(cells) < 3 or not all(cells):
        return False
    numbers = [int(c[1]) for c in cells if c and c[1].isdigit()]
    letters = [c[1] for c in cells if c and c[1].isalpha()]
    brackets = any("(" in cell for cell in row)
    return numbers == list(range(1, len(numbers) + 1)) and bool(letters or brackets)


def knows(row: Row, known: frozenset[str]) -> int:
    return len({folded(cell) for cell in row} & known)


def blocks(grid: Grid) -> Iterator[Block]:
    """The tables of a grid, top to bottom; text before the first and after the last goes to their notes."""
    loose: list[str] = []
    block: Block | None = None
    at = 0
    while at < len(grid.rows):
        row = grid.rows[at]
        if not filled(row):
            at += 1
        elif _begins(grid, at, block):
            if block:
                yield _ended(grid, block, loose)
            heading = _heading(grid, at)
            block, loose = Block(heading, notes=loose), []
            at = heading[-1] + 1
        elif block is None:
            loose.append(_line(row))
            at += 1
        else:
            block.data.append(at)
            at += 1
    if block:
        yield _ended(grid, block, block.notes)


def _line(row: Row) -> str:
    return " ".join(" ".join(cell.split()) for cell in filled(row))


def _begins(grid: Grid, at: int, block: Block | None) -> bool:
    """Whether a table's headings begin at this row."""
    row = grid.rows[at]
    if knows(row, grid.known) >= 2:
        return True
    if len(filled(row)) < 2 or has_numbers(row):
        return False
    if block is None:
        return True
    blank_above = at > 0 and not filled(grid.rows[at - 1])
    titled = blank_above or (at > 1 and len(filled(grid.rows[at - 1])) == 1 and not filled(grid.rows[at - 2]))
    return titled and _numeric(grid, block.data) and _numeric(grid, _below(grid, at))


def _below(grid: Grid, at: int) -> list[int]:
    return list(range(at + 1, min(at + MOST_HEADING_ROWS, len(grid.rows))))


def _numeric(grid: Grid, rows: list[int]) -> bool:
    return any(has_numbers(grid.rows[row]) for row in rows[-50:])


def _heading(grid: Grid, first: int) -> list[int]:
    """The rows of the headings, from `first` on; rows of blanks between them belong to them."""
    last = first
    for at in range(first + 1, min(first + MOST_HEADING_ROWS, len(grid.rows))):
        row = grid.rows[at]
        if is_counter(row):
            return list(range(first, at + 1))
        if filled(row) and not _continues(grid, row, first):
            break
        if filled(row):
            last = at
    return list(range(first, last + 1))


def _continues(grid: Grid, row: Row, first: int) -> bool:
    """Whether a row goes on with the headings: its first column is open (or merged with the one above), no numbers."""
    if has_numbers(row):
        return False
    if knows(row, grid.known) >= 2:
        return True
    if knows(grid.rows[first], grid.known) >= 2 and not _spans(grid, first):
        return False
    start = next((i for i, cell in enumerate(grid.rows[first]) if cell.strip()), 0)
    return not any(cell.strip() for cell in row[: max(start, 1)])


def _spans(grid: Grid, row: int) -> bool:
    """Whether a heading row has a cell merged over several columns, so that more headings stand below it."""
    return any(top <= row <= low and right > left for top, left, low, right in grid.merged)


def _ended(grid: Grid, block: Block, notes: list[str]) -> Block:
    """Rows at the end that are remarks, or the title of the next table, leave the data for `notes`."""
    end = len(notes)
    width = max((len(filled(grid.rows[at])) for at in (*block.heading, *block.data)), default=1)
    while block.data and width > 1:
        cells = filled(grid.rows[block.data[-1]])
        if len(cells) > 1 or not (NOTE.match(cells[0]) or len(cells[0]) > 30 or _stands_apart(grid, block)):
            break
        notes.insert(end, _line(grid.rows[block.data.pop()]))
    return block


def _stands_apart(grid: Grid, block: Block) -> bool:
    last = block.data[-1]
    return not filled(grid.rows[last - 1]) or (len(block.data) > 1 and block.data[-2] < last - 1)


def columns(grid: Grid, block: Block) -> tuple[list[str], list[list[str]]]:
    """(headings, rows) of a block: headings of several rows joined as "A › B", columns of nothing left out."""
    width = max(len(grid.rows[at]) for at in (*block.heading, *block.data))
    body = [[*map(str.strip, grid.rows[at]), *[""] * (width - len(grid.rows[at]))] for at in block.data]
    live = [c for c in range(width) if not body or any(row[c] for row in body)]
    heads = [_head(grid, block, column=column, live=live) for column in range(width)]
    keep = [c for c in range(width) if heads[c] or any(row[c] for row in body)]
    heads, body = [heads[c] for c in keep], [[row[c] for c in keep] for row in body]
    while len(heads) > 1 and not heads[0] and not heads[1] and not any(row[0] and row[1] for row in body):
        heads = heads[1:]  # a label indented by columns is one label
        body = [[row[0] or row[1], *row[2:]] for row in body]
    return heads, body


def _head(grid: Grid, block: Block, *, column: int, live: list[int]) -> str:
    """A column's heading: cells merged over several live columns are a group above it, others lines of one text."""
    groups: list[str] = []
    lines: list[str] = []
    above = NO_SPAN
    for at in block.heading:
        if is_counter(grid.rows[at]) and at == block.heading[-1] and len(block.heading) > 1:
            continue
        text, span = _cell(grid, at, column=column, live=live)
        if span and text:
            if span == above:
                groups[-1] += f" {text}"  # the same cells merged again: one text over several lines
            else:
                groups.append(" ".join([*lines, text]))
            lines, above = [], span
        elif text:
            lines.append(text)
    return " › ".join(filter(None, [*groups, " ".join(lines)]))


def _cell(grid: Grid, row: int, *, column: int, live: list[int]) -> tuple[str, tuple[int, ...]]:
    """(text over the column in this row, the columns with data it is merged over when they are several)."""
    for top, left, low, right in grid.merged:
        if right > left and top <= row <= low and left <= column <= right:
            text = grid.rows[top][left] if left < len(grid.rows[top]) and column in live else ""
            span = tuple(c for c in live if left <= c <= right)
            return (" ".join(text.split()) if row == top else ""), span if len(span) > 1 else NO_SPAN
    cells = grid.rows[row]
    return (" ".join(cells[column].split()) if column < len(cells) else ""), NO_SPAN
