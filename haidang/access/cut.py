"""Cuts tables and Django rows to what grants allow, as expressions. Never: decides, runs a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any

import ibis
import ibis.expr.types as ir
from django.db.models import Q

from haidang.access.decide import Territory, Units, places, within
from haidang.catalog.declared import Dataset
from haidang.words.nouns import ANY, Grant, Level, Scope


def _in(column: ir.Column, units: Units) -> ir.BooleanValue:
    """Whether the column holds one of the units; the empty set holds nothing."""
    if units is None:
        return ibis.literal(True)
    return column.isin(sorted(units)) if units else ibis.literal(False)


def facts(table: ir.Table, dataset: Dataset, scope: Scope) -> ir.Table:
    """Rows of the scope's places.

    A column above the dataset's level only where that level is reached, else dropped or emptied.
    """
    by_level = dict(scope.by_level)
    cut = table.filter(_in(table["_unit"], scope.units))
    dropped: list[str] = []
    emptied: dict[str, ir.Value] = {}
    for column in dataset.columns:
        where = by_level[max(column.level, dataset.level)]
        if column.name not in table.columns or within(scope.units, where):
            continue
        if where == frozenset():
            dropped.append(column.name)
        else:
            emptied[column.name] = ibis.ifelse(_in(cut["_unit"], where), cut[column.name], ibis.null())
    cut = cut.mutate(**emptied) if emptied else cut
    return cut.drop(*dropped) if dropped else cut


def reach(grants: Iterable[Grant], territory: Territory) -> dict[tuple[str, Level], Units]:
    """(pack or ANY, level) → where the grants of that pack reach that level."""
    by_pack: dict[str, list[Grant]] = {}
    for grant in grants:
        by_pack.setdefault(grant.pack, []).append(grant)
    return {
        (pack, level): places((g for g in given if g.level == level), level, territory)
        for pack, given in by_pack.items()
        for level in sorted({g.level for g in given})
    }


def observed(table: ir.Table, reached: Mapping[tuple[str, Level], Units]) -> ir.Table:
    """Observations allowed by at least one of the grants: its pack, up to its level, in its places."""
    allowed = [_allows(table, pack, level, units) for (pack, level), units in reached.items()]
    return table.filter(reduce(or_, allowed, ibis.literal(False)))


def _allows(table: ir.Table, pack: str, level: Level, units: Units) -> ir.BooleanValue:
    condition = table["level"] <= int(level)
    if pack != ANY:
        condition &= table["pack"] == pack
    return condition if units is None else condition & _in(table["unit"], units)


def of_datasets(table: ir.Table, allowed: Mapping[str, Units]) -> ir.BooleanValue:
    """Whether a row of the ledger is about one of these datasets, in the places given for it."""
    units = table["unit"] if "unit" in table.columns else None
    alike: dict[Units, list[str]] = {}
    for key, where in allowed.items():
        alike.setdefault(where if units is not None else None, []).append(key)
    conditions = (
        table["dataset"].isin(sorted(keys)) & (_in(units, where) if units is not None else True)
        for where, keys in alike.items()
    )
    return reduce(or_, conditions, ibis.literal(False))


def emptied(table: ir.Table, columns: Iterable[str], unless: ir.BooleanValue) -> ir.Table:
    """The table with these columns null wherever `unless` does not hold."""
    held = {name: ibis.ifelse(unless, table[name], ibis.null()) for name in columns if name in table.columns}
    return table.mutate(**held) if held else table


def django_rows(model: Any, reached: Mapping[tuple[str, Level], Units], datasets: Iterable[str]) -> Q | None:
    """The same for Django rows with a field `pack` (and perhaps `unit`, `level`), or with `dataset`; None: nothing."""
    names = {field.name for field in model._meta.get_fields()}
    if "pack" not in names:
        return Q(dataset__in=sorted(datasets)) if "dataset" in names else None
    conditions = [
        _django_allows(names, pack, level, units) for (pack, level), units in reached.items() if units != frozenset()
    ]
    return reduce(or_, conditions) if conditions else None


def _django_allows(names: set[str], pack: str, level: Level, units: Units) -> Q:
    condition = Q() if pack == ANY else Q(pack=pack)
    if "level" in names:
        condition &= Q(level__lte=int(level))
    return condition & Q(unit__in=units) if units is not None and "unit" in names else condition
