"""JSON as text: parsed with every number as it was written, flattened with dots. Never: opens a file, picks rows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, NoReturn

from haidang.intake.formats.limits import MAX_CELL, MAX_DEPTH, MAX_DIGITS
from haidang.intake.formats.refuse import stop


def parsed(data: bytes, name: str, line: int = 0) -> Any:
    """The value of a document, or of a line of it; numbers stay texts. Raises IntakeStopped."""
    try:
        text = data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
        return json.loads(
            text,
            parse_float=lambda digits: _number(digits, name),
            parse_int=lambda digits: _number(digits, name),
            parse_constant=lambda word: _refuse_constant(word, name),
            object_pairs_hook=lambda pairs: _object(pairs, name),
        )
    except UnicodeDecodeError as error:
        raise stop("json-not-utf8", name, found=error.start) from error
    except json.JSONDecodeError as error:
        where = name if not line else f"{name} › {line}"
        raise stop("json-broken", where, found=line or error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise stop("nested-too-deep", name, expected=MAX_DEPTH) from error


def flat(row: Any, name: str, number: int, *, under: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """(dotted heading, text) of one row; lists of values joined with "; "."""
    if not isinstance(row, dict):
        raise stop("json-row-no-object", name, found=number)
    if depth > MAX_DEPTH:
        raise stop("nested-too-deep", name, expected=MAX_DEPTH)
    for key, value in row.items():
        heading = f"{under}.{key}" if under else key
        if isinstance(value, dict):
            yield from flat(value, name, number, under=heading, depth=depth + 1)
        else:
            yield heading, text_of(value, name, number)


def text_of(value: Any, name: str, number: int) -> str:
    """One value as a cell: true and false in words, lists of plain values joined, other lists as JSON."""
    if isinstance(value, list):
        plain = all(not isinstance(item, dict | list) for item in value)
        made = "; ".join(text_of(i, name, number) for i in value) if plain else json.dumps(value, ensure_ascii=False)
    elif value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    else:
        made = str(value)
    if len(made) > MAX_CELL:
        raise stop("cell-too-long", name, found=number, expected=MAX_CELL // 1024 // 1024)
    return made


def _number(digits: str, name: str) -> str:
    if len(digits) > MAX_DIGITS:
        raise stop("number-too-long", name, found=len(digits), expected=MAX_DIGITS)
    return digits


def _refuse_constant(word: str, name: str) -> NoReturn:
    raise stop("json-not-a-number", name, found=word)


def _object(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise stop("json-key-twice", name, found=twice)
    return made
