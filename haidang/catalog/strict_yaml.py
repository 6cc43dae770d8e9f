"""YAML read strictly: every scalar stays the text that was written, with its line; what YAML hides is a fault.

Faults: duplicate keys, anchors and aliases, tags, several documents, keys that are not text, nesting and size beyond
bounds.
Never: types a value (schema does), raises on bad input, builds a Python object from a tag.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

MOST_BYTES = 1_000_000
DEEPEST = 12
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Text:
    """A scalar as written (NFC). `plain`: stood without quotes, so an empty one means nothing was written."""

    value: str
    line: int
    plain: bool = True


@dataclass(frozen=True)
class Listing:
    """A YAML sequence."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True)
class Mapping:
    """A YAML mapping without duplicate keys, in the order written."""

    pairs: tuple[tuple[Text, Node], ...]
    line: int


Node = Text | Listing | Mapping


@dataclass(frozen=True)
class Fault:
    """What is wrong with the YAML itself: a problem code, the 1-based line and what stood there."""

    code: str
    line: int
    found: str = ""


class _Stop(Exception):
    """The rest of the document cannot be read."""


def read(file: Path) -> tuple[Node | None, tuple[Fault, ...]]:
    """The document of a file and its faults; None when nothing can be made of it."""
    try:
        if not file.is_file():  # a folder, a pipe that would never end
            return None, (Fault("file-unreadable", 1, file.name),)
        if file.stat().st_size > MOST_BYTES:
            return None, (Fault("declaration-too-big", 1, str(file.stat().st_size)),)
        return parse(file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return None, (Fault("not-utf8", error.object[: error.start].count(b"\n") + 1),)
    except OSError as error:
        return None, (Fault("file-unreadable", 1, error.strerror or ""),)


def parse(text: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """The document of a text and its faults."""
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Stop:
        return None, tuple(builder.faults)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        found = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
        builder.faults.append(Fault("yaml-broken", mark.line + 1 if mark else 1, found))
        return None, tuple(builder.faults)
    if builder.root is None:
        builder.faults.append(Fault("declaration-empty", 1))
    return builder.root, tuple(builder.faults)


@dataclass
class _Open:
    """A list or mapping whose end has not come."""

    is_map: bool
    line: int
    items: list[Node]


class _Builder:
    """Builds nodes from the parser's events on a stack of its own, so depth cannot exhaust Python's."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self.open: list[_Open] = []
        self.documents = 0
        self._takes: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceEndEvent: self._end,
            yaml.MappingEndEvent: self._end,
            yaml.DocumentStartEvent: self._document,
        }

    def take(self, event: Any) -> None:
        handler = self._takes.get(type(event))
        if handler:
            handler(event)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._fault("yaml-two-documents", event)
            raise _Stop

    def _scalar(self, event: Any) -> None:
        self._refuse_magic(event)
        value = unicodedata.normalize("NFC", event.value)
        self._add(Text(value, event.start_mark.line + 1, plain=not event.style))

    def _alias(self, event: Any) -> None:
        self._fault("yaml-anchor", event, f"*{event.anchor}")
        self._add(Text("", event.start_mark.line + 1, plain=False))

    def _start(self, event: Any) -> None:
        self._refuse_magic(event)
        if len(self.open) >= DEEPEST:
            self._fault("yaml-too-deep", event)
            raise _Stop
        self.open.append(_Open(isinstance(event, yaml.MappingStartEvent), event.start_mark.line + 1, []))

    def _end(self, _event: Any) -> None:
        done = self.open.pop()
        self._add(self._mapping(done) if done.is_map else Listing(tuple(done.items), done.line))

    def _mapping(self, done: _Open) -> Mapping:
        pairs: list[tuple[Text, Node]] = []
        seen: set[str] = set()
        for key, value in zip(done.items[::2], done.items[1::2], strict=True):
            if not isinstance(key, Text):
                self.faults.append(Fault("yaml-key-not-text", key.line))
            elif key.value in seen:
                self.faults.append(Fault("duplicate-key", key.line, key.value))
            else:
                seen.add(key.value)
                pairs.append((key, value))
        return Mapping(tuple(pairs), done.line)

    def _add(self, node: Node) -> None:
        if self.open:
            self.open[-1].items.append(node)
        else:
            self.root = node

    def _refuse_magic(self, event: Any) -> None:
        if event.anchor:
            self._fault("yaml-anchor", event, f"&{event.anchor}")
        if event.tag:
            self._fault("yaml-tag", event, event.tag)

    def _fault(self, code: str, event: Any, found: str = "") -> None:
        self.faults.append(Fault(code, event.start_mark.line + 1, found))
