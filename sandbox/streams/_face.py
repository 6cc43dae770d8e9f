"""What a stream needs of the way out, as a shape; and plans kept for a while. Never: sends anything."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Any, Protocol, TypeVar

from sandbox.world import World

__all__ = ["Out", "World", "by_day"]
Made = TypeVar("Made")


class Out(Protocol):
    """The way out: files, messages and the sandbox's own database."""

    def drop(self, stream: str, filename: str, content: bytes) -> None:
        """A file into the stream's folder, whole or not at all."""

    def append(self, stream: str, filename: str, content: bytes) -> None:
        """Lines at the end of a file that grows."""

    def publish(self, topic: str, payload: bytes) -> None:
        """A message to the broker."""

    def store(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Rows of truth."""


def by_day(keep: int) -> Callable[[Callable[[World, date], Made]], Callable[[World, date], Made]]:
    """Keep the last `keep` plans: one is asked for many times a day. A plan depends on seed, scale and day alone."""

    def around(make: Callable[[World, date], Made]) -> Callable[[World, date], Made]:
        kept: OrderedDict[tuple[int, float, date], Made] = OrderedDict()

        @wraps(make)
        def found(world: World, day: date) -> Made:
            key = (world.seed, world.scale, day)
            if key not in kept:
                kept[key] = make(world, day)
                while len(kept) > keep:
                    kept.popitem(last=False)
            return kept[key]

        return found

    return around
