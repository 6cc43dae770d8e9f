"""The working-day table: days off and days worked in exchange, from packs/lich and the home's own rows.

A rule that is a number is data: no holiday stands in this file. Never: reads the clock, counts a legal deadline.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from haidang.catalog.places import home
from haidang.words.errors import PackProblem, Problem
from haidang.words.nouns import Label

SHIPPED = Path(__file__).resolve().parents[2] / "packs" / "lich" / "ngay-nghi.csv"
_SATURDAY = 5


@dataclass(frozen=True)
class Day:
    """One row of the table. `kind`: off | work; `verified`: checked against the text that says so."""

    day: date
    kind: str
    name: Label
    legal: str
    verified: bool


def table() -> dict[date, Day]:
    """Every row by its day; a row of the home (`lich/ngay-nghi.csv`) goes before the shipped one.

    Raises PackProblem for a row that cannot be read.
    """
    own = home() / "lich" / "ngay-nghi.csv"
    files = [SHIPPED, own] if own.is_file() else [SHIPPED]
    return _read(tuple((file, file.stat().st_mtime_ns) for file in files))


def working(day: date) -> bool:
    """Whether offices work that day: by the table, else Monday to Friday."""
    found = table().get(day)
    return found.kind == "work" if found else day.weekday() < _SATURDAY


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[Path, int], ...]) -> dict[date, Day]:
    found: dict[date, Day] = {}
    problems: list[Problem] = []
    for file, _ in files:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines), 2):
                try:
                    read = _day(row)
                    found[read.day] = read
                except (ValueError, TypeError, KeyError):
                    where = f"{file.name}:{number}"
                    problems.append(Problem("bad-day-off", where, str(row.get("date")), "2026-09-02,off,…"))
    if problems:
        raise PackProblem(tuple(problems))
    return found


def _day(row: dict[str, str]) -> Day:
    if row["kind"] not in {"off", "work"}:
        raise ValueError(row["kind"])
    name = Label(row["name_vi"], row["name_en"])
    return Day(date.fromisoformat(row["date"]), row["kind"], name, row["legal"], row["verified"] == "yes")
