"""The proof of the proof: the gate broken in one way at a time, and each time the proofs must find it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from proofs import oracle
from proofs.draws import Draw, Given, Stage
from proofs.trying import tried
from proofs.ways import SmallGroup
from proofs.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600), pytest.mark.xdist_group("proofs")]


def no_level(patch: pytest.MonkeyPatch) -> None:
    """Columns above the level are shown."""
    from haidang.access import cut
    from haidang.access.decide import Units
    from haidang.words.nouns import Level, Scope

    def reached(scope: Scope, level: Level, purpose: bool) -> Units:
        return scope.units

    patch.setattr(cut, "_reached", reached)


def no_place(patch: pytest.MonkeyPatch) -> None:
    """Rows of every place are shown."""
    import ibis

    from haidang.access import cut

    patch.setattr(cut, "_in", lambda column, units: ibis.literal(True))


def no_end(patch: pytest.MonkeyPatch) -> None:
    """Grants that have ended count on."""
    from datetime import timedelta

    from haidang.access import gate, standing
    from haidang.access.models import GrantRow

    own = standing._to

    def everlasting(who: Any) -> Any:
        from django.utils import timezone

        GrantRow.objects.filter(until__lt=timezone.now()).update(until=timezone.now() + timedelta(days=1))
        return own(who)

    patch.setattr(standing, "_to", everlasting)
    patch.setattr(gate, "counts", lambda grant, who, action, now: grant.action in (action, "*"))


def no_purpose(patch: pytest.MonkeyPatch) -> None:
    """Personal cells are shown to whoever says no purpose."""
    from haidang.access import gate

    patch.setattr(gate, "purposed", lambda who, pack: True)


def shared_keeping(patch: pytest.MonkeyPatch) -> None:
    """What is kept from one question to the next does not know for whom."""
    from haidang.indicators import load

    own = load._key
    patch.setattr(load, "_key", lambda read, page, units, world: own(read._replace(cut=None), page, None, world))


def raw_shown(patch: pytest.MonkeyPatch) -> None:
    """Whoever reads a dataset sees what stood in the files of set-aside rows."""
    from haidang.access import cut, gate

    patch.setattr(cut, "emptied", lambda table, columns, unless: table)
    patch.setattr(gate.rejected, "covered", lambda table, reached: table)


def uncapped_seeing(patch: pytest.MonkeyPatch) -> None:
    """Seeing as another goes as far as that other."""
    from haidang.access import standing

    patch.setattr(standing, "_as_seen", lambda given, most: given)


def every_office(patch: pytest.MonkeyPatch) -> None:
    """Grants of any office are everybody's."""
    from haidang.access import standing
    from haidang.access.models import Office

    patch.setattr(standing, "above", lambda office: list(Office.objects.values_list("pk", flat=True)))


def loud_stream(patch: pytest.MonkeyPatch) -> None:
    """Open pages are told of every dataset."""
    from haidang.catalog.declared import declared
    from haidang.web import behind

    every = frozenset(one.key for pack in declared().packs for one in pack.datasets)
    patch.setattr(behind, "told_to", lambda who: every)


def no_floor(patch: pytest.MonkeyPatch) -> None:
    """Numbers about few persons are shown to everybody."""
    from django.conf import settings

    patch.setattr(settings, "FLOOR", 0)


def telling_denial(patch: pytest.MonkeyPatch) -> None:
    """An answer about a hidden indicator says of which dataset it is."""
    from dataclasses import replace

    from haidang.catalog.declared import declared
    from haidang.indicators import asked
    from haidang.words.nouns import Label

    own = asked.hidden

    def hidden(question: Any, unit: Any) -> Any:
        made, behind = own(question, unit), declared().indicator(question.indicator).dataset
        return replace(made, indicator=replace(made.indicator, title=Label(behind, behind)))

    patch.setattr(asked, "hidden", hidden)


Broken = Callable[[pytest.MonkeyPatch], None]
CASES: tuple[tuple[Broken, tuple[str, ...], Draw], ...] = (
    (no_level, ("facts", "records"), Draw("can-bo", (Given("account", "read", "*", "*", 1),))),
    (
        no_place,
        ("facts", "observations"),
        Draw("can-bo", (Given("account", "read", "*", oracle.DONG_DANG, 3),), "said"),
    ),
    (no_end, ("facts", "machine"), Draw("can-bo", (Given("account", "read", "*", "*", 3, "over"),), "said")),
    (no_purpose, ("facts", "records"), Draw("can-bo", (Given("account", "read", "*", "*", 3),))),
    (shared_keeping, ("answers",), Draw("can-bo", (Given("account", "read", "bon", "*", 3),))),
    (raw_shown, ("ledgers",), Draw("can-bo", (Given("account", "read", "*", "*", 3),))),
    (uncapped_seeing, ("facts", "answers"), Draw("seen-as", (Given("account", "read", "*", "*", 3),))),
    (every_office, ("facts", "machine"), Draw("can-bo", (Given("other-office", "read", "*", "*", 2),))),
    (loud_stream, ("stream",), Draw("can-bo", ())),
    (no_floor, ("answers",), Draw("can-bo", (Given("account", "read", "*", "*", 1),))),
    (telling_denial, ("answers",), Draw("nguoi-khac", (Given("account", "read", "bon", "*", 0),))),
)


@pytest.mark.parametrize(("broken", "ways", "draw"), CASES, ids=lambda v: getattr(v, "__name__", ""))
def test_a_broken_gate_is_found(
    world: World,
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
    broken: Broken,
    ways: Iterable[str],
    draw: Draw,
) -> None:
    assert not _found(world, stage, ways, draw), "sound, this finds nothing"
    broken(monkeypatch)
    assert _found(world, stage, ways, draw), f"not found: {broken.__doc__}"


def _found(world: World, stage: Stage, ways: Iterable[str], draw: Draw) -> bool:
    """Whether anything leaks within some grant sets; nothing kept is taken along or left behind."""
    from haidang.indicators import load

    chance = random.Random(23)
    load.forget()
    try:
        world.all_asked()
        return any(tried(world, stage, chance, ways, draw).leaks for _ in range(2))
    except SmallGroup:
        return True
    finally:
        load.forget()
