"""Connectors: how bytes come. One module per kind, found by listing the folder; none knows a domain or a format.

A kind module has `SETTINGS: tuple[Setting, ...]` and either
`fetch(order: Order) -> Iterator[Parcel]` (it asks the other side; MODE = "pull"), or
`listen(order: Order, deliver: Deliver, stop: threading.Event) -> None` (it is told; MODE = "stream"), or neither
(MODE = "push": bytes come to a door and `check(order, headers, body, now)` proves them).
A connector catches its library's exceptions at one seam and raises Unavailable(code, retry=…) for what may pass by
itself and IntakeStopped(code, …) for what a person must mend (a wrong password, an address that is not allowed).
Never: lands, decides what is due, keeps a secret, writes outside `Order.scratch`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from types import ModuleType

from haidang.words.errors import Absent

LARGEST = 1 << 30
"""Bytes of one parcel that are still taken; more is refused (`too-large`) and nothing of it kept."""


@dataclass(frozen=True)
class Setting:
    """One setting of a kind. `home`: `pack` (meaning: a path, a topic) or `province` (an address, a password).

    A province's value stands over the pack's of the same name where both may say it (`home="either"`).
    `name` has a text `connector.<kind>.<name>` in the locale.
    """

    name: str
    home: str = "province"  # pack | province | either
    required: bool = False
    secret: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()
    kind: str = "text"  # text | integer | address | path | long


@dataclass(frozen=True)
class Order:
    """What a connector is asked for: where, how far it was read, which stretch of time, and where it may write."""

    source: str
    values: Mapping[str, str]  # defaults < pack < province < secrets, all as text
    scratch: Path
    cursor: Mapping[str, str] = field(default_factory=dict)
    start: datetime | None = None  # the window asked for; None: whatever is new since the cursor
    end: datetime | None = None
    networks: tuple[str, ...] = ("127.0.0.0/8", "::1/128")  # CIDR: where a source may be
    largest: int = LARGEST
    trial: bool = False  # a test of the connection: one small parcel is enough, nothing may be changed over there

    def value(self, name: str, default: str = "") -> str:
        return self.values.get(name) or default

    def number(self, name: str, default: int) -> int:
        found = self.values.get(name, "")
        return int(found) if found.isdecimal() else default


@dataclass(frozen=True)
class Parcel:
    """Bytes that came, in a file under `Order.scratch`. `cursor`: how far the source is read once they are safe.

    `done` is called after the bytes are safe on disk (move the file over there, mark the mail as seen, acknowledge).
    """

    path: Path
    name: str
    cursor: Mapping[str, str] = field(default_factory=dict)
    done: Callable[[], None] | None = None


Deliver = Callable[[Parcel], str]
"""Keep a parcel's bytes and open its Run; gives the run's id. Returns only when the bytes are safe on disk."""


@cache
def kinds() -> dict[str, ModuleType]:
    """Every kind by the name packs use."""
    names = [m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return {m.__name__.rsplit(".", 1)[1].replace("_", "-"): m for m in modules if hasattr(m, "SETTINGS")}


def kind(name: str) -> ModuleType:
    """Raises Absent('unknown-connector')."""
    if name not in kinds():
        raise Absent("unknown-connector", found=name, expected=", ".join(sorted(kinds())))
    return kinds()[name]


def settings_of(name: str) -> tuple[Setting, ...]:
    """The settings of a kind; none for those without a module (`file`, `upload`, `own`)."""
    found: Iterable[Setting] = kinds()[name].SETTINGS if name in kinds() else ()
    return tuple(found)
