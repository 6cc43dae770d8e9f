"""The small world, landed for real: a home of its own, runs, rows set aside, sources at work, notices, people.

Everything in the transactional database lies in one transaction of the test database, which is taken back at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from proofs import oracle, small
from proofs.canaries import Need, readable
from proofs.small import FEED, Packs, known

OUTSIDE, INSIDE_HOUSE = ("public", "citizen", "peer"), ("officer", "robot")
NAMES = {
    "can-bo": "officer",
    "truong-phong": "officer",
    "nguoi-khac": "officer",
    "cong-dan-a": "citizen",
    "xa-ban": "peer",
    "quan-tri-a": "officer",
}


@dataclass
class World:
    """What stands: the packs with their canaries, runs, set-aside rows, and who is there."""

    packs: Packs
    home: Path
    runs: list[str] = field(default_factory=list)
    rejects: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    now: Any = None

    def leaks(self, scope: oracle.Scope, content: bytes | str) -> list[str]:
        """What of the world stands in an output that the oracle does not give this scope."""
        text = readable(content) if isinstance(content, bytes) else content
        return oracle.leaks(scope, self.packs.book, text)

    def all_asked(self) -> None:
        """Fill what is kept from one question to the next with what the operator sees, who sees all."""
        from haidang.access import gate
        from haidang.indicators.answer import answer_many
        from haidang.words.nouns import Question

        keys = [key for made in self.packs.made for key in made.indicators.values()] + list(self.packs.formulas)
        places = (("VN", "2025"), ("20", "2025"), ("68", "2025"), ("20", "2024"))
        answer_many([Question(key, *where, by="place") for key in keys for where in places], gate.operator())


@contextmanager
def standing(folder: Path) -> Iterator[World]:
    """The world in a fresh home; undone at the end."""
    from django.conf import settings
    from django.db import transaction

    from haidang.catalog import declared

    home = folder / "home"
    for name in ("home", "packs", "files"):
        (folder / name).mkdir()
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setenv("HAIDANG_HOME", str(home))
        patch.setenv("HAIDANG_PACKS", str(folder / "packs"))
        for name, value in (("HOME", home), ("PACKS", (folder / "packs",)), ("PLACE", "20"), ("FLOOR", 5)):
            patch.setattr(settings, name, value)
        patch.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        declared.forget()
        try:
            yield _made(small.write(folder / "packs", folder / "files"), home, folder / "files")
        finally:
            transaction.set_rollback(True)
            declared.forget()


def _made(packs: Packs, home: Path, files: Path) -> World:
    from django.utils import timezone

    world = World(packs, home, now=timezone.now())
    _people()
    _landed(world, files)
    _at_work(world)
    _told(world)
    return world


def _people() -> None:
    from haidang.access import actions, gate
    from haidang.access.models import Account, Office

    by = gate.operator()
    actions.open_account(by, actions.Person("cong-chung", "Công chúng", "public"))
    above = Office.objects.create(key="ubnd", name_vi="Ủy ban", place=oracle.LANG_SON)
    office = Office.objects.create(key="so-mot", name_vi="Sở Một", above=above)
    other = Office.objects.create(key="so-hai", name_vi="Sở Hai")
    for name, kind in NAMES.items():
        actions.open_account(by, actions.Person(name, name, kind))
    Account.objects.filter(name__in=["can-bo", "truong-phong"]).update(office=office, post="chuyen-vien")
    Account.objects.filter(name="truong-phong").update(post="truong-phong")
    Account.objects.filter(name="nguoi-khac").update(office=other)


def _landed(world: World, files: Path) -> None:
    """Every file once; sent by an account whose very name is a canary for those outside the house."""
    from haidang.access import actions, gate
    from haidang.intake import actions as intake
    from haidang.store.tables import lake
    from haidang.words.errors import IntakeStopped

    for made in world.packs.made:
        word = world.packs.book.word(f"who sent {made.key}", (Need(FEED, made.pack, made.level),), kinds=INSIDE_HOUSE)
        sender = actions.open_account(gate.operator(), actions.Person(word, f"Ông {word}"))
        landed = intake.import_file(sender, made.key, world.packs.files[made.key])
        assert landed.set_aside == (0 if (made.pack, made.level) == ("ba", 1) else 3), landed
        world.runs.append(landed.run)
    key, file = small.stopping(world.packs, files)
    with pytest.raises(IntakeStopped):
        intake.import_file(gate.operator(), key, file)
    world.runs.append(_newest_run())
    world.rejects = [row["id"] for row in lake().rows(lake().table("rejects").select("id"))]


def _newest_run() -> str:
    from haidang.intake.models import Run

    return str(Run.objects.order_by("-id").values_list("id", flat=True)[0])


def _at_work(world: World) -> None:
    """Sources with people, attempts that name addresses, and a mend rule."""
    from haidang.access import actions, gate
    from haidang.catalog.declared import declared
    from haidang.intake.models import Attempt, MendRule, SourceState

    book = world.packs.book
    for source in declared().sources():
        made = world.packs.of(source.dataset)
        works = (Need(("import", "mend"), made.pack, made.level),), (Need(("manage",), made.pack, 0),)
        person = book.word(f"who keeps {source.key}", *known(made.pack, made.level), kinds=INSIDE_HOUSE)
        actions.open_account(gate.operator(), actions.Person(person, f"Bà {person}"))
        address = book.word(f"address of {source.key}", *works)
        problem = {"code": "connector.refused", "found": address, "where": address, "facts": []}
        SourceState.objects.create(source=source.key, owner=person, duty=person, problem=problem, failures=2)
        facts = {"found": address, "where": address}
        Attempt.objects.create(source=source.key, at=world.now, outcome="failed", code="file-unreadable", facts=facts)
        rule = book.word(f"rule of {made.key}", (Need(("mend",), made.pack, made.level),))
        MendRule.objects.create(dataset=made.key, column="ma", found=rule, becomes=rule, actor="x", made_at=world.now)
        world.sources.append(source.key)


def _told(world: World) -> None:
    from haidang.watch import actions as watch

    for name in NAMES:
        word = world.packs.book.word(f"told to {name}", who=(name,))
        watch.tell(name, "source-back", {"title": word, "source": word, "department": word}, f"/x/{word}", key=word)
