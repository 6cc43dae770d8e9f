"""Proofs of indicators: what each kind needs, columns, conditions, formulas without cycles, status, groups.

Never: makes a number; knows how a kind is computed beyond which keys it lives on.
"""

from __future__ import annotations

from collections.abc import Iterable

from haidang.catalog import conditions, formulas
from haidang.catalog.nearest import nearest, some
from haidang.catalog.nouns import Column
from haidang.catalog.proofs_tables import NUMBERS
from haidang.catalog.reading import Draft
from haidang.catalog.schema import Entry
from haidang.catalog.world import World, columns, prove_columns, type_of
from haidang.words.errors import PackProblem, Problem
from haidang.words.periods import Grain

NEEDS: dict[str, tuple[str, ...]] = {
    "sum": ("dataset", "column"),
    "count": ("dataset",),
    "mean": ("dataset", "column"),
    "ratio": ("dataset",),
    "last": ("dataset", "column"),
    "distinct": ("dataset", "column"),
    "formula": ("formula",),
    "reported": ("dataset", "column", "adds"),
}
"""Keys without which a kind means nothing; without data yet (`data: none`) dataset and column may be left out."""

FROM = ("dataset", "column", "over", "where", "where_over", "formula", "item", "kind_column")
"""Keys that say where a number comes from; each kind reads only some of them."""

MAY: dict[str, tuple[str, ...]] = {
    "count": ("dataset", "where"),
    "ratio": ("dataset", "where", "column", "over", "where_over"),
    "formula": ("formula",),
    "reported": ("dataset", "where", "column", "item", "kind_column"),
}
_PLAIN = ("dataset", "where", "column")


def prove(draft: Draft, world: World) -> None:
    """Every indicator of a draft."""
    for entry in draft.indicators:
        dataset = world.dataset(draft, entry)
        _keys_of_kind(draft, entry)
        _columns(draft, entry, columns(dataset))
        _grain(draft, entry, dataset)
        _conditions(draft, entry, columns(dataset))
        _records(draft, entry, world)
        _adds(draft, entry)
        _status(draft, entry)
        _group(draft, entry)
        _formula(draft, entry, world)


def _keys_of_kind(draft: Draft, entry: Entry) -> None:
    kind = entry.get("kind")
    if kind is None:
        return
    for key in NEEDS[kind]:
        if not entry.says(key) and not (entry.says("data") and key in {"dataset", "column"}):
            draft.add("kind-needs-key", entry.where("kind"), found=kind, expected=key)
    for key in FROM:
        if entry.says(key) and key not in MAY.get(kind, _PLAIN):
            draft.add("key-not-for-kind", entry.where(key), found=key, expected=kind)
    if kind == "ratio" and not entry.says("data"):
        _ratio(draft, entry)


def _ratio(draft: Draft, entry: Entry) -> None:
    if not entry.says("over") and not entry.says("where_over"):
        draft.add("kind-needs-key", entry.where("kind"), found="ratio", expected="over, where_over")
    elif entry.says("over") and not entry.says("column"):
        draft.add("kind-needs-key", entry.where("kind"), found="ratio", expected="column")


def _columns(draft: Draft, entry: Entry, table: tuple[Column, ...] | None) -> None:
    for key in ("column", "over", "kind_column"):
        if key in entry.values:
            prove_columns(draft, entry.where(key), [entry.values[key]], table)
    prove_columns(draft, entry.where("slices"), entry.get("slices", ()), table)
    prove_columns(draft, entry.where("item"), entry.get("item", {}), table)
    if entry.get("kind") in {"sum", "mean", "last", "ratio", "reported"}:
        for key in ("column", "over"):
            found = type_of(entry.get(key, ""), table)
            if found and found not in NUMBERS:
                shown = f"{entry.values[key]}: {found}"
                draft.add("wrong-column-type", entry.where(key), found=shown, expected=", ".join(NUMBERS))


