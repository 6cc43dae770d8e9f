"""The rules of signing in: the law's table beside this file (rules.csv), and what this centre set instead in bounds.

Never: writes a rule (actions does), a value outside what the table allows.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from pathlib import Path

from haidang.access.models import Rule

TABLE = Path(__file__).with_name("rules.csv")


@dataclass(frozen=True)
class Law:
    """One line of the table: the value when nobody says otherwise, and between what it may be set.

    `basis`: the document that asks for it, "" for a rule of our own; `verified`: yes (read in the document itself) |
    summary (read in a summary of it) | own.
    """

    key: str
    value: int
    least: int
    most: int
    unit: str
    basis: str
    verified: str


@dataclass(frozen=True)
class Rules:
    """Every rule as it stands now; the unit is in the name, or in the table."""

    password_min: int
    password_min_alone: int
    classes: int
    reuse: int
    rotate_days: int
    rotate_warn_days: int
    lock_after: int
    lock_hours: int
    lock_wide: int
    lock_addresses: int
    idle_web: int
    idle_mobile: int
    idle_admin: int
    absolute_hours: int
    service_hours: int
    idle_days: int
    idle_days_warn: int
    code_minutes: int
    purpose_minutes: int
    review_months: int
    review_days: int
    trace_months: int
    privilege_minutes: int

    @property
    def idle_minutes(self) -> dict[str, int]:
        """Minutes without doing anything after which a session ends, by kind of session."""
        return {"web": self.idle_web, "mobile": self.idle_mobile, "admin": self.idle_admin}


@dataclass(frozen=True)
class Set:
    """One rule as the page of rules shows it; `own` is None where the law's value stands."""

    law: Law
    own: int | None = None
    by: str = ""
    at: datetime | None = None

    @property
    def value(self) -> int:
        return self.law.value if self.own is None else self.own


@cache
def table() -> dict[str, Law]:
    """The law's table by key, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {line["key"]: _law(line) for line in csv.DictReader(file)}


def _law(line: dict[str, str]) -> Law:
    numbers = {name: int(line[name]) for name in ("value", "least", "most")}
    return Law(line["key"], **numbers, unit=line["unit"], basis=line["basis"], verified=line["verified"])


def standing() -> tuple[Set, ...]:
    """Every rule with what this centre set, in the table's order."""
    rows = {row.key: row for row in Rule.objects.all()}
    return tuple(_set(law, rows.get(law.key)) for law in table().values())


def _set(law: Law, row: Rule | None) -> Set:
    if row is None or not row.value.isdecimal():
        return Set(law)
    # A row from an older table may lie outside what today's allows.
    return Set(law, min(max(int(row.value), law.least), law.most), row.by, row.at)


def rules() -> Rules:
    """Every rule as it stands now."""
    return Rules(**{one.law.key: one.value for one in standing()})


def as_law() -> Rules:
    """Every rule as the law's table has it (tests, and what does not wait for the database)."""
    return Rules(**{entry.name: table()[entry.name].value for entry in fields(Rules)})
