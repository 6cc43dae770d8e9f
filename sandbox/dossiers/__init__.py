"""The one-stop system: dossiers that live through their states, its REST API, its truth, its past.

Volume at scale 1: about 410,000 dossiers a year, 15,000 under way, some tens overdue (README.md says why).
Never: a real person, a real dossier.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sandbox.clock import VN
from sandbox.dossiers.archive import history
from sandbox.dossiers.book import INDEXES, TABLE, catch_up, move, plan_days, planned
from sandbox.dossiers.rest import routes
from sandbox.dossiers.truth import truth
from sandbox.out import Out, advance
from sandbox.world import World

NAME = "dossiers"
SOURCES = ("dich-vu-cong.ho-so", "dich-vu-cong.tien-do")
OWN_FAULTS = frozenset({"new-column", "wrong-unit"})
BEFORE = timedelta(days=90)


def settle(world: World) -> None:
    """The table; on a home without a past the dossiers of the last ninety days, so that work is under way."""
    world.database.script(TABLE + INDEXES)
    if planned(world.database) is None:
        now = world.now()
        plan_days(world, (now - BEFORE).astimezone(VN).date(), now.astimezone(VN).date(), int(now.timestamp()))
        advance(world.database, NAME, now)


def tick(world: World, _since: datetime, until: datetime, _out: Out) -> None:
    """New dossiers and new states up to `until`. Done twice, it changes nothing the second time."""
    catch_up(world, until)
    move(world.database, until)


__all__ = ["NAME", "OWN_FAULTS", "SOURCES", "history", "routes", "settle", "tick", "truth"]
