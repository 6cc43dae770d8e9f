"""The streams: the modules of sandbox/streams that have a NAME, and the dossiers. Never: runs them."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.routing import BaseRoute

import sandbox.streams
from sandbox import dossiers
from sandbox.out import Out
from sandbox.world import World

log = logging.getLogger("sandbox")
CONTENT = frozenset({"new-column", "wrong-unit", "clock-wrong"})


@dataclass(frozen=True)
class Plug:
    """One stream. `own`: kinds of faults it sees to by itself; `about`: the first line of its module's docstring."""

    name: str
    sources: tuple[str, ...]
    about: str
    history: Callable[[World, datetime, datetime, Path], Any]
    tick: Callable[[World, datetime, datetime, Out], None]
    routes: Callable[[World], list[BaseRoute]] | None
    truth: Callable[[World, datetime, dict[str, str]], dict[str, Any]] | None
    own: frozenset[str]


def plugs(only: tuple[str, ...] = ()) -> tuple[Plug, ...]:
    """Every stream, the dossiers first, or `only` these; one that cannot be imported is left out, named in the log.

    Raises ValueError for a name no stream has.
    """
    found = _every()
    if strange := set(only) - {plug.name for plug in found}:
        raise ValueError(f"no stream {', '.join(sorted(strange))}: {', '.join(plug.name for plug in found)}")
    return tuple(plug for plug in found if not only or plug.name in only)


def _every() -> tuple[Plug, ...]:
    names = sorted(m.name for m in pkgutil.iter_modules(sandbox.streams.__path__) if not m.name.startswith("_"))
    found = [_plug(dossiers)]
    for name in names:
        try:
            module = importlib.import_module(f"sandbox.streams.{name}")
        except Exception:  # one that is broken leaves the others their province
            log.exception("the stream %s cannot be loaded", name)
            continue
        if hasattr(module, "NAME"):
            found.append(_plug(module))
    return tuple(found)


def _plug(module: Any) -> Plug:
    return Plug(
        module.NAME,
        tuple(module.SOURCES),
        (module.__doc__ or "").strip().split("\n")[0],
        module.history,
        module.tick,
        getattr(module, "routes", None),
        getattr(module, "truth", None),
        frozenset(getattr(module, "OWN_FAULTS", CONTENT)),
    )
