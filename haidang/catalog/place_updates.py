"""Changes of places as dated rows: reading a file of them, proving it against a Register, and the Register after it.

A file is CSV in UTF-8 with the columns of docs/places.md; all its faults are found at once.
Never: writes a file, or changes the Register it was given.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

from haidang.words.errors import Problem
from haidang.words.places import LEVELS, Register, Succession, Unit

REQUIRED = ("day", "code", "name", "parent", "from")
OPTIONAL = ("lat", "lon", "area_km2")
NEW = "new"
"""In place of codes it comes from: a place no unit of the register was before."""
LARGEST = 5_000_000
"""Bytes; the whole reform of 2025 would fit twice."""

KINDS = {
    "province": {"Tỉnh": "tinh", "Thành phố": "thanh-pho"},
    "district": {"Quận": "quan", "Huyện": "huyen", "Thị xã": "thi-xa", "Thành phố": "thanh-pho"},
    "commune": {"Phường": "phuong", "Xã": "xa", "Thị trấn": "thi-tran", "Đặc khu": "dac-khu"},
}
"""By level: the type word a full name begins with, and the kind it means."""

_LEVEL_OF_LENGTH = {2: "province", 3: "district", 5: "commune"}
_LIMITS = {"lat": (6.0, 24.0), "lon": (101.0, 118.0), "area_km2": (0.0, 340_000.0)}


@dataclass(frozen=True)
class Change:
    """From `day` on, `code` is this; `sources`: codes it comes from and whether wholly."""

    where: str
    day: date
    code: str
    name: str
    parent: str
    sources: tuple[tuple[str, bool], ...]
    numbers: tuple[float | None, ...] = field(default=(None, None, None))

    @property
    def id(self) -> str:
        return f"{self.code}@{self.day.isoformat()}"


def level_of(code: str) -> str:
    """By the length of an official code: province 2 digits, district 3, commune 5; "" when it is none."""
    if code == "VN":
        return LEVELS[0]
    return _LEVEL_OF_LENGTH.get(len(code), "") if re.fullmatch(r"[0-9]+", code) else ""


def kind_of(level: str, name: str) -> str:
    """The kind a full name of that level says it is; "" when it begins with no type word."""
    if level == LEVELS[0]:
        return "quoc-gia"
    return next((kind for word, kind in KINDS.get(level, {}).items() if name.startswith(word + " ")), "")


def read_changes(file: Path) -> tuple[tuple[Change, ...], tuple[Problem, ...]]:
    """The sound rows by day, and every fault of form with its `file:line`."""
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return (), (Problem("place-file-unreadable", file.name, expected="CSV, UTF-8"),)
    if len(content) > LARGEST:
        return (), (Problem("place-file-too-large", file.name, expected=f"{LARGEST:,}"),)
    reader = csv.DictReader(io.StringIO(content), strict=True)
    try:
        if faults := tuple(_header(reader.fieldnames or (), file.name)):
            return (), faults
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        return (), (Problem("place-file-unreadable", f"{file.name}:{reader.line_num}", found=str(error)),)
    return _read_rows(rows, file.name)


def _read_rows(rows: list[tuple[int, dict[str, str]]], name: str) -> tuple[tuple[Change, ...], tuple[Problem, ...]]:
    changes, problems = [], []
    for line, row in rows:
        where = f"{name}:{line}"
        if faults := list(_row_faults(row, where)):
            problems += faults
        else:
            changes.append(_change(row, where))
    if not rows:
        problems.append(Problem("place-file-empty", name))
    return tuple(sorted(changes, key=lambda c: c.day)), tuple(problems)


def _header(columns: Sequence[str], name: str) -> Iterator[Problem]:
    for missing in (c for c in REQUIRED if c not in columns):
        yield Problem("place-column-missing", f"{name}:1", expected=missing)
    for column in columns:
        if column not in REQUIRED + OPTIONAL:
            near = next(iter(get_close_matches(column, REQUIRED + OPTIONAL, n=1)), "")
            yield Problem("place-column-unknown", f"{name}:1", found=column[:40], nearest=near)


def _row_faults(row: dict[str, str], where: str) -> Iterator[Problem]:
    cell = {key: (value or "").strip() for key, value in row.items() if isinstance(value, str) or value is None}
    if None in row or None in row.values():
        yield Problem("place-row-width", where)
        return
    level = level_of(cell["code"])
    if not _day(cell["day"]):
        yield Problem("place-bad-day", where, found=cell["day"][:40])
    if level in {"", LEVELS[0]}:
        yield Problem("place-bad-code", where, found=cell["code"][:40])
    elif not kind_of(level, _name(cell["name"])):
        yield Problem("place-bad-name", where, found=cell["name"][:80], expected=", ".join(KINDS[level]))
    if not re.fullmatch(rf"{NEW}|[0-9]+(:part)?( +[0-9]+(:part)?)*", cell["from"]):
        yield Problem("place-bad-source", where, found=cell["from"][:80])
    for column in OPTIONAL:
        if not _sound_number(column, cell.get(column, "")):
            yield Problem("place-bad-number", where, found=cell[column][:40], expected=column)


def _sound_number(column: str, text: str) -> bool:
    try:
        return not text or _LIMITS[column][0] <= float(text) <= _LIMITS[column][1]
    except ValueError:
        return False


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _name(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _change(row: dict[str, str], where: str) -> Change:
    numbers = (row.get(column, "").strip() for column in OPTIONAL)
    return Change(
        where=where,
        day=date.fromisoformat(row["day"].strip()),
        code=row["code"].strip(),
        name=_name(row["name"]),
        parent=row["parent"].strip(),
        sources=tuple((text.partition(":")[0], ":" not in text) for text in row["from"].split() if text != NEW),
        numbers=tuple(float(text) if text else None for text in numbers),
    )


def after(register: Register, changes: Sequence[Change]) -> tuple[Register, tuple[Problem, ...]]:
    """The register once the changes (sorted by day) have happened; with problems, as it stood before the bad day.

    A change the register already knows (same unit, same name) is passed over.
    """
    news = [c for c in changes if not _known(register, c)]
    for day, group in groupby(news, key=lambda c: c.day):
        together = tuple(group)
        if problems := tuple(_unsound(register, together, day - timedelta(days=1))):
            return register, problems
        register = _apply(register, together, day)
    return register, ()


def _known(register: Register, change: Change) -> bool:
    unit = register.at(change.code, change.day)
    return unit is not None and unit.id == change.id and unit.name == change.name


def _unsound(register: Register, changes: tuple[Change, ...], eve: date) -> Iterator[Problem]:
    codes = [c.code for c in changes]
    sources = [(code, whole, c) for c in changes for code, whole in c.sources]
    for change in changes:
        yield from _wrong_code(register, change, codes, {code for code, _, _ in sources})
        yield from _wrong_parent(register, change, codes)
    for code, whole, change in sources:
        yield from _wrong_source(register, change, (code, whole), [w for c, w, _ in sources if c == code])
    for code in {code for code, _, _ in sources} - set(codes):
        yield from _orphans(register, code, eve, {c for c, _, _ in sources})


def _wrong_code(register: Register, change: Change, codes: list[str], ended: set[str]) -> Iterator[Problem]:
    if codes.count(change.code) > 1:
        yield Problem("place-twice", change.where, found=change.code)
    versions = register.versions(change.code)
    if versions and versions[-1].start >= change.day:
        yield Problem("place-too-early", change.where, found=change.code, expected=f"> {versions[-1].start}")
    elif versions and versions[-1].end is None and change.code not in ended:
        yield Problem("place-in-force", change.where, found=f"{versions[-1].name} ({change.code})")


def _wrong_parent(register: Register, change: Change, codes: list[str]) -> Iterator[Problem]:
    allowed = LEVELS[: LEVELS.index(level_of(change.code))]
    stands = register.at(change.parent, change.day) is not None or change.parent in codes
    if level_of(change.parent) not in allowed or not stands:
        yield Problem("place-unknown-parent", change.where, found=change.parent[:40])


def _wrong_source(
    register: Register, change: Change, source: tuple[str, bool], shares: list[bool]
) -> Iterator[Problem]:
    code, whole = source
    unit = register.at(code, change.day - timedelta(days=1))
    if unit is None or unit.end is not None:
        yield Problem("place-unknown-source", change.where, found=code)
    elif unit.level != level_of(change.code):
        yield Problem("place-source-level", change.where, found=f"{unit.name} ({code})")
    if whole == (len(shares) > 1):
        yield Problem("place-whole-or-part", change.where, found=code)


def _orphans(register: Register, code: str, eve: date, ended: set[str]) -> Iterator[Problem]:
    unit = register.at(code, eve)
    for child in register.children(unit.id, eve) if unit else ():
        if child.code not in ended:
            yield Problem("place-orphan", found=f"{child.name} ({child.code})", expected=code)


def _apply(register: Register, changes: tuple[Change, ...], day: date) -> Register:
    eve = day - timedelta(days=1)
    units = {unit.id: unit for unit in register}
    steps = list(register.successions)
    for change in changes:
        for code, whole in change.sources:
            old = register.at(code, eve)
            if old:
                units[old.id] = replace(old, end=eve)
                steps.append(Succession(old.id, change.id, whole))
        units[change.id] = _unit(change, register.at(change.code, eve))
    return Register(with_parents(units.values()), steps, register.aliases)


def _unit(change: Change, former: Unit | None) -> Unit:
    known = (former.lat, former.lon, former.area_km2) if former else (None, None, None)
    lat, lon, area = (new if new is not None else old for new, old in zip(change.numbers, known, strict=True))
    level = level_of(change.code)
    kind = kind_of(level, change.name)
    return Unit(change.id, change.code, change.name, level, kind, change.parent, change.day, None, lat, lon, area)


def with_parents(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units with each parent (a code, or a unit id of it) set to the last version the unit lay in."""
    every = tuple(units)
    versions: dict[str, list[Unit]] = {}
    for unit in sorted(every, key=lambda u: u.start):
        versions.setdefault(unit.code, []).append(unit)
    return tuple(_placed(unit, versions) for unit in every)


def _placed(unit: Unit, versions: dict[str, list[Unit]]) -> Unit:
    if not unit.parent:
        return unit
    last = unit.end or date.max
    parent = [v for v in versions.get(unit.parent.partition("@")[0], ()) if v.start <= last][-1]
    return unit if parent.id == unit.parent else replace(unit, parent=parent.id)
