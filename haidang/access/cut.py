"""Cuts tables and Django rows to what grants allow, as expressions. Never: decides, runs a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import ibis
import ibis.expr.types as ir
from django.db.models import Q

from haidang.access.decide import Territory, Units, places, within
from haidang.access.personal import digests, masks
from haidang.catalog.declared import Column, Dataset
from haidang.words.nouns import ANY, Grant, Level, Scope


def _in(column: ir.Column, units: Units) -> ir.BooleanValue:
    """Whether the column holds one of the units; the empty set holds nothing."""
    if units is None:
        return ibis.literal(True)
    # One literal, not hundreds: the expression is built and compiled in a tenth of the time.
    return ibis.literal(sorted(units), type="array<string>").contains(column) if units else ibis.literal(False)


def facts(table: ir.Table, dataset: Dataset, scope: Scope, *, purpose: bool = True) -> Shown:
    """Rows of the scope's places, and what became of the columns above the dataset's level.

    Where their level is not reached (a personal one also without `purpose`) they stand behind their mask; without a
    mask they are emptied there, or dropped when nothing of them is left.
    """
    cut = table.filter(_in(table["_unit"], scope.units))
    dropped: list[str] = []
    values: dict[str, ir.Value] = {}
    clear: list[str] = []
    for column in dataset.columns:
        if column.name not in table.columns:
            continue
        level = max(column.level, dataset.level)
        where = _reached(scope, level, purpose)
        if level is Level.PERSONAL and where != frozenset():
            clear.append(column.name)
        if within(scope.units, where):
            continue
        if where == frozenset() and not column.mask:
            dropped.append(column.name)
        else:
            values[column.name] = _behind(cut, column, where)
    cut = cut.mutate(**values) if values else cut
    return Shown(cut.drop(*dropped) if dropped else cut, tuple(clear), tuple(values))


def counting(table: ir.Table, dataset: Dataset, scope: Scope) -> ir.Table:
    """Rows of the scope's places, personal columns whole; other columns above the level are left out as ever."""
    by_level = dict(scope.by_level)
    above = [
        column.name
        for column in dataset.columns
        if column.name in table.columns
        and (level := max(column.level, dataset.level)) is not Level.PERSONAL
        and not within(scope.units, by_level[level])
    ]
    kept = table.filter(_in(table["_unit"], scope.units))
    return kept.drop(*above) if above else kept


def of_person(table: ir.Table, dataset: Dataset, scope: Scope, digest: str) -> ir.Table:
    """Rows of the scope's places one of whose identifying columns has this digest."""
    names = [name for name in (dataset.subject.id if dataset.subject else ()) if name in table.columns]
    theirs = (digests.digested(table[name]) == digest for name in names)
    return table.filter(_in(table["_unit"], scope.units), reduce(or_, theirs, ibis.literal(False)).fill_null(False))


@dataclass(frozen=True)
class Shown:
    """A table cut; the personal columns of it that stand in clear somewhere; those masked or emptied somewhere."""

    table: ir.Table
    clear: tuple[str, ...]
    covered: tuple[str, ...]


def _reached(scope: Scope, level: Level, purpose: bool) -> Units:
    return frozenset() if level is Level.PERSONAL and not purpose else dict(scope.by_level)[level]


def _behind(cut: ir.Table, column: Column, where: Units) -> ir.Value:
    """The column in clear in these places, elsewhere behind its mask."""
    value = cut[column.name]
    if not column.mask:
        return ibis.ifelse(_in(cut["_unit"], where), value, ibis.null())
    hidden = masks.masked(column.mask, value)
    return hidden if where == frozenset() else ibis.ifelse(_in(cut["_unit"], where), value.cast("string"), hidden)


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
