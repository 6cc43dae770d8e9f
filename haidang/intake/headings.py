"""Which heading of a file is which column of the dataset. Never: reads a row."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from haidang.catalog.declared import Column, Dataset


@dataclass(frozen=True)
class Mapping:
    """`at`: column name → position in the file; `unknown`: headings nobody asked for (drift)."""

    at: dict[str, int]
    unknown: tuple[str, ...]


def plain(text: str) -> str:
    """A heading as it is compared: without case, tones, spaces and punctuation."""
    parted = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in parted if char.isalnum())


def names(column: Column) -> tuple[str, ...]:
    """What a column may be called in a file, surest first."""
    return tuple(n for n in (column.name, *column.aliases, column.title.vi, column.title.en) if n)


def match(headings: Sequence[str], dataset: Dataset) -> Mapping:
    """Columns to positions: a column's name goes before its aliases, those before its titles; first come, first
    served.
    """
    places: dict[str, int] = {}
    for position, heading in enumerate(headings):
        places.setdefault(plain(heading), position)
    at: dict[str, int] = {}
    for column in dataset.columns:
        taken = set(at.values())
        found = (places.get(plain(name)) for name in names(column))
        free = next((p for p in found if p is not None and p not in taken), None)
        if free is not None:
            at[column.name] = free
    at |= {c.name: at[c.like] for c in dataset.columns if c.like in at and c.name not in at}
    known = set(at.values())
    return Mapping(at, tuple(h for position, h in enumerate(headings) if position not in known and h.strip()))


def must_stand(dataset: Dataset) -> tuple[Column, ...]:
    """Columns a file cannot do without: required ones, the key, place and period, unless they have a default."""
    needed = {*dataset.unique, dataset.place, dataset.period}
    return tuple(c for c in dataset.columns if (c.required or c.name in needed) and not c.default)


def nearest(column: Column, headings: Sequence[str]) -> str:
    """The heading that comes closest to a missing column, or ""."""
    by_plain = {plain(heading): heading for heading in headings}
    close = (get_close_matches(plain(name), by_plain, n=1, cutoff=0.6) for name in names(column))
    return next((by_plain[found[0]] for found in close if found), "")
