"""What sort of a day it is: working or off, Tết, storm and rain, the season's outbreak. A function of the seed alone.

Days off stand in days-off.csv as data (the sandbox's own list; after its last year only week-ends are off).
Never: produces anything a department would send.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np

TET = {2023: 22, 2024: 41, 2025: 29, 2026: 48, 2027: 37, 2028: 26, 2029: 44, 2030: 34}  # day of the year of mồng Một
SEASONS = (
    (12, "Cúm mùa"),
    (3, "Sởi"),
    (6, "Sốt xuất huyết"),
    (9, "Tay chân miệng"),
)
"""(month it may begin in, disease): one outbreak a season."""


@dataclass(frozen=True)
class Storm:
    name: str
    start: date
    days: int
    strength: float  # 0 … 1


@dataclass(frozen=True)
class Outbreak:
    disease: str
    start: date
    days: int
    peak: float  # times the usual number of cases on its worst day
    hearts: tuple[int, int, int]  # communes it is strongest in: positions in World.communes


@dataclass(frozen=True)
class Day:
    """One day of the province. rain in mm, wind in m/s, temperature in °C (mean); outbreak_factor ≥ 1."""

    date: date
    working: bool
    name: str  # of the day off, "" on others
    tet: bool  # the week of Tết, working or not
    storm: Storm | None
    rain: float
    wind: float
    temperature: float
    outbreak: Outbreak | None
    outbreak_factor: float


@lru_cache(maxsize=1)
def days_off() -> dict[date, str]:
    with (Path(__file__).parent / "days-off.csv").open(encoding="utf-8") as file:
        return {date.fromisoformat(row["date"]): row["name"] for row in csv.DictReader(file)}


def working(day: date) -> bool:
    return day.weekday() < 5 and day not in days_off()


def tet(day: date) -> bool:
    """Within two days before and five after mồng Một."""
    first = date(day.year, 1, 1) + timedelta(days=TET.get(day.year, 40) - 1)
    return -2 <= (day - first).days <= 5


class Calendar:
    """`calendar.day(date)`: the facts of a day, the same for the same seed."""

    def __init__(self, rng: Callable[[str, date], np.random.Generator]) -> None:
        self._rng = rng
        self.storms = lru_cache(maxsize=64)(self._storms)
        self.outbreaks = lru_cache(maxsize=64)(self._outbreaks)
        self.day = lru_cache(maxsize=4096)(self._day)

    def _storms(self, year: int) -> tuple[Storm, ...]:
        rng = self._rng("storms", date(year, 1, 1))
        starts = sorted(int(n) for n in rng.integers(0, 150, size=int(rng.integers(3, 6))))
        return tuple(
            Storm(
                f"Bão mô phỏng số {n}/{year}",
                date(year, 5, 25) + timedelta(days=start),
                int(rng.integers(2, 5)),
                float(rng.uniform(0.3, 1.0)),
            )
            for n, start in enumerate(starts, 1)
        )

    def _outbreaks(self, year: int) -> tuple[Outbreak, ...]:
        rng = self._rng("outbreaks", date(year, 1, 1))
        return tuple(
            Outbreak(
                disease,
                date(year, month, 1) + timedelta(days=int(rng.integers(0, 45))),
                int(rng.integers(28, 49)),
                float(rng.uniform(2.0, 5.0)),
                tuple(int(n) for n in rng.choice(65, size=3, replace=False)),  # type: ignore[arg-type]  # three are drawn
            )
            for month, disease in SEASONS
        )

    def _day(self, day: date) -> Day:
        rng = self._rng("weather", day)
        storm = next((s for s in self.storms(day.year) if 0 <= (day - s.start).days < s.days), None)
        outbreak = next(
            (o for y in (day.year, day.year - 1) for o in self.outbreaks(y) if 0 <= (day - o.start).days < o.days), None
        )
        season = float(np.cos((day.timetuple().tm_yday - 200) / 365 * 2 * np.pi))
        wet = rng.random() < 0.25 + 0.2 * season
        rain = float(rng.gamma(1.2, 9.0)) * wet + (storm.strength * float(rng.uniform(40, 160)) if storm else 0.0)
        wind = float(rng.uniform(1, 4)) + (storm.strength * float(rng.uniform(8, 18)) if storm else 0.0)
        factor = 1.0
        if outbreak:
            through = ((day - outbreak.start).days + 0.5) / outbreak.days
            factor = 1 + (outbreak.peak - 1) * float(np.sin(through * np.pi)) ** 2
        return Day(
            day,
            working(day),
            days_off().get(day, ""),
            tet(day),
            storm,
            round(rain, 1),
            round(wind, 1),
            round(21.5 + 7.5 * season + float(rng.normal(0, 2)), 1),
            outbreak,
            factor,
        )

    @staticmethod
    def office(hour: int) -> float:
        """How busy an office is in this hour of a working day: 0 at night and lunch, 1 on average over its hours."""
        return {7: 0.5, 8: 1.4, 9: 1.6, 10: 1.4, 11: 0.5, 13: 0.5, 14: 1.3, 15: 1.2, 16: 0.8}.get(hour, 0.0)

    @staticmethod
    def life(hour: int) -> float:
        """How awake people are: traffic, online services, guests. About 1 on average over 24 hours."""
        return (
            0.2,
            0.1,
            0.1,
            0.1,
            0.2,
            0.5,
            0.9,
            1.3,
            1.5,
            1.5,
            1.4,
            1.2,
            1.0,
            1.1,
            1.3,
            1.4,
            1.5,
            1.6,
            1.5,
            1.6,
            1.6,
            1.3,
            0.8,
            0.4,
        )[hour]
