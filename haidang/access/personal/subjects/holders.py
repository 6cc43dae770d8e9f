"""Rooms above that hold people's data in rows of their own (who sent a report): found and erased with all the rest.

A room registers a holder when it starts, as it tells intake what to keep up. Never: looks into those rows itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from haidang.words.nouns import Label


@dataclass(frozen=True)
class Held:
    """What a holder has of one person: rows (column → value, with `_run` and `_period`), the ids by which it erases."""

    rows: tuple[dict[str, Any], ...]
    ids: tuple[int, ...]


@dataclass(frozen=True)
class Holder:
    """`key`: as a dataset's; `columns`: name and title of each; `find` is given an identifier in clear, `erase` ids.

    `erase` empties at once, of those ids and of whatever came from the same person since; it tells how many rows.
    """

    key: str
    pack: str
    title: Label
    source: Label
    basis: Label
    verified: bool
    erasable: bool
    columns: tuple[tuple[str, Label], ...]
    find: Callable[[str], Held]
    erase: Callable[[tuple[int, ...]], int]


_known: list[Callable[[], tuple[Holder, ...]]] = []


def register(holders: Callable[[], tuple[Holder, ...]]) -> None:
    """`holders` is asked each time: what is declared may change."""
    if holders not in _known:
        _known.append(holders)


def every() -> tuple[Holder, ...]:
    return tuple(holder for holders in _known for holder in holders())
