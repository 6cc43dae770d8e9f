from __future__ import annotations
import random, time
import pytest
from proofs import draws

pytestmark = pytest.mark.django_db


def test_first(world, stage):
    from haidang.indicators.answer import answer_many, answer_as_json
    from haidang.words.nouns import Question
    from haidang.words.errors import HaiDangError
    import json

    chance = random.Random(1)
    t = time.time()
    n = 0
    bad = []
    for i in range(25):
        d = draws.drawn(chance)
        who = stage.set(d)
        sc = draws.scope(d)
        for _ in range(6):
            qs = [draws.question(chance, world.packs) for _ in range(1)]
            for q in qs:
                n += 1
                try:
                    a = answer_many([Question(**q)], who)[0]
                    txt = json.dumps(answer_as_json(a), default=str)
                except HaiDangError as e:
                    txt = str(e) + repr(e.facts)
                    print(q["indicator"], e.code)
                    continue
                l = world.leaks(sc, txt)
                if l:
                    bad.append((d, q, l, txt[:600]))
    print(n, time.time() - t)
    for b in bad[:3]:
        print(b)
    assert not bad
