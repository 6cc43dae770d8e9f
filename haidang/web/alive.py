"""How many of the sources one may see are alive. Never: judges a source (intake does)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from haidang.intake.sources import reads

RUNNING = ("alive", "late", "failing", "waiting")


@dataclass(frozen=True)
class Alive:
    """`alive` of the `promised` sources run and are on time; the others (`historic`) are files that promise nothing.

    `datasets`: those whose source is late or fails.
    """

    alive: int
    promised: int
    historic: int
    datasets: frozenset[str] = frozenset()

    @property
    def late(self) -> bool:
        return self.alive < self.promised


def sources(packs: Collection[str]) -> Alive | None:
    """Of these packs; None when they have no source."""
    known = reads.sources(packs)
    running = [face for face in known if face.state in RUNNING]
    alive = sum(face.state == "alive" for face in running)
    late = frozenset(face.dataset for face in running if face.state in ("late", "failing"))
    return Alive(alive, len(running), len(known) - len(running), late) if known else None
