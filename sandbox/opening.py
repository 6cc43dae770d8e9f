"""Opening a home: database, clock, faults, world. Seed and scale belong to a home and never change.

Never: runs anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sandbox.clock import VN, Clock, again
from sandbox.database import Database
from sandbox.faults import Faults
from sandbox.world import World

SEED, SCALE = 20, 1.0


@dataclass(frozen=True)
class Wish:
    """What the command line asks for; None: as the home already is, else the default."""

    seed: int | None = None
    scale: float | None = None
    speed: float | None = None
    start: datetime | None = None
    only: tuple[str, ...] = ()


def open_world(home: Path, wish: Wish) -> World:
    """The world of a home, made when it is new. Raises ValueError when seed or scale are not those of the home."""
    database = Database(home / "sandbox.sqlite3")
    seed, scale = (_settled(database, name, asked, usual) for name, asked, usual in (
        ("seed", wish.seed, SEED), ("scale", wish.scale, SCALE)))  # fmt: skip
    clock = _clock(database, wish)
    return World(home, int(seed), float(scale), clock, database, Faults(database, clock))


def _settled(database: Database, name: str, asked: float | None, usual: float) -> float:
    kept: float | None = database.get(name)
    if kept is None:
        kept = usual if asked is None else asked
        database.put(name, kept)
    if asked is not None and asked != kept:
        raise ValueError(f"this home was made with {name} {kept:g}, not {asked:g}: take a new --home")
    return kept


def _clock(database: Database, wish: Wish) -> Clock:
    kept = database.get("clock")
    if wish.start is None and kept:
        return again(kept, speed=wish.speed)
    made = Clock(wish.start or datetime.now(VN), speed=1.0 if wish.speed is None else wish.speed)
    database.put("clock", made.kept())
    return made
