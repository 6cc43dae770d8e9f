"""Over ten thousand random pairs of a grant set and a question, by every way out: nothing outside the scope comes out.

The oracle (oracle.py) is told from the definition in docs/gate.md; every value of the world is a canary (canaries.py).
"""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest

from proofs import draws
from proofs.draws import Stage
from proofs.ways import WAYS, Look
from proofs.world import World

pytestmark = pytest.mark.django_db
SETS = 12


def tried(world: World, stage: Stage, chance: random.Random, ways: tuple[str, ...]) -> tuple[Counter[str], list[str]]:
    """One grant set at every way: how many pairs by way, and what leaked."""
    draw = draws.drawn(chance)
    request = stage.request(draw)
    from haidang.access import gate

    scope, look = draws.scope(draw), Look(gate.of_request(request), request, world, chance)
    counts: Counter[str] = Counter()
    found = []
    for name in ways:
        t = time.time()
        for asked, content in WAYS[name](look):
            counts[name] += 1
            found += [f"{name}: {leak}\n    asked {asked}\n    by {draw}" for leak in world.leaks(scope, content) if leak[:8] not in asked]
        TIMES[name] += time.time() - t
    return counts, found

TIMES: Counter = Counter()

def test_nothing_comes_out_that_is_not_ones_own(world: World, stage: Stage) -> None:
    chance = random.Random(20261122)
    counts: Counter[str] = Counter()
    leaks: list[str] = []
    for _ in range(SETS):
        made, found = tried(world, stage, chance, tuple(WAYS))
        counts += made
        leaks += found
    print(dict(counts), sum(counts.values()))
    print({k: (round(v,1), round(v/counts[k]*1000)) for k,v in TIMES.items()})
    kinds = Counter(x.split("\n")[0].split(" of ")[0] + x.split("\n")[1][:30] for x in leaks)
    for k,v in kinds.most_common(60): print(v,k)
    seen=set()
    for x in leaks:
        k=x.split("\n")[0][:16].split("zq")[0]+x.split("asked")[1][:22]
        if k not in seen:
            seen.add(k); print(x)
    assert not leaks, "\n".join(leaks[:5])
