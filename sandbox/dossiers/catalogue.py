"""Units and procedures of the simulated one-stop system, as they stand in units.csv and procedures.csv.

Never: changes while the program runs.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
HOURS = "giờ"
PROVINCIAL = "tinh"


@dataclass(frozen=True)
class Unit:
    """A department (`place` is the province's code, 20) or a commune's centre (`place` is the commune's)."""

    code: str
    name: str
    place: str
    kind: str  # tinh | xa


@dataclass(frozen=True)
class Procedure:
    """`where`: `xa` for every commune, else the unit's code. `time` in `unit` (ngày làm việc or giờ). `fee` in đồng."""

    code: str
    name: str
    field: str
    field_name: str
    where: str
    time: int
    unit: str
    level: str  # toan-trinh | mot-phan
    fee: int
    weight: float

    @property
    def in_hours(self) -> bool:
        return self.unit == HOURS


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def units() -> tuple[Unit, ...]:
    return tuple(Unit(r["ma"], r["ten"], r["ma_xa"], r["loai"]) for r in _rows("units.csv"))


@lru_cache(maxsize=1)
def procedures() -> tuple[Procedure, ...]:
    return tuple(
        Procedure(
            r["ma"], r["ten"], r["ma_linh_vuc"], r["linh_vuc"], r["co_quan"], int(r["thoi_han"]), r["don_vi_tinh"],
            r["muc_do"], int(r["phi"]), float(r["trong_so"]),
        )
        for r in _rows("procedures.csv")
    )  # fmt: skip


@lru_cache(maxsize=1)
def unit_numbers() -> dict[str, int]:
    return {unit.code: n for n, unit in enumerate(units())}
