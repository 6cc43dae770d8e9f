"""`python -m sandbox history`: years that have already been, into the sandbox's database and into files for the centre.

Every stream writes its own files; afterwards `serve` goes on from `until` with the same seed.
Never: runs on a home that already has a history.
"""

from __future__ import annotations

import logging
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

from sandbox.clock import Clock
from sandbox.opening import Wish, open_world
from sandbox.out import advance
from sandbox.plugs import plugs
from sandbox.world import World

log = logging.getLogger("sandbox")


def history(home: Path, years: float, until: datetime, wish: Wish) -> World:
    """DIR/history/<source key>/… for every stream; the folder appears when all is there, until.txt in it.

    One that was broken off is begun anew. Raises ValueError on a home that has already run.
    """
    making = home / "history.making"
    if making.exists():
        _forget(home)
    world = open_world(home, Wish(wish.seed, wish.scale, wish.speed, until))
    if world.database.rows("select 1 from progress limit 1"):
        raise ValueError(f"{home} has already begun: take a new --home")
    making.mkdir(parents=True)
    world.clock = Clock(until, speed=0)
    since = until - timedelta(days=round(years * 365.25))
    for plug in plugs(wish.only):
        begun = time.monotonic()
        plug.history(world, since, until, making)
        advance(world.database, plug.name, until)
        log.info("%-16s %6.1f s", plug.name, time.monotonic() - begun)
    (making / "until.txt").write_text(until.isoformat() + "\n", encoding="utf-8")
    making.rename(home / "history")
    return world


def _forget(home: Path) -> None:
    """A past that was broken off, and the database that holds half of it."""
    shutil.rmtree(home / "history.making")
    for file in home.glob("sandbox.sqlite3*"):
        file.unlink()
