"""Messages: the batch files our own listeners write (`connectors/_spool`), one JSON object a line, flattened with dots.

Read in this process: each line and each file is bounded where it is written, and bounded here again. Numbers stay as
they were written. Never: takes a file that came by hand (it is told by its source alone).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from haidang.intake.formats import Arrival, Fault, RawTable
from haidang.intake.formats.headings import folded, known, named
from haidang.intake.formats.limits import MAX_COLUMNS, MAX_DEPTH, MAX_LINE, MB
from haidang.intake.formats.refuse import megabytes, shown, stop

KIND = "messages"
SUFFIXES: tuple[str, ...] = ()
LARGEST = 64 * MB
SHOWN = 160

_AS_WRITTEN = json.JSONDecoder(parse_float=str, parse_int=str)

Flat = dict[str, str | None]


def looks(head: bytes) -> int:
    """Its first line is a message of ours; what merely is JSON Lines, a person may have sent, is `json`'s."""
    first = head.partition(b"\n")[0]
    return 2 * (first[:1] == b"{" and b'"_topic": ' in first and b'"_at": ' in first)


def tables(file: Arrival) -> Iterator[RawTable]:
    """The one table of a batch; a message that is no object, or was refused for its size, is a fault of its row."""
    size = file.path.stat().st_size
    if size > LARGEST:
        raise stop("file-too-large", file.name, found=megabytes(size), expected=megabytes(LARGEST))
    rows = [_row(line, file, number) for number, line in enumerate(_lines(file), 1)]
    columns: dict[str, None] = {}
    for keys in dict.fromkeys(map(tuple, rows)):
        columns.update(dict.fromkeys(keys))
    if not columns:
        raise stop("no-rows", file.name)
    if len(columns) > MAX_COLUMNS:
        raise stop("too-many-columns", file.name, found=len(columns), expected=MAX_COLUMNS)
    names, noticed = named(list(columns), file.dataset, file.name)
    arrow = pa.table([_column([row.get(key) for row in rows]) for key in columns], list(names))
    yield RawTable(
        file.name, names, arrow=arrow, first_row=1, rows=len(rows), faults=tuple(_faults(rows, file)), remarks=noticed
    )


def _lines(file: Arrival) -> Iterator[bytes]:
    with file.path.open("rb") as stream:
        while line := stream.readline(MAX_LINE):
            if len(line) >= MAX_LINE:
                raise stop("line-too-long", file.name, expected=MAX_LINE // MB)
            if line.strip():
                yield line


def _row(line: bytes, file: Arrival, number: int) -> Flat:
    try:
        found = _AS_WRITTEN.decode(line.decode())
    except (ValueError, RecursionError) as error:
        # Half a line can only mean that the file was cut after it was kept.
        raise stop("json-broken", f"{file.name} › {number}", found=number, column=0) from error
    if type(found) is not dict:
        raise stop("json-row-no-object", file.name, found=number)
    if all(type(cell) is str for cell in found.values()):
        return found  # the usual message: numbers and texts, nothing within
    row: Flat = {}
    _flatten(found, row, "", 0)
    return row


def _flatten(value: dict[str, Any], into: Flat, under: str, depth: int) -> None:
    for key, cell in value.items():
        if isinstance(cell, dict) and depth < MAX_DEPTH:
            _flatten(cell, into, f"{under}{key}.", depth + 1)
        else:
            into[under + key] = _text(cell)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(not isinstance(item, dict | list) for item in value):
        return "; ".join(_text(item) or "" for item in value)
    return json.dumps(value, ensure_ascii=False)


def _column(cells: list[str | None]) -> Any:
    """Cells as text, the empty ones as nothing; what is no text of Unicode becomes a question mark."""
    try:
        column = pa.array(cells, pa.string())
    except UnicodeEncodeError:
        column = pa.array([c and c.encode("utf-8", "replace").decode() for c in cells], pa.string())
    column = pc.replace_substring(column, "\x00", "")
    return pc.if_else(pc.equal(column, ""), None, column)


def _faults(rows: list[Flat], file: Arrival) -> Iterator[Fault]:
    taken = known(file.dataset)
    for at, row in enumerate(rows):
        if refused := row.get("_refused"):
            yield Fault(at, refused, row.get("_size") or "", "", (_shown(row),))
        elif ("_payload" in row and folded("_payload") not in taken) or "_base64" in row:
            yield Fault(at, "message-not-json", _shown(row), "", (_shown(row),))


def _shown(row: Flat) -> str:
    return shown(row.get("_payload") or row.get("_base64") or "", SHOWN)
