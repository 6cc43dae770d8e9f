"""The province itself: seed, scale, communes, calendar, clock. The same seed gives the same world at any speed.

Never: imports a stream; keeps a random generator between two days (a generator belongs to one stream and one day).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from zlib import crc32

import numpy as np

from sandbox.clock import VN, Clock
from sandbox.database import Database
from sandbox.faults import Faults
from sandbox.seasons import Calendar

ROOT = Path(__file__).resolve().parents[1]
PROVINCE = "20"
PLACES = "packs/dia-ban/communes.csv"


@dataclass(frozen=True)
class Commune:
    """`people`: simulated head count, only there to weigh one commune against another."""

    code: str
    name: str
    lat: float
    lon: float
    area: float  # km²
    people: int

    @property
    def ward(self) -> bool:
        return self.name.startswith("Phường")


def communes() -> tuple[Commune, ...]:
    """The 65 communes of Lạng Sơn in force, by code."""
    with (ROOT / PLACES).open(encoding="utf-8") as file:
        rows = [
            r for r in csv.DictReader(file) if r["parent"] == PROVINCE and not r["end"] and r["start"] >= "2025-07-01"
        ]
    return tuple(_commune(row) for row in sorted(rows, key=lambda r: r["code"]))


def _commune(row: dict[str, str]) -> Commune:
    area = float(row["area_km2"])
    spread = 0.6 + crc32(row["code"].encode()) % 1000 / 1000 * 0.9
    people = 38_000 if row["name"].startswith("Phường") else 7_000 + 350_000 / (area + 20)
    return Commune(row["code"], row["name"], float(row["lat"]), float(row["lon"]), area, int(people * spread))


@dataclass(eq=False)
class World:
    """What a stream sees. `home`: the sandbox's folder; `scale`: 1 is the volume of the real province."""

    home: Path
    seed: int
    scale: float
    clock: Clock
    database: Database
    faults: Faults

    @cached_property
    def communes(self) -> tuple[Commune, ...]:
        return communes()

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar(self.rng)

    def rng(self, stream: str, day: date) -> np.random.Generator:
        """The dice of one stream on one day: always the same."""
        return np.random.Generator(np.random.PCG64([self.seed, crc32(stream.encode()), day.toordinal()]))

    def now(self) -> datetime:
        """The simulated moment, Việt Nam time."""
        return self.clock.now()


def days(since: datetime, until: datetime) -> Iterator[date]:
    """The Việt Nam days that (since, until] touches."""
    day, last = since.astimezone(VN).date(), until.astimezone(VN).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def pieces(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """(since, until] cut at midnights of Việt Nam, so that one tick never spans two days."""
    while since < until:
        local = since.astimezone(VN)
        midnight = datetime(local.year, local.month, local.day, tzinfo=VN) + timedelta(days=1)
        yield since, min(midnight, until)
        since = midnight
