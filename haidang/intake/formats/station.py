"""Files of automatic monitoring stations (TT 10/2021/TT-BTNMT): a line is symbol, value, unit, time and state.

Fields stand apart by tab, `;` or spaces; a decimal comma is taken; station and time of the file come from its name.
Never: judges a value or a state; drops a line: one that cannot be read stands as a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from haidang.intake.formats import Arrival, RawTable, delimited
from haidang.intake.formats.gather import Gathered
from haidang.intake.formats.headings import folded
from haidang.intake.formats.isolated import read_light
from haidang.intake.formats.lined import numbered
from haidang.intake.formats.refuse import stop
from haidang.words.errors import Problem

KIND = "station"
SUFFIXES = (".txt",)
READ = ("file_name", "station")
COLUMNS = ("tram", "chi_so", "gia_tri", "don_vi", "thoi_diem", "trang_thai", "thoi_diem_tep")
PLACED = ("tinh", "co_so")
GAP = rb"(?:\t|;| {1,8})"
LINE = re.compile(GAP.join([rb"[^\t;,\s]{1,20}", rb"[^\t;\s]{0,30}", rb"[^\t;\s]{0,20}", rb"\d{14}", b""]))
NAMED = re.compile(r"(?P<station>.+?)[_-](?P<time>\d{14})(?:[_-]\w{0,12})?(?:\.\w{1,4})?$")
DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+|[-+]?\d{1,3}(?:\.\d{3})+,\d+")


class Origin(NamedTuple):
    """What a file's name tells."""

    cells: dict[str, str]
    columns: tuple[str, ...]


def looks(head: bytes) -> int:
    """Surely, when a line ends as measurements do; perhaps, when it is text."""
    plain = head.replace(b"\x00", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
    lines = plain.removeprefix(b"\xef\xbb\xbf").splitlines()[:20]
    if any(LINE.match(line[:200]) for line in lines):
        return 2
    return delimited.looks(head)


def tables(file: Arrival) -> Iterator[RawTable]:
    """The one table of the file."""
    return read_light("station", file)


def read(file: Arrival, remarks: list[Problem]) -> Iterator[RawTable]:
    """Every line as a row: `tram chi_so gia_tri don_vi thoi_diem trang_thai thoi_diem_tep`."""
    origin = origin_of(file)
    made, notes = Gathered(file, origin.columns), []
    for number, line, _ in numbered(file):
        fields = fields_of(line)
        if line.startswith("#") or (not made.count and _is_heading(line)):
            notes.append(line)
        elif wrong := _wrong(fields):
            cells = dict(zip(COLUMNS[1:4], fields, strict=False))
            made.broken(wrong, origin.cells | cells, number, found=line)
        else:
            made.add(origin.cells | measured(fields), number)
    yield made.table(notes=notes[:20])


def origin_of(file: Arrival) -> Origin:
    """Station and time by the file's name; raises IntakeStopped('station-unnamed') when `read` does not tell either."""
    name = file.name.rpartition(" › ")[2].rpartition("/")[2]
    found = NAMED.match(name)
    station = file.read.get("station", "") or (found["station"] if found else "")
    if not station:
        raise stop("station-unnamed", file.name, found=name)
    cells = {"tram": station, "thoi_diem_tep": _moment(found["time"]) if found else ""}
    if file.read.get("file_name") != "tinh_co_so_tram":
        return Origin(cells, COLUMNS)
    parts = station.split("_", 2)
    if len(parts) < 3:
        raise stop("station-unnamed", file.name, found=name)
    return Origin(cells | dict(zip((*PLACED, "tram"), parts, strict=True)), (*PLACED, *COLUMNS))


def fields_of(line: str) -> list[str]:
    """The fields of a line by its own separator."""
    separator = next((mark for mark in "\t;" if mark in line), None)
    fields = [field.strip() for field in line.split(separator)]
    while len(fields) > 5 and not fields[-1]:
        fields.pop()
    return fields


def measured(fields: list[str]) -> dict[str, str]:
    """The row of a sound line, times as `2026-11-22T10:15:00`, the value with a decimal point."""
    symbol, value, unit, time, state = fields
    if DECIMAL_COMMA.fullmatch(value):
        value = value.replace(".", "").replace(",", ".")
    return dict(zip(COLUMNS[1:6], (symbol, value, unit, _moment(time), state), strict=True))


def _wrong(fields: list[str]) -> str:
    if len(fields) != 5 or not fields[0]:
        return "station-line-fields"
    return "" if _moment(fields[3]) else "station-line-time"


def _moment(digits: str) -> str:
    """`20261122101500` as a moment of Việt Nam time, "" when it is none."""
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").isoformat() if re.fullmatch(r"[0-9]{14}", digits) else ""
    except ValueError:
        return ""


def _is_heading(line: str) -> bool:
    return "giatri" in folded(line)
