"""The list of every indicator: those wanted, in the groups of their packs, each with its newest value and age.

Never: asks for an Answer; knows what a group means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from haidang.catalog.declared import Indicator
from haidang.web import asking, tiles
from haidang.web.asking import Wish
from haidang.web.page import Visit
from haidang.words.names import fold
from haidang.words.nouns import Answer, Question

STATES = ("bad", "warn", "watch", "good", "none")


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; "" stands for everything. `data`: "yes" | "no"."""

    q: str = ""
    pack: str = ""
    state: str = ""
    data: str = ""


@dataclass(frozen=True)
class Row:
    """One indicator with the tile of its newest number."""

    indicator: Indicator
    tile: tiles.Tile
    group: str


def wanted(given: Mapping[str, str]) -> Wanted:
    return Wanted(
        given.get("q", "").strip()[:80],
        given.get("pack", "")[:64],
        given.get("state", "") if given.get("state") in STATES else "",
        given.get("data", "") if given.get("data") in ("yes", "no") else "",
    )


def matching(seen: Visit, want: Wanted) -> list[Indicator]:
    """Those one may see, by the beginnings of words of title, key, group or definition (tones aside), by domain."""
    words = fold(want.q).split()
    packs = [pack for pack in seen.packs() if want.pack in ("", pack.key)]
    may = {pack.key: seen.sees(pack.key) for pack in packs}
    every = (one for pack in packs if may[pack.key] for one in pack.indicators)
    return [one for one in every if all(f" {word}" in _said(seen, one) for word in words)]


def _said(seen: Visit, one: Indicator) -> str:
    group = _group(seen, one)
    return " " + fold(f"{one.title.vi} {one.title.en} {one.key} {group} {one.definition.vi} {one.definition.en}")


def _group(seen: Visit, one: Indicator) -> str:
    pack = seen.catalog.pack(one.pack)
    title = dict(pack.groups).get(one.group)
    name = pack.title.in_(seen.language)
    return f"{name} · {title.in_(seen.language)}" if title else name


def question(seen: Visit, one: Indicator, place: str) -> Question:
    """The newest number with the trend before it; what has no data needs none."""
    return seen.choice.question(one.key, place=place, history=asking.HISTORY if one.has_data else 0)


def rows(seen: Visit, indicators: Sequence[Indicator], answers: Sequence[Answer]) -> list[Row]:
    """Those the gate allowed."""
    return [
        Row(one, asking.build(seen, Wish(answer.question), answer), _group(seen, one))
        for one, answer in zip(indicators, answers, strict=True)
        if answer.reason != "denied"
    ]


def context(seen: Visit, found: list[Row], want: Wanted) -> dict[str, Any]:
    shown = [row for row in found if _fits(row, want)]
    groups = [(name, list(its)) for name, its in groupby(shown, key=lambda row: row.group)]
    return {
        "groups": groups,
        "count": len(shown),
        "with_data": sum(not row.tile.missing for row in shown),
        "packs": seen.packs(),
        "states": STATES,
    }


def _fits(row: Row, want: Wanted) -> bool:
    data = {"": True, "yes": not row.tile.missing, "no": bool(row.tile.missing)}[want.data]
    return data and want.state in ("", row.tile.state)