def _records(draft: Draft, entry: Entry, world: World) -> None:
    """The rows behind the number: their dataset stands, and so do the columns and the condition."""
    records = entry.get("records")
    if records is None:
        return
    table = columns(world.dataset(draft, records))
    prove_columns(draft, records.where(), [records.get(key) for key in ("start", "end") if records.says(key)], table)
    if records.says("start") != records.says("end"):
        draft.add("missing-key", records.where(), found="start, end", expected="start, end")
    if "where" in records.values and table is not None:
        try:
            conditions.parse(records.values["where"], table)
        except PackProblem as error:
            _at(draft, records.where("where"), error.problems)


def _grain(draft: Draft, entry: Entry, dataset: Entry | None) -> None:
    own, base = entry.get("grain"), dataset.get("grain") if dataset else None
    if own and base and Grain(own).rank < Grain(base).rank:
        draft.add("grain-finer-than-facts", entry.where("grain"), found=own, expected=base)


def _conditions(draft: Draft, entry: Entry, table: tuple[Column, ...] | None) -> None:
    for key in ("where", "where_over"):
        if key in entry.values and table is not None:
            try:
                conditions.parse(entry.values[key], table)
            except PackProblem as error:
                _at(draft, entry.where(key), error.problems)


def _at(draft: Draft, where: str, problems: Iterable[Problem]) -> None:
    draft.problems += [Problem(p.code, where, p.found, p.expected, p.nearest, p.facts) for p in problems]


def _adds(draft: Draft, entry: Entry) -> None:
    adds, kind = entry.get("adds"), entry.get("kind")
    if adds is None or kind is None:
        return
    for key in ("place", "time"):
        if kind == "reported" and not adds.says(key):
            draft.add("kind-needs-key", entry.where("adds"), found=kind, expected=f"adds: {key}")
        if adds.get(key) == "redivide" and kind not in {"mean", "ratio", "formula"}:
            draft.add("nothing-to-redivide", adds.where(key), found=kind, expected="mean, ratio, formula")


def _status(draft: Draft, entry: Entry) -> None:
    status = entry.get("status")
    if status is None or "direction" in entry.broken:
        return
    direction, amber, red = entry.get("direction", "neutral"), status.get("amber"), status.get("red")
    if direction == "neutral":
        draft.add("status-needs-direction", entry.where("status"), expected="direction: up, down")
    elif amber is not None and red is not None and (red >= amber if direction == "up" else red <= amber):
        order = "red < amber" if direction == "up" else "amber < red"
        draft.add("status-order", entry.where("status"), found=f"amber {amber:g}, red {red:g}", expected=order)


def _group(draft: Draft, entry: Entry) -> None:
    group = entry.get("group")
    if group is None or draft.pack is None or "groups" in draft.pack.broken:
        return
    groups = draft.pack.get("groups", {})
    if group not in groups:
        near = nearest(group, groups)
        draft.add("unknown-group", entry.where("group"), found=group, expected=some(groups), nearest=near)


def _formula(draft: Draft, entry: Entry, world: World) -> None:
    if "formula" not in entry.values:
        return
    try:
        tree = formulas.parse(entry.values["formula"], draft.key)
    except PackProblem as error:
        _at(draft, entry.where("formula"), error.problems)
        return
    for name in formulas.references(tree):
        world.indicator(draft, entry.where("formula"), name)
    own = draft.full(entry.get("indicator", ""))
    if own in _reached(own, world):
        draft.add("formula-cycle", entry.where("formula"), found=entry.get("indicator", ""))


def _reached(start: str, world: World) -> set[str]:
    """Every indicator a formula leads to, through other formulas."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        more = _named(ahead.pop(), world) - found
        found |= more
        ahead += more
    return found


def _named(key: str, world: World) -> set[str]:
    entry = world.indicators.get(key)
    pack, _, _ = key.partition(".")
    try:
        return set(formulas.references(formulas.parse(entry.get("formula", ""), pack))) if entry else set()
    except PackProblem:  # no formula, or one that is reported where it stands
        return set()
