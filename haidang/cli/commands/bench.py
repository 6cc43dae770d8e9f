"""`haidang bench NAME`: how fast, with the machine and the sizes; each bench lives in the room it measures."""

from __future__ import annotations

import os
import platform
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from importlib import import_module
from typing import Any

from haidang.cli import show

ROOMS = {
    "land": ("haidang.intake.bench", "run"),
    "board": ("haidang.indicators.bench", "board"),
    "grow": ("haidang.indicators.bench", "grow"),
}


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", choices=list(ROOMS), metavar="|".join(ROOMS))


def run(options: Namespace) -> None:
    figures = {"bench": options.name, "machine": machine(), **_bench(options.name)()}
    if options.json:
        show.as_json(figures)
        return
    for name, value in figures.items():
        show.console().print(f"{name}: {show.number(value, language=options.lang) if _counted(value) else value}")


def _bench(name: str) -> Callable[[], dict[str, Any]]:
    room, function = ROOMS[name]
    found: Callable[[], dict[str, Any]] = getattr(import_module(room), function)
    return found


def _counted(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {
        "cores": os.cpu_count(),
        "memory_mb": memory,
        "system": platform.system(),
        "python": platform.python_version(),
    }
