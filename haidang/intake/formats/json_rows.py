"""JSON: the rows a path leads to; without a path an array of objects, an object with one, or JSON Lines.

Nested objects are flattened with dots, numbers stay as they were written.
Never: guesses among several arrays; reads a large document in this process (`isolated`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from haidang.intake.formats import Arrival, RawTable
from haidang.intake.formats.gather import Gathered
from haidang.intake.formats.isolated import read_light
from haidang.intake.formats.json_paths import Found, Paths, found, keeps_of, kept, spread, steps_of
from haidang.intake.formats.json_text import flat, parsed, text_of
from haidang.intake.formats.limits import MAX_JSON, MAX_LINE
from haidang.intake.formats.refuse import megabytes, stop
from haidang.words.errors import Problem

KIND = "json"
SUFFIXES = (".json", ".jsonl", ".ndjson")
READ = ("rows", "keep", "explode")
START = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*[\[{\]"\d]|\{\s*["}])')


def looks(head: bytes) -> int:
    """Begins as JSON does, in UTF-8 or UTF-16."""
    plain = head.lstrip(b"\xff\xfe").replace(b"\x00", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
    return 2 * bool(START.match(plain))


def tables(file: Arrival) -> Iterator[RawTable]:
    """The one table of the file."""
    return read_light("json_rows", file)


def read(file: Arrival, remarks: list[Problem]) -> Iterator[RawTable]:
    """The rows of the document, or of each line, as one table of text."""
    paths = paths_of(file)
    made = Gathered(file)
    many, documents = _documents(file)
    for document in documents:
        for row in _rows(document, paths, file, many=many):
            for cells in _cells(row, paths, file, made.count + 1):
                made.add(cells)
    yield made.table()


def paths_of(file: Arrival) -> Paths:
    """The settings of reading by path; raises IntakeStopped('path-unclear')."""
    rows = file.read.get("rows", "")
    return Paths(
        steps_of(rows, file.name) if rows.strip() else None,
        keeps_of(file.read.get("keep", ""), file.name),
        steps_of(file.read.get("explode", ""), file.name),
    )


def _rows(document: Any, paths: Paths, file: Arrival, *, many: bool) -> Iterator[Found]:
    if paths.rows is not None:
        yield from found(document, paths.rows, file.name)
        return
    above = (document,) if isinstance(document, dict) else ()
    for row in [document] if many else _rows_of(document, file):
        yield Found(row, (*above, row) if isinstance(row, dict) and row is not document else above)


def _cells(row: Found, paths: Paths, file: Arrival, number: int) -> Iterator[dict[str, str]]:
    carried = {keep.name: text_of(kept(keep, row), file.name, number) for keep in paths.keep}
    parts = spread(row.row, paths.explode) if paths.explode and isinstance(row.row, dict) else iter([row.row])
    for part in parts:
        yield dict(flat(part, file.name, number)) | carried


def _documents(file: Arrival) -> tuple[bool, Iterator[Any]]:
    """Whether the file holds several documents, one a line, and each of them."""
    with file.path.open("rb") as stream:
        first, second = stream.readline(MAX_LINE).strip(), stream.readline(MAX_LINE).strip()
    lines = first.removeprefix(b"\xef\xbb\xbf")[:1] == b"{" and first[-1:] == b"}" and second[:1] in {b"{", b""}
    return lines and bool(second), _lines(file) if lines else iter([_document(file)])


def _lines(file: Arrival) -> Iterator[Any]:
    with file.path.open("rb") as stream:
        for number in range(1, 1 << 40):
            line = stream.readline(MAX_LINE)
            if not line:
                return
            if len(line) >= MAX_LINE:
                raise stop("line-too-long", file.name, expected=MAX_LINE // 1024 // 1024)
            if line.strip():
                yield parsed(line, file.name, number)


def _document(file: Arrival) -> Any:
    size = file.path.stat().st_size
    if size > MAX_JSON:
        raise stop("file-too-large", file.name, found=megabytes(size), expected=megabytes(MAX_JSON))
    return parsed(file.path.read_bytes(), file.name)


def _rows_of(value: Any, file: Arrival) -> list[Any]:
    """The array of objects: the document itself, or the only array of objects in it; a lone object is one row."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise stop("json-not-a-table", file.name, found=type(value).__name__)
    lists = {key: v for key, v in value.items() if isinstance(v, list) and v and isinstance(v[0], dict)}
    if len(lists) > 1:
        raise stop("json-several-tables", file.name, found=", ".join(map(str, list(lists)[:5])))
    return next(iter(lists.values()), [value])
