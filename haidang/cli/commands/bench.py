"""`haidang bench NAME`: how fast, with the machine and the sizes; each bench lives in the room it measures."""

from __future__ import annotations

import os
import platform
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from haidang.cli import show

NAMES = ("land", "board", "grow", "stream", "pull", "sign-in", "rubbish", "desk")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", choices=NAMES, metavar="|".join(NAMES))
    parser.add_argument("--minutes", type=float, default=None, metavar="M")
    parser.add_argument("--rate", type=float, default=None, metavar="N")


def run(options: Namespace) -> None:
    figures = {"bench": options.name, "machine": machine(), **_bench(options)()}
    if options.json:
        show.as_json(figures)
        return
    for name, value in _flat(figures):
        said = show.number(value, _digits(value), options.lang) if _counted(value) else value
        show.console().print(f"{name}: {said}")


def _bench(options: Namespace) -> Callable[[], dict[str, Any]]:
    from haidang.cli import bench_desk, bench_rubbish, bench_sign_in
    from haidang.indicators import bench as indicators
    from haidang.intake import bench as intake

    said = {name: getattr(options, name) for name in ("minutes", "rate") if getattr(options, name) is not None}
    benches = {"land": intake.run, "pull": intake.pull, "board": indicators.board, "grow": indicators.grow}
    sign_in = {"seconds": 60 * said["minutes"]} if "minutes" in said else {}
    sign_in |= {"rate": said["rate"]} if "rate" in said else {}
    desk: dict[str, Any] = {"seconds": 60 * said["minutes"]} if "minutes" in said else {}
    desk |= {"cases": int(said["rate"])} if "rate" in said else {}
    apart: dict[str, Callable[[], dict[str, Any]]] = {
        "stream": lambda: intake.stream(**said),
        "sign-in": lambda: bench_sign_in.run(**sign_in),
        "desk": lambda: bench_desk.run(bench_sign_in.server, **desk),
        "rubbish": bench_rubbish.run,
    }
    return {**benches, **apart}[options.name]


def _flat(figures: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Figures within figures by their path: `sizes.4x.seconds`."""
    for name, value in figures.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _counted(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _digits(value: float) -> int:
    """As many as the bench gave: it rounds by what the figure is worth."""
    return len(repr(value).partition(".")[2])


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {
        "day": date.today().isoformat(),
        "cores": os.cpu_count(),
        "memory_mb": memory,
        "system": platform.system(),
        "python": platform.python_version(),
    }
