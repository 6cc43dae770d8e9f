"""One grant set tried at ways out: how many pairs, what leaked, what was shown. Never: decides what may be seen."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from proofs import draws
from proofs.canaries import readable
from proofs.draws import Draw, Stage
from proofs.ways import WAYS, Look
from proofs.world import World


@dataclass
class Tried:
    """Pairs by way; what came out that should not have; the canaries that were shown."""

    counts: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    numbers: set[tuple[str, frozenset[int]]] = field(default_factory=set)


def look_of(world: World, stage: Stage, draw: Draw, chance: random.Random) -> Look:
    """Whoever looks by a drawn grant set, which is put up."""
    from haidang.access import gate

    request = stage.request(draw)
    return Look(gate.of_request(request), request, world, chance, draws.scope(draw))


def tried(
    world: World, stage: Stage, chance: random.Random, ways: Iterable[str] = WAYS, draw: Draw | None = None
) -> Tried:
    """A grant set drawn by chance (or given) at each of these ways."""
    draw = draw or draws.drawn(chance)
    look, made = look_of(world, stage, draw, chance), Tried()
    for name in ways:
        for asked, content in WAYS[name](look):
            made.counts[name] += 1
            text = readable(content)
            # What the asker wrote may be said back.
            leaks = [leak for leak in world.leaks(look.scope, text) if leak[:8] not in asked]
            made.leaks += [f"{name}: {leak}\n    asked {asked}\n    by {draw}" for leak in leaks]
            made.words |= {one.word for one in world.packs.book.found(text) if one.word not in asked}
            made.numbers |= {(one.dataset, rows) for one, rows, _ in world.packs.book.counted(text)}
    return made
