"""How many of the sources one may see still keep their promise of freshness. Never: judges a source (intake does)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from haidang.intake import reads


@dataclass(frozen=True)
class Alive:
    """`alive` of `total` sources have landed something and are not overdue."""

    alive: int
    total: int

    @property
    def late(self) -> bool:
        return self.alive < self.total


def sources(packs: Collection[str]) -> Alive | None:
    """Of these packs; None when they have no source."""
    known = [face for face in reads.sources() if face.dataset.partition(".")[0] in packs]
    return Alive(sum(not face.late and face.age_days is not None for face in known), len(known)) if known else None
