"""One more grant: whatever was shown is still shown, everywhere. Masks may lift; nothing is hidden or changed."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from proofs import draws, ways
from proofs.draws import Stage
from proofs.trying import tried
from proofs.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(1200), pytest.mark.xdist_group("proofs")]
SETS = 30
WAYS = ("answers", "records", "ledgers", "facts", "runs", "stream", "machine", "pages")


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Periods are named: `latest` moves on when more is seen, and that is right. Fewer questions for each set."""
    own = draws.question

    def question(chance: random.Random, packs: object) -> dict[str, object]:
        asked = own(chance, packs)  # type: ignore[arg-type]  # the fixture hands it on
        return {**asked, "period": asked["period"].replace("latest", "2025"), "compare": ()}

    monkeypatch.setattr(draws, "question", question)
    monkeypatch.setattr(ways, "BATCH", 25)
    monkeypatch.setattr(ways, "LOOKED_AT", ("2024", "2025"))


@pytest.mark.usefixtures("settled")
def test_one_more_grant_hides_nothing(world: World, stage: Stage) -> None:
    chance = random.Random(5)
    shown = 0
    for number in range(SETS):
        less = replace(draws.drawn(chance), purpose="")
        if less.who == "seen-as":
            continue
        more, seed = draws.more(chance, less), chance.random()
        names = [name for name in WAYS if name not in ("ledgers", "machine") or number % 3 == 0]
        before = tried(world, stage, random.Random(seed), names, less)
        after = tried(world, stage, random.Random(seed), names, more)
        lost = [str(world.packs.book.words[word]) for word in before.words - after.words]
        lost += [str(one) for one in before.numbers - after.numbers]
        assert not lost, (lost[:5], less, more.given[-1])
        shown += len(before.words) + len(before.numbers)
    assert shown > 600, "little was shown: little is proved"
