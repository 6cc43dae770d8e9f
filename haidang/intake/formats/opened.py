"""From an arrival to its tables: unpack, tell the kind of each file, read it, join like with like.

Never: knows a kind by name; kinds are the modules of this folder that have SUFFIXES, looks and tables.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import PurePath
from typing import Protocol, cast

import haidang.intake.formats as here
from haidang.intake.formats import Arrival, RawTable
from haidang.intake.formats.join import joined
from haidang.intake.formats.limits import HEAD
from haidang.intake.formats.refuse import problem, stop
from haidang.intake.formats.sniff import foreign
from haidang.intake.formats.unpack import unpacked
from haidang.words.errors import Problem


class Kind(Protocol):
    """What a module of this folder must have to be a kind."""

    SUFFIXES: tuple[str, ...]

    def looks(self, head: bytes) -> int: ...
    def tables(self, file: Arrival) -> Iterator[RawTable]: ...


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind of this folder."""
    names = [m.name for m in pkgutil.iter_modules(here.__path__)]
    modules = [importlib.import_module(f"{here.__name__}.{name}") for name in names]
    return tuple(cast(Kind, m) for m in modules if hasattr(m, "SUFFIXES"))


def kind_of(file: Arrival) -> Kind:
    """The kind of a file by its first bytes; raises IntakeStopped for what no kind reads."""
    with file.path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise stop("empty-file", file.name)
    if what := foreign(head, file.path):
        raise stop("not-a-table-file", file.name, found=what)
    best = max(kinds(), key=lambda kind: kind.looks(head))
    if not best.looks(head):
        raise stop("unknown-format", file.name)
    return best


def tables(arrival: Arrival) -> Iterator[RawTable]:
    """Every table of an arrival; stops when there is no data row at all."""
    found = False
    for table in joined(_each(arrival), arrival.scratch):
        found = found or table.rows > 0
        yield table
    if not found:
        raise stop("no-rows", arrival.name)


def _each(arrival: Arrival) -> Iterator[RawTable]:
    for file in unpacked(arrival):
        kind = kind_of(file)
        remarks = _named_otherwise(file, kind)
        for table in kind.tables(file):
            yield replace(table, remarks=table.remarks + remarks) if remarks else table
            remarks = ()
        if file.path != arrival.path:
            file.path.unlink(missing_ok=True)


def _named_otherwise(file: Arrival, kind: Kind) -> tuple[Problem, ...]:
    suffix = PurePath(file.name).suffix.lower()
    other = next((k for k in kinds() if suffix in k.SUFFIXES), None)
    if other is None or other is kind:
        return ()
    return (problem("name-says-otherwise", file.name, found=kind.SUFFIXES[0], expected=suffix),)
