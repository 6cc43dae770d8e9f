"""Rows of the doors, one module per part of the centre: `ROWS` and `ELSEWHERE` as in test_every_door."""

from __future__ import annotations

import pkgutil
from importlib import import_module

Expected = dict[str, int]


def found(name: str) -> dict[str, list[tuple[str, Expected]]]:
    """`ROWS` (or `ELSEWHERE`) of every module here."""
    modules = [import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__)]
    return {pattern: rows for module in modules for pattern, rows in getattr(module, name, {}).items()}
