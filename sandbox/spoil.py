"""What a fault does to bytes: cut, a column nobody announced, a number in another unit, a wrong clock.

By the look of the bytes (JSON, XML, delimited text), knowing no stream. A workbook is a stream's own affair.
Never: decides when.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

NEW_COLUMN = "CotMoiThem"
NEW_VALUE = "gia-tri-moi"
TIMES = 1000
STAMP = re.compile(rb"(?<![0-9])20[0-9]{2}[01][0-9][0-3][0-9][0-2][0-9][0-5][0-9][0-5][0-9](?![0-9])")
ISO = re.compile(rb"20[0-9]{2}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9])?")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def half(body: bytes) -> bytes:
    return body[: len(body) // 2]


def clock_wrong(body: bytes, hours: float) -> bytes:
    """Every time in the body moved by so many hours; its own writing kept."""

    def moved(pattern: str) -> Callable[[re.Match[bytes]], bytes]:
        def one(found: re.Match[bytes]) -> bytes:
            text = found[0].decode()
            shape = pattern if len(text) != 16 else pattern[:-3]
            shape = shape.replace("T", text[10]) if "-" in text else shape
            try:
                return (datetime.strptime(text, shape) + timedelta(hours=hours)).strftime(shape).encode()
            except ValueError:
                return found[0]

        return one

    return ISO.sub(moved("%Y-%m-%dT%H:%M:%S"), STAMP.sub(moved("%Y%m%d%H%M%S"), body))


def new_column(body: bytes) -> bytes:
    """One more key in every object of a list (JSON), one more element (XML), one more column (text)."""
    return _by_look(body, _json_column, _xml_column, _text_column)


def wrong_unit(body: bytes) -> bytes:
    """The last number with a decimal point (or the last number) of every row a thousand times as large."""
    return _by_look(body, _json_unit, _xml_unit, _text_unit)


def _by_look(
    body: bytes, as_json: Callable[[Any], Any], as_xml: Callable[[str], str], as_text: Callable[[str], str]
) -> bytes:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body  # a workbook, an archive
    start = text.lstrip()[:1]
    if start in {"{", "["}:
        return _json_lines(text, as_json).encode()
    return (as_xml(text) if start == "<" else as_text(text)).encode()


def _json_lines(text: str, change: Callable[[Any], Any]) -> str:
    try:
        return json.dumps(change(json.loads(text)), ensure_ascii=False)
    except ValueError:
        lines = (json.dumps(change(json.loads(line)), ensure_ascii=False) for line in text.splitlines() if line.strip())
        return "\n".join(lines) + "\n"


def _json_column(value: Any) -> Any:
    rows = _objects(value)
    for row in rows:
        row[NEW_COLUMN] = NEW_VALUE
    return value


def _json_unit(value: Any) -> Any:
    for row in _objects(value):
        numbers = [k for k, v in row.items() if isinstance(v, int | float) and not isinstance(v, bool)]
        decimals = [k for k in numbers if isinstance(row[k], float)]
        for key in (decimals or numbers)[-1:]:
            row[key] *= TIMES
    return value


def _objects(value: Any) -> list[dict[str, Any]]:
    """The rows of a document: the objects of its first list, else the document itself."""
    if isinstance(value, list):
        return [v for v in value if isinstance(v, dict)]
    if isinstance(value, dict):
        lists = [v for v in value.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
        return lists[0] if lists else [value]
    return []


def _xml_column(text: str) -> str:
    place = text.rfind("</")
    return f"{text[:place]}<{NEW_COLUMN}>{NEW_VALUE}</{NEW_COLUMN}>{text[place:]}"


def _xml_unit(text: str) -> str:
    found = list(re.finditer(r">(-?[0-9]+(?:\.[0-9]+)?)</", text))
    if not found:
        return text
    last = found[-1]
    return f"{text[: last.start(1)]}{_more(last[1])}{text[last.end(1) :]}"


def _delimiter(text: str) -> str:
    first = text.splitlines()[0] if text else ""
    return max("\t;,|", key=first.count)


def _text_column(text: str) -> str:
    mark = _delimiter(text)
    headed = not any(NUMBER.fullmatch(c) for c in text.splitlines()[0].split(mark)) if text else False
    lines = text.splitlines()
    return "".join(f"{line}{mark}{NEW_COLUMN if headed and not n else NEW_VALUE}\n" for n, line in enumerate(lines))


def _text_unit(text: str) -> str:
    mark = _delimiter(text)
    return "".join(_row_unit(line.split(mark), mark) + "\n" for line in text.splitlines())


def _row_unit(cells: list[str], mark: str) -> str:
    numbers = [n for n, cell in enumerate(cells) if NUMBER.fullmatch(cell)]
    decimals = [n for n in numbers if "." in cells[n]]
    for n in (decimals or numbers)[-1:]:
        cells[n] = _more(cells[n])
    return mark.join(cells)


def _more(text: str) -> str:
    return f"{float(text) * TIMES:.10g}"
