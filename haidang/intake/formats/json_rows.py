"""JSON: an array of objects, an object with one array of objects, or JSON Lines; nested objects flattened with dots.

Numbers stay as they were written. Never: reads the document in this process (`isolated`); guesses among several arrays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

import pyarrow as pa

from haidang.intake.formats import Arrival, RawTable
from haidang.intake.formats.headings import named
from haidang.intake.formats.isolated import read_apart
from haidang.intake.formats.limits import MAX_CELL, MAX_COLUMNS, MAX_DEPTH, MAX_DIGITS, MAX_JSON, MAX_LINE
from haidang.intake.formats.refuse import megabytes, stop
from haidang.words.errors import Problem

SUFFIXES = (".json", ".jsonl", ".ndjson")
BATCH = 50_000
START = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*[\[{\]"\d]|\{\s*["}])')

Flat = dict[str, str]


def looks(head: bytes) -> int:
    """Begins as JSON does, in UTF-8 or UTF-16."""
    plain = head.lstrip(b"\xff\xfe").replace(b"\x00", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
    return 2 * bool(START.match(plain))


def tables(file: Arrival) -> Iterator[RawTable]:
    """The one table of the file."""
    return read_apart("json_rows", file)


def read(file: Arrival, remarks: list[Problem]) -> Iterator[RawTable]:
    """In the child: the rows of the document as one table of text."""
    rows = _lines(file) if _is_lines(file) else iter(_document(file))
    columns: dict[str, None] = {}
    batches: list[list[Flat]] = [[]]
    count = 0
    for count, row in enumerate(rows, 1):
        flat = dict(_flat(row, file.name, count))
        columns |= dict.fromkeys(flat)
        if len(columns) > MAX_COLUMNS:
            raise stop("too-many-columns", file.name, found=len(columns), expected=MAX_COLUMNS)
        if len(batches[-1]) >= BATCH:
            batches.append([])
        batches[-1].append(flat)
    if not columns:
        raise stop("no-rows", file.name)
    names, noticed = named(list(columns), file.dataset, file.name)
    arrow = pa.concat_tables(_arrow(batch, list(columns), names) for batch in batches)
    yield RawTable(file.name, names, arrow=arrow, first_row=1, rows=count, remarks=noticed)


def _arrow(batch: list[Flat], keys: list[str], names: tuple[str, ...]) -> pa.Table:
    return pa.table([pa.array([row.get(key) or None for row in batch], pa.string()) for key in keys], list(names))


def _is_lines(file: Arrival) -> bool:
    """Whether the first line is an object by itself and another follows."""
    with file.path.open("rb") as stream:
        first, second = stream.readline(MAX_LINE).strip(), stream.readline(MAX_LINE).strip()
    return first.removeprefix(b"\xef\xbb\xbf")[:1] == b"{" and first[-1:] == b"}" and second[:1] in {b"{", b""}


def _lines(file: Arrival) -> Iterator[Any]:
    with file.path.open("rb") as stream:
        for number in range(1, 1 << 40):
            line = stream.readline(MAX_LINE)
            if not line:
                return
            if len(line) >= MAX_LINE:
                raise stop("line-too-long", file.name, expected=MAX_LINE // 1024 // 1024)
            if line.strip():
                yield from _rows_of(_parsed(line, file, number), file) if number == 1 else [_parsed(line, file, number)]


def _document(file: Arrival) -> list[Any]:
    size = file.path.stat().st_size
    if size > MAX_JSON:
        raise stop("file-too-large", file.name, found=megabytes(size), expected=megabytes(MAX_JSON))
    return _rows_of(_parsed(file.path.read_bytes(), file, 0), file)


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


def _parsed(data: bytes, file: Arrival, line: int) -> Any:
    try:
        text = data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
        return json.loads(
            text,
            parse_float=lambda digits: _number(digits, file),
            parse_int=lambda digits: _number(digits, file),
            parse_constant=lambda word: _refuse_constant(word, file),
            object_pairs_hook=lambda pairs: _object(pairs, file),
        )
    except UnicodeDecodeError as error:
        raise stop("json-not-utf8", file.name, found=error.start) from error
    except json.JSONDecodeError as error:
        where = file.name if not line else f"{file.name} › {line}"
        raise stop("json-broken", where, found=line or error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise stop("nested-too-deep", file.name, expected=MAX_DEPTH) from error


def _number(digits: str, file: Arrival) -> str:
    if len(digits) > MAX_DIGITS:
        raise stop("number-too-long", file.name, found=len(digits), expected=MAX_DIGITS)
    return digits


def _refuse_constant(word: str, file: Arrival) -> NoReturn:
    raise stop("json-not-a-number", file.name, found=word)


def _object(pairs: list[tuple[str, Any]], file: Arrival) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        raise stop("json-key-twice", file.name, found=next(k for k in keys if keys.count(k) > 1))
    return made


def _flat(row: Any, name: str, number: int, *, under: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """(dotted heading, text) of one row; lists of values joined with "; "."""
    if not isinstance(row, dict):
        raise stop("json-row-no-object", name, found=number)
    if depth > MAX_DEPTH:
        raise stop("nested-too-deep", name, expected=MAX_DEPTH)
    for key, value in row.items():
        heading = f"{under}.{key}" if under else key
        if isinstance(value, dict):
            yield from _flat(value, name, number, under=heading, depth=depth + 1)
        else:
            yield heading, _text(value, name, number)


def _text(value: Any, name: str, number: int) -> str:
    if isinstance(value, list):
        plain = all(not isinstance(item, dict | list) for item in value)
        return "; ".join(_text(i, name, number) for i in value) if plain else json.dumps(value, ensure_ascii=False)
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    text = str(value).replace("\x00", "")
    if len(text) > MAX_CELL:
        raise stop("cell-too-long", name, found=number, expected=MAX_CELL // 1024 // 1024)
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text
