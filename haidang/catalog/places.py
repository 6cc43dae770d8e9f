"""The register of places of this process, read from packs/dia-ban and the updates under HAIDANG_HOME/places.

Never: reads shapes (catalog.shapes), or keeps an update that is not sound.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from haidang.catalog.place_updates import after, kind_of, level_of, read_changes, with_parents
from haidang.words.errors import PackProblem, Problem
from haidang.words.places import Register, Succession, Unit

SHIPPED = Path(__file__).resolve().parents[2] / "packs" / "dia-ban"
"""The reference data that comes with the program."""

_UNIT_FILES = ("provinces.csv", "districts.csv", "communes.csv")


@dataclass(frozen=True)
class Imported:
    """What an update did: the units that began with it and those that ended. Both empty when all was known already."""

    file: Path
    begun: tuple[Unit, ...]
    ended: tuple[Unit, ...]


def register() -> Register:
    """Every unit of every time; cached, re-read when an update file is imported (by whatever process)."""
    mark = _mark(os.environ.get("HAIDANG_HOME", ""))
    if mark is None:
        return register_of(home())
    if not _lately or _lately[0][0] != mark:
        # The folders were looked at before their files: what is kept meanwhile is read the next time.
        _lately[:] = [(mark, register_of(home()))]
    return _lately[0][1]


_lately: list[tuple[tuple[str, int, int], Register]] = []


def _mark(home: str) -> tuple[str, int, int] | None:
    """What changes when an update is kept: two looks at folders, for a register that is asked hundreds of times a page.

    None when it cannot be told (a home beside the program, or named from where one stands).
    """
    if not os.path.isabs(home):
        return None
    return home, _changed(str(SHIPPED / "updates")), _changed(os.path.join(home, "places"))


def _changed(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns
    except FileNotFoundError:
        return 0


def home() -> Path:
    """HAIDANG_HOME of this process, or `var/` beside the program."""
    return Path(os.environ.get("HAIDANG_HOME") or SHIPPED.parents[1] / "var").resolve()


def register_of(home: Path) -> Register:
    """The register of one home; raises PackProblem when a kept update no longer fits the shipped data."""
    return _cached(tuple((file, file.stat().st_mtime_ns) for file in _updates(home)))


def import_update(file: Path, home: Path) -> Imported:
    """Check an update file and keep it under `home/places`; raises PackProblem with every fault, keeping nothing."""
    before = register_of(home)
    changes, problems = read_changes(file)
    if problems:
        raise PackProblem(problems)
    now = _build((*_updates(home), file))
    known = {unit.id: unit for unit in before}
    begun = tuple(unit for unit in now if unit.id not in known)
    ended = tuple(u for u in now if u.end and u.id in known and known[u.id].end != u.end)
    if begun:
        _keep(file, changes[0].day, home / "places")
    return Imported(file, begun, ended)


def _keep(file: Path, first: date, folder: Path) -> None:
    """Whole or not at all, named by its first day and content, so that the same file is kept once."""
    folder.mkdir(parents=True, exist_ok=True)
    content = file.read_bytes()
    name = f"{first.isoformat()}-{hashlib.sha256(content).hexdigest()[:12]}.csv"
    draft = folder / f".{name}.{os.getpid()}"
    draft.write_bytes(content)
    draft.replace(folder / name)


def _updates(home: Path) -> tuple[Path, ...]:
    shipped, kept = (SHIPPED / "updates").glob("*.csv"), (home / "places").glob("[0-9]*.csv")
    return (*sorted(shipped), *sorted(kept))


@lru_cache(maxsize=4)
def _cached(stamps: tuple[tuple[Path, int], ...]) -> Register:
    return _build(tuple(file for file, _ in stamps))


def _build(updates: tuple[Path, ...]) -> Register:
    """The shipped register after every update, in the order of their first days."""
    read = [read_changes(file) for file in updates]
    problems: tuple[Problem, ...] = tuple(problem for _, faults in read for problem in faults)
    register = _shipped()
    for changes, _ in sorted(read, key=lambda pair: pair[0][0].day if pair[0] else date.min):
        register, faults = after(register, changes)
        problems += faults
    if problems:
        raise PackProblem(problems)
    return register


@lru_cache(maxsize=1)
def _shipped() -> Register:
    units = with_parents(unit for name in _UNIT_FILES for unit in _read_units(SHIPPED / name))
    steps = (Succession(old, new, kind == "whole") for old, new, kind in _rows(SHIPPED / "successions.csv"))
    aliases = ((alias, code) for alias, code, *_ in _rows(SHIPPED / "aliases.csv"))
    return Register(units, tuple(steps), tuple(aliases))


def _rows(file: Path) -> Iterator[list[str]]:
    with file.open(encoding="utf-8", newline="") as text:
        rows = csv.reader(text)
        next(rows)
        yield from rows


def _read_units(file: Path) -> Iterator[Unit]:
    for code, start, end, name, parent, *numbers in _rows(file):
        level = level_of(code)
        lat, lon, area = (float(n) if n else None for n in numbers)
        first, last = date.fromisoformat(start), date.fromisoformat(end) if end else None
        yield Unit(f"{code}@{start}", code, name, level, kind_of(level, name), parent, first, last, lat, lon, area)
