"""Conditions of packs compiled to Ibis: the catalog's tree over the columns of a table.

A missing value makes a comparison neither true nor false, as in SQL; `holds` turns `unknown` into false.
Never: parses, fetches.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir

from haidang.catalog import conditions as tree
from haidang.catalog.declared import Dataset

_DOES: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def holds(text: str, dataset: Dataset, table: ir.Table) -> ir.BooleanValue | None:
    """Whether a row meets the condition; None when there is no condition. Raises PackProblem."""
    if not text.strip():
        return None
    return compiled(tree.parse(text, dataset.columns), table).fill_null(False)


def needs(text: str, dataset: Dataset) -> frozenset[str]:
    """The columns a condition looks at; none when there is no condition. Raises PackProblem."""
    return tree.columns_of(tree.parse(text, dataset.columns)) if text.strip() else frozenset()


def compiled(node: tree.Condition, table: ir.Table) -> ir.BooleanValue:
    """One tree over one table."""
    match node:
        case tree.Compare(column, op, value):
            return _DOES[op](table[column], ibis.literal(value))
        case tree.In(column, values):
            return table[column].isin(list(values))
        case tree.IsNull(column):
            return table[column].isnull()
        case tree.Like(column, pattern):
            return table[column].like(pattern)
        case tree.Not(part):
            return ~compiled(part, table)
        case tree.And(parts):
            return reduce(operator.and_, (compiled(part, table) for part in parts))
        case tree.Or(parts):
            return reduce(operator.or_, (compiled(part, table) for part in parts))


def matches(pairs: tuple[tuple[str, str], ...], table: ir.Table) -> list[ir.BooleanValue]:
    """column = value for each pair, compared as text (`item` of long tables, `where` of a question)."""
    return [table[column].cast("string").fill_null("") == value for column, value in pairs]
