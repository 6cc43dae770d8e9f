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

_derivations: list[Derivation] = []


def register(derivation: Derivation) -> None:
    if derivation not in _derivations:
        _derivations.append(derivation)


def registered() -> tuple[Derivation, ...]:
    return tuple(_derivations)
