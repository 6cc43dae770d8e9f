"""Formulas over other indicators, worked out: the catalog's tree with the parts' values put in.

Never: parses (catalog.formulas does), adds anything up over places or time.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from functools import lru_cache

from haidang.catalog import formulas
from haidang.catalog.declared import Indicator

_DOES = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


@lru_cache(maxsize=2_000)
def _tree(text: str, pack: str) -> formulas.Formula:
    return formulas.parse(text, pack)


def references(indicator: Indicator) -> tuple[str, ...]:
    """Full keys of the indicators it is made of, each once, in order; none while only declared, without data."""
    if not indicator.formula:
        return ()
    return formulas.references(_tree(indicator.formula, indicator.pack))


def evaluate(indicator: Indicator, values: Mapping[str, float]) -> float | None:
    """The value from the parts' values by full key; None where something is divided by zero."""
    try:
        return _value(_tree(indicator.formula, indicator.pack), values)
    except ZeroDivisionError:
        return None


def _value(node: formulas.Formula, values: Mapping[str, float]) -> float:
    if isinstance(node, formulas.Number):
        return node.value
    if isinstance(node, formulas.Reference):
        return values[node.indicator]
    does = _DOES[node.op]
    return float(does(_value(node.left, values), _value(node.right, values)))
