"""CSV and its kin. A regular file goes through in blocks without a loop over rows; `rows` mends the others.

Never: holds a whole file; types a cell; drops a row that has content.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from haidang.intake.formats import Arrival, RawTable
from haidang.intake.formats.encodings import Encoding, encoding_of
from haidang.intake.formats.headings import heading_row, is_no_heading, named
from haidang.intake.formats.limits import CHUNK, MAX_CELL, MAX_COLUMNS, MAX_LINE, SAMPLE
from haidang.intake.formats.refuse import problem, stop
from haidang.intake.formats.rows import irregular

SUFFIXES = (".csv", ".tsv", ".txt")
SEPARATORS = ",;\t|"
CONTROL = bytes(byte for byte in range(1, 32) if byte not in b"\t\n\v\f\r\x1b")
LOOKED_AT = 60  # records looked at to tell separator and heading


@dataclass(frozen=True)
class Plan:
    """How a file is to be read: encoding, separator, which record bears the headings and what they are."""

    encoding: Encoding
    separator: str
    heading: int
    cells: tuple[str, ...]


def looks(head: bytes) -> int:
    """Text, perhaps; zero bytes are left to the encoding, other control bytes mean it is none."""
    if b"\x00" in head:
        return 1
    odd = len(head) - len(head.translate(None, CONTROL))
    return int(odd <= len(head) // 50)


def tables(file: Arrival) -> Iterator[RawTable]:
    """The one table of the file."""
    plan = planned(file)
    columns, remarks = named(plan.cells, file.dataset, file.name)
    target = file.scratch / f"{file.path.name}.clean"
    if plan.encoding.title != "UTF-8":
        remarks += (problem("encoding-converted", file.name, found=plan.encoding.title),)
    rows = None
    even = plan.separator == "," and not plan.heading and len(columns) > 1 and "\n" not in "".join(plan.cells)
    if plan.encoding.plain and even:
        with file.path.open("rb") as source, target.open("wb") as sink:
            rows = regular(source, sink, len(columns))
    if rows is None:
        yield irregular(file, plan, columns=columns, target=target, remarks=remarks)
    else:
        yield RawTable(file.name, columns, csv=target, rows=rows, remarks=remarks)


def planned(file: Arrival) -> Plan:
    """Look at the file's beginning; raises IntakeStopped for what cannot be text in rows."""
    encoding = encoding_of(file.path, file.name)
    with file.path.open("rb") as stream:
        stream.seek(encoding.bom)
        sample = stream.read(SAMPLE)
    whole = len(sample) < SAMPLE
    text = encoding.convert()(sample.decode(encoding.codec, "ignore"))
    if not whole:
        text = _to_last_line(text, file.name)
    separator, records = max((_split(text, mark) for mark in SEPARATORS), key=lambda found: _score(found[1]))
    if not records:
        raise stop("empty-file", file.name)
    heading = heading_row(records, file.dataset)
    if is_no_heading(records[heading], heading, file.dataset):
        raise stop("no-heading", file.name, found=", ".join(records[heading][:5]))
    return Plan(encoding, separator, heading, tuple(records[heading]))


def _to_last_line(text: str, name: str) -> str:
    end = max(text.rfind("\n"), text.rfind("\r"))
    if end >= 0:
        return text[:end]
    commas = max(text.count(mark) for mark in SEPARATORS)
    if commas > MAX_COLUMNS:
        raise stop("too-many-columns", name, found=f"≥ {commas}", expected=MAX_COLUMNS)
    raise stop("line-too-long", name, found=1, expected=MAX_LINE // 1024 // 1024)


def _split(text: str, mark: str) -> tuple[str, list[list[str]]]:
    csv.field_size_limit(MAX_CELL)
    records: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            if any(record):
                records.append(record)
            if len(records) >= LOOKED_AT:
                break
    except csv.Error:
        pass  # what was read so far tells enough; the reader will name the row
    return mark, records


def _score(records: list[list[str]]) -> tuple[float, int]:
    """Evenness first: the share of records of the usual width, then that width."""
    widths = [len(record) for record in records]
    usual = max(set(widths), key=lambda w: (widths.count(w) * (w > 1), w), default=1)
    return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 1)


def regular(source: BinaryIO, sink: BinaryIO, width: int) -> int | None:
    """Copy the data rows of a regular UTF-8 file; how many, or None when anything is irregular.

    Regular: every record has `width` cells, quotes as RFC 4180, NFC, no bare CR, no blank records, no note at the end.
    """
    rows, rest, first, tail = -1, b"", True, b""
    while block := source.read(CHUNK):
        text = rest + block
        text = text.removeprefix(b"\xef\xbb\xbf") if first else text
        text = text.replace(b"\r\n", b"\n") if b"\r" in text else text
        end, count = _even(text, width)
        if count is None or len(text) - end > MAX_LINE or not _proper(text[:end], width):
            return None
        if end:
            sink.write(memoryview(text)[text.index(b"\n") + 1 if first else 0 : end])
            first, tail = False, text[max(0, end - width - 1) : end]
        rows, rest = rows + count, text[end:]
    if rest:
        rest += b"\n"
        end, count = _even(rest, width)
        if count != 1 or first or not _proper(rest, width):
            return None
        sink.write(rest)
        rows, tail = rows + 1, rest
    return None if width > 2 and tail.endswith(b"," * (width - 1) + b"\n") else rows


def _proper(text: bytes, width: int) -> bool:
    """UTF-8 in NFC without zero bytes, bare CR and records of nothing."""
    if b"\x00" in text or b"\r" in text or b"\n" + b"," * (width - 1) + b"\n" in text:
        return False
    if text.isascii():
        return True
    # Arrow's check is four times as fast as decoding, and nothing else is wanted of most files.
    whole = pa.Array.from_buffers(
        pa.large_utf8(), 1, [None, pa.py_buffer(np.array([0, len(text)])), pa.py_buffer(text)]
    )
    try:
        whole.validate(full=True)
    except pa.ArrowInvalid:
        return False
    combining = b"\xcc" in text or b"\xcd" in text
    return not combining or unicodedata.is_normalized("NFC", text.decode("utf-8"))


def _even(text: bytes, width: int) -> tuple[int, int | None]:
    """(end of the last whole record, how many records), None when their widths differ or a quote stands astray."""
    data = np.frombuffer(text, np.uint8)
    breaks = data == 10
    marks = breaks | (data == 44)
    if b'"' in text:
        quotes = data == 34
        inside = (np.cumsum(quotes, dtype=np.uint8) & 1).astype(bool)
        if not _quoted_well(data, quotes & inside, quotes & ~inside):
            return 0, None
        marks &= ~inside
        breaks &= ~inside
    count = int(np.count_nonzero(breaks))
    if not count:
        return 0, 0
    # Even when every width-th mark is a break and there is no other break.
    stops = np.flatnonzero(marks)[width - 1 : count * width : width]
    if len(stops) != count or not breaks[stops].all() or np.diff(stops).max(initial=0) > MAX_CELL:
        return 0, None
    return int(stops[-1]) + 1, count


def _quoted_well(data: np.ndarray, opening: np.ndarray, closing: np.ndarray) -> bool:
    """Quotes open after a separator and close before one (or stand doubled)."""
    before = data[np.maximum(np.flatnonzero(opening), 1) - 1]
    after = data[np.minimum(np.flatnonzero(closing), len(data) - 2) + 1]
    return bool(np.isin(before, (44, 10, 34)).all() and np.isin(after, (44, 10, 34, 13)).all())
