"""Two columns of a row compared, or a column with a literal: `{kind: compare, left: den_ngay, op: ">=", right:
tu_ngay}`.

A row where either side is empty passes. Never: judges more than one row at a time.
"""

from __future__ import annotations

from collections.abc import Mapping

from haidang.intake.checks import Bench, setting
from haidang.store.landing import named, quoted
from haidang.words.errors import PackProblem, Problem

GROUPS = False
_OPERATORS = ("=", "!=", "<", "<=", ">", ">=")


def faults(settings: Mapping[str, str], bench: Bench) -> str:
    """Rows where `left op right` does not hold."""
    left, operator, right = setting(settings, "left"), setting(settings, "op"), setting(settings, "right")
    if operator not in _OPERATORS:
        raise PackProblem((Problem("unknown-operator", found=operator, expected=" ".join(_OPERATORS)),))
    columns = {column.name for column in bench.dataset.columns}
    other = named(right) if right in columns else quoted(right)
    return (
        f'SELECT _n, {quoted(left)} AS "column", CAST({named(left)} AS VARCHAR) AS found, '
        f"{quoted(operator + ' ')} || CAST({other} AS VARCHAR) AS expected FROM standing "
        f"WHERE NOT ({named(left)} {operator} {other})"
    )
