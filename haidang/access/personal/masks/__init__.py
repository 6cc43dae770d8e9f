"""Masks: what stands of a personal cell for whoever does not see it in clear. One module per kind, found by listing.

A module has `mask(text) -> text`, a pure expression over a text column without spaces around it; an empty cell stays
empty. What a mask promises: not enough is left to find or call the person by it alone. It does not promise that two
people never look alike, nor that whoever already knows the person cannot tell them. Never: keeps length or a digest.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import Any

import ibis
import ibis.expr.types as ir

HIDDEN = "***"
"""What stands for what is hidden, whatever its length."""


@cache
def kinds() -> tuple[str, ...]:
    """Names of the kinds, as packs write them."""
    return tuple(sorted(found.name.replace("_", "-") for found in pkgutil.iter_modules(__path__)))


def masked(kind: str, column: ir.Column) -> ir.Value:
    """A column (text, number or time) behind its mask, as text; null stays null."""
    text = column.cast("string").strip()
    module: Any = import_module(f"{__name__}.{kind.replace('-', '_')}")
    return ibis.ifelse(text.isnull() | (text == ""), text, module.mask(text))


def ends(text: ir.Value, first: int, last: int, *, least: int) -> ir.Value:
    """The first and last letters of a text of at least so many, nothing of a shorter one."""
    shown = text.left(first) + HIDDEN + text.right(last)
    return ibis.ifelse(text.length() >= least, shown, HIDDEN)
