"""The face of the gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis.expr.types as ir

from haidang.words.nouns import Actor, Scope, Subject


@dataclass(frozen=True)
class Rows:
    """A table already cut to the actor's places (rows) and level (columns), at one snapshot."""

    table: ir.Table
    scope: Scope
    snapshot: int


def actor(name: str) -> Actor:
    """The account of that name (`cong-chung` is the public); raises Absent('unknown-actor', nearest=…)."""
    raise NotImplementedError


def operator() -> Actor:
    """The operator of the machine: who the terminal acts as without --as; sees everything, traced as such."""
    raise NotImplementedError


def require(who: Actor, action: str, subject: Subject) -> Scope:
    """Before an act or a look; traces it; raises Denied."""
    raise NotImplementedError


def rows(who: Actor, dataset: str, *, as_of: date | None = None) -> Rows:
    """The dataset's facts the actor may see; raises Denied, or Absent('no-such-table') when nothing has landed."""
    raise NotImplementedError


def observations(who: Actor, *, as_of: date | None = None) -> Rows:
    """The observations the actor may see: cut by pack × place × level, row by row."""
    raise NotImplementedError


def ledger(who: Actor, table: str, *, as_of: date | None = None) -> Rows:
    """`runs` or `rejects`, cut to the packs the actor may see (raw values of rejects only with `mend`)."""
    raise NotImplementedError


def objects(who: Actor, action: str, queryset: Any) -> Any:
    """The same for Django rows."""
    raise NotImplementedError


def fetch(expression: ir.Expr) -> list[dict[str, Any]]:
    """Run an expression built on Rows.table; plain Python rows."""
    raise NotImplementedError
