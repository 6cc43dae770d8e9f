"""From an arrival to its tables: unpack, tell the kind of each file, read it, join like with like.

A declared kind (`Arrival.kind`) wins over what the content looks like, unless the content plainly is something else.
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
    """The declared kind of a file, else the one its first bytes tell; raises IntakeStopped for what no kind reads."""
    with file.path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise stop("empty-file", file.name)
    if what := foreign(head, file.path):
        raise stop("not-a-table-file", file.name, found=what)
    best = max(kinds(), key=lambda kind: (kind.looks(head), not hasattr(kind, "KIND")))
    if file.kind:
        return _declared(file, head, best)
    if not best.looks(head):
        raise stop("unknown-format", file.name)
    return best


def _declared(file: Arrival, head: bytes, best: Kind) -> Kind:
    """The kind a source declares, if the content may be of it at all."""
    kind = named_kind(file.kind)
    if kind is None:
        raise stop("no-such-format", file.name, found=file.kind)
    if f".{file.kind}" in getattr(best, "ALSO", ()):
        return best
    marked = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"<", b"{"}
    if not kind.looks(head) or (marked and kind.looks(head) < 2 <= best.looks(head)):
        found = title(best) if best.looks(head) else "?"
        raise stop("not-that-kind", file.name, found=found, expected=title(kind))
    return kind


def named_kind(name: str) -> Kind | None:
    """The kind of a name (`KIND`) or of a suffix: what has no name of its own first, then the most general reader."""
    by_name = (kind for kind in kinds() if getattr(kind, "KIND", "") == name)
    by_suffix = [kind for kind in kinds() if f".{name}" in kind.SUFFIXES]
    by_suffix.sort(key=lambda kind: (hasattr(kind, "KIND"), -len(kind.SUFFIXES)))
    return next(by_name, None) or next(iter(by_suffix), None)


def title(kind: Kind) -> str:
    """What a kind is called in a message: JSON, BHYT, CSV …"""
    return str(getattr(kind, "KIND", "") or kind.SUFFIXES[0].removeprefix(".")).upper()


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
        remarks = () if file.kind else _named_otherwise(file, kind)
        for table in kind.tables(file):
            yield replace(table, remarks=table.remarks + remarks) if remarks else table
            remarks = ()
        if file.path != arrival.path:
            file.path.unlink(missing_ok=True)


def _named_otherwise(file: Arrival, kind: Kind) -> tuple[Problem, ...]:
    suffix = PurePath(file.name).suffix.lower()
    if suffix in kind.SUFFIXES or not any(suffix in k.SUFFIXES for k in kinds()):
        return ()
    return (problem("name-says-otherwise", file.name, found=kind.SUFFIXES[0], expected=suffix),)
