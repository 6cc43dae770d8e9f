"""The only file of `intake.mending` that writes: a mend rule made or ended, a whole reason replayed.

Doors ask the gate before they call; `who` stands here for the record. Every batch of a replay is a
Run of its own (one transaction), so that memory stays bounded and a kill loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from haidang.catalog.declared import declared
from haidang.intake import actions, checks, clock
from haidang.intake.actions import Landed
from haidang.intake.mending import picked
from haidang.intake.mending.rules import LONGEST, plain
from haidang.intake.models import MendRule
from haidang.words.errors import Absent, IntakeStopped
from haidang.words.nouns import Actor

Units = frozenset[str] | None


def by_rule(who: Actor, dataset: str, column: str, found: str, becomes: str, *, why: str, later: bool) -> Landed:
    """Read `found` as `becomes` in every open row of the dataset whose cell says so, and land what then stands.

    `later`: also in what arrives from now on. Rows a rule touched land marked `mended-by-rule`. A rule is about
    every place: it is for whoever mends them all (`reads.rows` of the uncut table tells). A correction that lets no
    row stand is refused and makes no rule: IntakeStopped names the fault that remains. Raises
    Absent('unknown-dataset' | 'unknown-column' | 'no-such-rejects').
    """
    noun = declared().dataset(dataset)
    if column not in {c.name for c in noun.columns}:
        raise Absent("unknown-column", found=column, expected=", ".join(c.name for c in noun.columns))
    if plain(found) == plain(becomes):
        raise IntakeStopped("rule-changes-nothing", found=found, column=column)
    wanted = picked.Wanted(dataset, column=column, found=plain(found))
    name = f"{column}: {plain(found) or '∅'} → {becomes}"
    landed = _replay(who, wanted, name, {column: becomes})
    if landed is None and not later:
        raise Absent("no-such-rejects", found=f"{column} “{found}”")
    _make(who, noun.key, (column, found, becomes), why=why, later=later)
    return landed or Landed("", dataset, name, 0, 0, 0, 0)


def replay(who: Actor, dataset: str, code: str, *, units: Units = None) -> Landed:
    """Judge every open row of a reason once more (a pack or a code list changed) and land what stands now.

    `units`: only rows of these places (None: every row, those of no known place too).
    Rows still at fault stay open. Rows set aside for what only a whole group shows, and repeated ones, cannot be judged
    alone: IntakeStopped('cannot-replay'). Raises Absent('unknown-dataset' | 'no-such-rejects').
    """
    noun = declared().dataset(dataset)
    groups = {check.kind for check in noun.checks if checks.of_groups(check)}
    if code.startswith("duplicate-") or code in groups:
        raise IntakeStopped("cannot-replay", found=code)
    landed = _replay(who, picked.Wanted(dataset, code=code, units=units), f"replay {code}", {})
    if landed is None:
        raise Absent("no-such-rejects", found=f"{dataset} {code}")
    return landed


def end(who: Actor, rule: int) -> None:
    """The rule no more holds for what arrives; what it mended stays. Raises Absent('unknown-rule')."""
    if not MendRule.objects.filter(pk=rule, ended_at=None).update(ended_at=clock.now()):
        raise Absent("unknown-rule", found=str(rule))


def _make(who: Actor, dataset: str, said: tuple[str, str, str], *, why: str, later: bool) -> None:
    """Write the rule down; one that holds on takes the place of an earlier one about the same cell."""
    column, found, becomes = said
    now = clock.now()
    about = MendRule.objects.filter(dataset=dataset, column=column, found=plain(found), ended_at=None)
    if later:
        about.update(ended_at=now)
    MendRule.objects.create(
        dataset=dataset,
        column=column,
        found=plain(found),
        becomes=becomes[: 2 * LONGEST],
        actor=who.name,
        why=why[:500],
        made_at=now,
        ended_at=None if later else now,
    )


def _replay(who: Actor, wanted: picked.Wanted, name: str, values: dict[str, str]) -> Landed | None:
    """Batch by batch, newest first; None when there is nothing to replay."""
    landed: Landed | None = None
    for batch in _batches(wanted):
        # The moment makes the order one of its own: the same rows may be replayed again after the next change.
        order = {"values": values, "part": True, "at": clock.now().isoformat()}
        try:
            one = actions.replay(who, "mend", wanted.dataset, rejects=batch, name=name, **order)
        except IntakeStopped:
            if landed is None:
                raise
            continue  # this batch holds none that stands; others before it did
        landed = _sum(landed, one) if landed else one
    return landed


def _batches(wanted: picked.Wanted) -> Iterator[list[str]]:
    after = picked.FIRST
    while ids := picked.batch(wanted, after):
        yield [reject for _, reject in ids]
        after = ids[-1]


def _sum(one: Landed, other: Landed) -> Landed:
    names = ("read", "landed", "set_aside", "unchanged", "superseded")
    return replace(other, **{name: getattr(one, name) + getattr(other, name) for name in names})
