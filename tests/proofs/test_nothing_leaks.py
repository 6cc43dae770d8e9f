"""Over ten thousand random pairs of a grant set and a question, by every way out: nothing outside the scope comes out.

The oracle (oracle.py) is told from the definition in docs/gate.md; every value of the world is a canary (canaries.py).
What is kept from one question to the next stays: everybody asks in one process, after the operator has asked it all.
"""

from __future__ import annotations

import json
import random
from collections import Counter

import pytest
from proofs import draws
from proofs.canaries import Need
from proofs.draws import Stage
from proofs.oracle import ANY, INSIDE, LEVELS
from proofs.trying import look_of, tried
from proofs.ways import WAYS
from proofs.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(1200), pytest.mark.xdist_group("proofs")]
SETS = 160
EVERY = {"ledgers": 4, "observations": 10, "machine": 2, "search": 2, "files": 2}
"""How many grant sets share one look at the ways that cost most; the others are tried for every one."""
AT_LEAST = {
    "answers": 8_000,
    "records": 160,
    "ledgers": 100,
    "facts": 160,
    "observations": 16,
    "runs": 400,
    "stream": 160,
    "notices": 160,
    "machine": 700,
    "search": 300,
    "pages": 160,
    "files": 80,
}


def test_nothing_comes_out_that_is_not_ones_own(world: World, stage: Stage) -> None:
    chance = random.Random(20261122)
    world.all_asked()
    counts: Counter[str] = Counter()
    leaks: list[str] = []
    seen: set[str] = set()
    for number in range(SETS):
        ways = [name for name in WAYS if number % EVERY.get(name, 1) == 0]
        made = tried(world, stage, chance, ways)
        counts += made.counts
        leaks += made.leaks
        seen |= made.words
    print(f"\npairs of a grant set and a question: {sum(counts.values())} {dict(counts)}")
    assert not leaks, "\n".join([f"{len(leaks)} leaks", *leaks[:12]])
    assert sum(counts.values()) >= 10_000
    assert {name: counts[name] for name in AT_LEAST if counts[name] < AT_LEAST[name]} == {}
    assert len(seen) > len(world.packs.book.words) / 2, "who may see is shown things too: silence proves nothing"


def test_rows_shown_are_exactly_the_oracles(world: World, stage: Stage) -> None:
    """Facts as the gate cuts them: every cell that may be seen is there, and no other."""
    from haidang.access import gate
    from haidang.words.errors import Denied

    chance = random.Random(11)
    for _ in range(120):
        draw = draws.drawn(chance)
        who, scope, made = stage.set(draw), draws.scope(draw), chance.choice(world.packs.made)
        try:
            text = json.dumps(gate.fetch(gate.rows(who, made.key).table), default=str)
        except Denied:
            text = ""
        cells = [one for one in world.packs.book.words.values() if f"of {made.key} at" in one.about]
        cells = [one for one in cells if "set aside" not in one.about]
        assert cells
        assert {one.word for one in world.packs.book.found(text)} == {c.word for c in cells if scope.sees(c)}, draw


def test_the_decision_is_the_oracles(world: World, stage: Stage) -> None:
    """Ten thousand grant sets, a subject each: the gate allows exactly what the oracle does."""
    from django.utils import timezone

    from haidang.access.decide import decide
    from haidang.access.territory import inside
    from haidang.words.errors import Denied
    from haidang.words.nouns import Actor, Grant, Level, Subject

    chance, now, who = random.Random(7), timezone.now(), Actor("can-bo")
    agreed: Counter[bool] = Counter()
    for _ in range(10_000):
        draw = draws.drawn(chance)
        draw = draws.Draw("can-bo", draw.given)
        rights = draws.scope(draw).rights
        given = [Grant(str(n), "can-bo", r.action, r.pack, r.place, Level(r.level)) for n, r in enumerate(rights)]
        action, pack = chance.choice(("read", "mend", "import", "manage")), chance.choice(("mot", "hai", "bon"))
        level, unit = chance.randrange(len(LEVELS)), chance.choice((ANY, ANY, ANY, ANY, *INSIDE))
        units = None if unit == ANY else frozenset({unit})
        try:
            decide(given, who, action, Subject(pack, "", Level(level), units), now, territory=inside)
            allowed = True
        except Denied:
            allowed = False
        assert allowed == draws.scope(draw).may(Need((action,), pack, level, unit)), (draw, action, pack, level, unit)
        agreed[allowed] += 1
    print(f"\ndecisions: {dict(agreed)}")
    assert min(agreed.values()) > 500


def test_denied_looks_leave_no_more_than_what_was_asked(world: World, stage: Stage) -> None:
    """A question about what one may not see says back the key that was asked, and nothing else of the world."""
    from haidang.indicators.answer import answer_as_json, answer_many
    from haidang.words.nouns import Question

    look = look_of(world, stage, draws.Draw("nguoi-khac", ()), random.Random(3))
    for made in world.packs.made:
        for key in made.indicators.values():
            (found,) = answer_many([Question(key, "20", by="place", history=3)], look.who)
            text = json.dumps(answer_as_json(found), default=str)
            assert {one.word for one in world.packs.book.found(text)} == {key.rpartition("-")[2]}, text
