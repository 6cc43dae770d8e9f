"""Where a room above says what must be kept up in the same transaction as a landed run (dependency turned round).

`indicators` registers `(dataset, facts) -> observations expression`; intake writes its result; nobody else writes
observations.
"""

from __future__ import annotations

from collections.abc import Callable

import ibis.expr.types as ir

from haidang.catalog.declared import Dataset

Derivation = Callable[[Dataset, ir.Table], ir.Table | None]
"""Given a dataset and its facts (already limited to the periods touched), the observations rows of those periods,
with the columns of the `observations` table except `run`; None when nothing is declared over it."""

REDECLARED = "declared:"
"""How the digest of a ledger row begins that stands for no arrival: observations were made anew by new declarations."""

Parts = Callable[[Dataset, ir.Table], ir.Table | None]
"""The same for facts that were added alone, as parts that add up with those of the facts before: columns `num`, `den`,
`n` and what says how a value is made of them (`scale`, `counts`, `hides`); None when the observations do not add up."""

_derivations: list[Derivation] = []
_parts: dict[Derivation, Parts] = {}


def register(derivation: Derivation, *, parts: Parts | None = None) -> None:
    if derivation not in _derivations:
        _derivations.append(derivation)
    if parts is not None:
        _parts[derivation] = parts


def adding() -> tuple[Parts, ...]:
    """Of every derivation its parts; none when one of them cannot be added to."""
    return tuple(_parts.values()) if len(_parts) == len(_derivations) else ()


def registered() -> tuple[Derivation, ...]:
    return tuple(_derivations)
