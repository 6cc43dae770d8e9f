"""Places as history: versions of administrative units, their parents, what became of them.

A *unit* is one version of a place: `code@YYYY-MM-DD` of its first valid day (`68@2025-07-01`).
A code alone may have several units in time (old Lâm Đồng and today's). The country is `VN`.
Never: reads a file (catalog.places fills the Register).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Unit:
    """One version of a place. `level`: country | province | district | commune."""

    id: str
    code: str
    name: str  # full name with its type, NFC: "Phường Ba Đình"
    level: str
    kind: str  # tinh, thanh-pho, quan, huyen, thi-xa, phuong, xa, thi-tran, dac-khu, quoc-gia
    parent: str  # unit id, "" for the country
    start: date
    end: date | None  # last valid day, None while in force
    lat: float | None = None
    lon: float | None = None
    area_km2: float | None = None


@dataclass(frozen=True)
class Succession:
    """old unit → new unit; `whole`: all of the old one's territory went there, else a part."""

    old: str
    new: str
    whole: bool


class Register:
    """Every unit of every time, with lookups. Built once from tuples of Unit and Succession."""

    def unit(self, unit_id: str) -> Unit:
        """By unit id; raises Absent('unknown-place')."""
        raise NotImplementedError

    def at(self, code: str, day: date) -> Unit | None:
        """The version of `code` in force on `day`."""
        raise NotImplementedError

    def resolve(self, text: str, today: date) -> Unit:
        """`68` → as it stands today, or the last that bore the code; `68@2024` (year: its last day; or a
        full date) → of that date. Raises Absent('unknown-place', found=…, nearest=…)."""
        raise NotImplementedError

    def find(self, text: str, *, day: date | None = None, level: str = "", limit: int = 20) -> tuple[Unit, ...]:
        """By code or by name, with or without tones, type words optional; best first."""
        raise NotImplementedError

    def children(self, unit_id: str, day: date) -> tuple[Unit, ...]:
        """Units in force on `day` whose parent chain's next step is `unit_id`."""
        raise NotImplementedError

    def predecessors(self, unit_id: str) -> tuple[Succession, ...]:
        raise NotImplementedError

    def successors(self, unit_id: str) -> tuple[Succession, ...]:
        raise NotImplementedError

    def territory(self, unit_id: str) -> frozenset[str]:
        """Every unit id of any time that lies wholly inside this unit's territory, itself included."""
        raise NotImplementedError

    def parts(self, unit_id: str, day: date) -> tuple[tuple[Unit, bool], ...]:
        """What to add up for `unit_id` on `day`: its children when it was in force, else its predecessors;
        each with whether it lies wholly inside."""
        raise NotImplementedError

    def of_level(self, level: str, day: date, inside: str = "") -> tuple[Unit, ...]:
        """Every unit of a level in force on `day`, inside a unit's territory when given."""
        raise NotImplementedError
