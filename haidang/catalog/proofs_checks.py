"""Proofs of a dataset's checks: their kind, what they do with a bad row, and every name in their settings.

Never: knows what a setting means beyond whose name it is (its kind knows).
"""

from __future__ import annotations

import re

from haidang.catalog import known
from haidang.catalog.grammar import ON_BAD
from haidang.catalog.nearest import nearest, some
from haidang.catalog.nouns import Column
from haidang.catalog.reading import Draft
from haidang.catalog.schema import Entry
from haidang.catalog.world import World, columns, prove_columns, prove_kind

COLUMNS = ("group", "left", "total", "parts", "columns", "of", "by")
"""Settings that name columns of the dataset; `column` too, unless the check has a code list it is of."""
_OF_LIST = ("volume", "page")


def prove(draft: Draft, check: Entry, table: tuple[Column, ...] | None, world: World) -> None:
    """Every problem of one check."""
    if not check.says("kind"):
        draft.add("missing-key", check.where(), found="kind", expected="kind")
    prove_kind(draft, check.where("kind"), check.get("kind"), known.checks())
    if (on_fail := check.get("on_fail")) and on_fail not in ON_BAD:
        near = nearest(on_fail, ON_BAD)
        draft.add("not-a-choice", check.where("on_fail"), found=on_fail, expected=", ".join(ON_BAD), nearest=near)
    own = COLUMNS if check.get("kind") in _OF_LIST else (*COLUMNS, "column")
    for key in own:
        if key in check.values:
            prove_columns(draft, check.where(key), re.split(r"\s*,\s*", check.values[key].strip()), table)
    if "expect" in check.values:
        code_list(draft, check.where("expect"), check.values["expect"])
    if "dataset" in check.values:
        _other(draft, check, world)


def _other(draft: Draft, check: Entry, world: World) -> None:
    """Another dataset and a column of it."""
    other = world.refer_dataset(draft, check.where("dataset"), check.values["dataset"])
    if other is not None and "key" in check.values:
        prove_columns(draft, check.where("key"), [check.values["key"]], columns(other))


def code_list(draft: Draft, where: str, name: str) -> None:
    """A code list of the pack."""
    names = [codes.name for codes in draft.codes]
    if name not in names:
        draft.add("unknown-code-list", where, found=name, expected=some(names), nearest=nearest(name, names))
