"""Kinds of charts, one file each, found by listing: a pure function from an Answer to what an element draws.

A kind is a module with `draw(answer, style) -> Drawing`. Points carry their written text, so an element only shows.
Never: asks for data; computes a number (choosing axis and order is not computing).
Modules beginning with `_` are shared.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, cast

from haidang.words.errors import Absent
from haidang.words.nouns import Answer


@dataclass(frozen=True)
class Style:
    """How to write and link: language, digits of the indicator (None: chosen by size), and the query links carry on."""

    language: str = "vi"
    digits: int | None = None
    query: str = ""
    chosen: str = ""  # code of the place to point out


@dataclass(frozen=True)
class Drawing:
    """`element`: hd-chart | hd-map | "" (nothing beside the number and the table). `size`: "" | low | high."""

    element: str = ""
    option: dict[str, Any] = field(default_factory=dict)
    size: str = ""


class Kind(Protocol):
    """What a file of this folder offers."""

    def draw(self, answer: Answer, style: Style) -> Drawing: ...


@cache
def kinds() -> tuple[str, ...]:
    """Names of the kinds there are."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")))


def draw(kind: str, answer: Answer, style: Style) -> Drawing:
    """The drawing of an Answer; an Answer with nothing to draw gives an empty one. Raises Absent('unknown-chart')."""
    if kind not in kinds():
        raise Absent("unknown-chart", found=kind, nearest=", ".join(kinds()))
    return cast(Kind, importlib.import_module(f"{__name__}.{kind}")).draw(answer, style)
