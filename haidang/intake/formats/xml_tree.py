"""A document as a small tree of names and texts, in any case and with any prefix, heavy content only measured.

For messages that carry files within: what stands in an attachment is counted, never kept, so its size bounds nothing.
Never: runs in the process that lands (its readers are read apart); expands an entity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from haidang.intake.formats import Arrival
from haidang.intake.formats.limits import CHUNK, MAX_CELL, MAX_DEPTH, MAX_NODES
from haidang.intake.formats.refuse import stop
from haidang.intake.formats.xml_safe import SAFE, check_prolog, local, told
from haidang.words.errors import Problem


@dataclass
class Node:
    """An element: its name in small letters without prefix, its text, what stands in it; `weight`: its characters."""

    name: str
    texts: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    weight: int = 0

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def all(self, name: str) -> list[Node]:
        """The children of a name."""
        return [child for child in self.children if child.name == name]

    def at(self, *names: str) -> Node:
        """The first child of a name, its first child of the next …; an empty node where there is none."""
        here = self
        for name in names:
            here = next((child for child in here.children if child.name == name), Node(name))
        return here

    def find(self, *names: str) -> Node | None:
        """The first element of one of these names anywhere within, itself included."""
        return next((node for node in self.walk() if node.name in names), None)

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


def tree_of(file: Arrival, remarks: list[Problem], *, heavy: Callable[[list[str]], bool]) -> Node:
    """The document's element; `heavy` tells by its names from the top down whether an element is only measured.

    Raises IntakeStopped for what is broken, unsafe or beyond the limits.
    """
    check_prolog(file, remarks)
    target = _Target(file, heavy)
    sink: Any = target  # the stubs of lxml ask for more than the parser calls
    parser = etree.XMLParser(target=sink, load_dtd=False, **SAFE)
    with told(file), file.path.open("rb") as stream:
        while block := stream.read(CHUNK):
            parser.feed(block)
        parser.close()
    return target.top


class _Target:
    """What the parser calls: builds nodes, within the limits."""

    def __init__(self, file: Arrival, heavy: Callable[[list[str]], bool]) -> None:
        self.file, self.heavy = file, heavy
        self.top = Node("")
        self.count = 0
        self._open: list[Node] = []
        self._measured = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        node = Node(local(tag).lower(), attributes={local(k).lower(): v[:MAX_CELL] for k, v in attributes.items()})
        self.count += 1
        if self.count > MAX_NODES or len(self._open) >= MAX_DEPTH:
            raise stop("xml-too-deep", self.file.name, expected=MAX_DEPTH)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.top = node
        self._open.append(node)
        self._measured = self.heavy([n.name for n in self._open])

    def data(self, text: str) -> None:
        node = self._open[-1]
        node.weight += len(text)
        if self._measured:
            return
        if node.weight > MAX_CELL:
            raise stop("xml-too-large", self.file.name, found=f"<{node.name}>", expected=MAX_CELL // 1024 // 1024)
        node.texts.append(text)

    def end(self, tag: str) -> None:
        self._open.pop()
        self._measured = bool(self._open) and self.heavy([n.name for n in self._open])

    def close(self) -> None:
        """Nothing is left to do."""
