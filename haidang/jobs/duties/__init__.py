"""Regular duties of the centre itself, one module each, found by listing this folder.

A module has `EVERY` (timedelta: how often it is looked at) and `run(now)`, which does what is due and may be repeated
at any time: killed half-way it is simply run again. Never: a duty that lands rows, or one that decides a right.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module


@dataclass(frozen=True)
class Duty:
    """One duty: its module's name, how often, what it does."""

    name: str
    every: timedelta
    run: Callable[[datetime], None]


@cache
def duties() -> tuple[Duty, ...]:
    """Every duty, by name."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    modules = [(name, import_module(f"{__name__}.{name}")) for name in names]
    return tuple(Duty(name, module.EVERY, module.run) for name, module in modules)
