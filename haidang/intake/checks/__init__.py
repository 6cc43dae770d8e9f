"""Checks: one module per kind, found by listing the folder. Column checks come from the contract's types; these are
of tables.

A kind module has `GROUPS: bool` (true: it judges whole groups of rows, so a single mended row is not asked again) and
`faults(settings, bench) -> str`: an SQL query over `standing` (the typed rows that stand so far, with `_n`, `_unit`,
`_period`)
giving `_n, "column", found, expected` for each row at fault. Every row gets the kind's name as its reason.
Never: writes, reads the lake but through `Bench.facts`, knows a domain.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from haidang.catalog.declared import Check, Dataset
from haidang.words.errors import PackProblem, Problem


@dataclass(frozen=True)
class Bench:
    """What a check may use: the dataset, `code_list(name)` → a temporary table of the list, all columns text, and
    `facts(dataset, column)` → the SQL name of what has landed of a dataset, "" when nothing has, or not with that
    column.
    """

    dataset: Dataset
    code_list: Callable[[str], str]
    facts: Callable[[str, str], str]

    def full(self, name: str) -> str:
        """The full key of a dataset as the pack names it."""
        return name if "." in name else f"{self.dataset.pack}.{name}"


@cache
def kinds() -> dict[str, ModuleType]:
    """Every kind by name, as packs write it."""
    return {
        module.name.replace("_", "-"): importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    }


def of_groups(check: Check) -> bool:
    """Whether the check judges groups of rows rather than single ones."""
    return bool(_kind(check).GROUPS)


def faults(check: Check, bench: Bench) -> str:
    """The query of a check; raises PackProblem for a kind or a setting that does not exist."""
    query: str = _kind(check).faults(dict(check.settings), bench)
    return query


def setting(settings: Mapping[str, str], name: str, default: str | None = None) -> str:
    """A setting of a check; raises PackProblem('missing-setting') when it has no default."""
    value = settings.get(name, default)
    if value is None:
        raise PackProblem((Problem("missing-setting", found=name),))
    return value


def _kind(check: Check) -> ModuleType:
    if check.kind not in kinds():
        raise PackProblem((Problem("unknown-check", found=check.kind, expected=", ".join(kinds())),))
    return kinds()[check.kind]
