"""How many of the sources one may see still keep their promise of freshness. Never: judges a source (intake does)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from haidang.intake import reads


@dataclass(frozen=True)
class Alive:
    """`alive` of the `promised` sources landed something in time; `historic` ones promise nothing.

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
    known = [face for face in reads.sources() if face.dataset.partition(".")[0] in packs]
    promised = [face for face in known if face.promise_days]
    alive = sum(not face.late and face.age_days is not None for face in promised)
    late = frozenset(face.dataset for face in promised if face.late)
    return Alive(alive, len(promised), len(known) - len(promised), late) if known else None
