"""Proofs of boards and examples: indicators of any pack, charts, slices, periods.

Never: asks whether a place exists (the register knows; a pack stands without it).
"""

from __future__ import annotations

from haidang.catalog import known
from haidang.catalog.grammar import COMPARES, GRAINS
from haidang.catalog.nearest import nearest, some
from haidang.catalog.reading import Draft
from haidang.catalog.schema import Entry, Report, number
from haidang.catalog.strict_yaml import Text
from haidang.catalog.world import World, prove_kind
from haidang.words.errors import BadQuestion
from haidang.words.periods import parse


def prove(draft: Draft, world: World) -> None:
    """Every board and example of a draft."""
    for board in draft.boards:
        for name in board.get("headline", ()):
            world.indicator(draft, board.where("headline"), name)
        for tile in board.get("tiles", ()):
            _tile(draft, tile, world)
    for example in draft.examples:
        world.indicator(draft, example.where("indicator"), example.get("indicator"))
        _example(draft, example)


def _tile(draft: Draft, tile: Entry, world: World) -> None:
    indicator = world.indicator(draft, tile.where("indicator"), tile.get("indicator"))
    prove_kind(draft, tile.where("chart"), tile.get("chart"), known.charts())
    if indicator and "slices" not in indicator.broken:
        slices = indicator.get("slices", ())
        if tile.says("by"):
            _slice(draft, tile.where("by"), tile.get("by", ""), ("place", *GRAINS, *slices))
        for name in tile.get("where", {}):
            _slice(draft, tile.where("where"), name, slices)
    for against in tile.get("compare", ()):
        if against not in COMPARES and not _is_period(against):
            near = nearest(against, COMPARES)
            draft.add("not-a-comparison", tile.where("compare"), found=against, expected=some(COMPARES), nearest=near)


def _slice(draft: Draft, where: str, name: str, slices: tuple[str, ...]) -> None:
    if name and name not in slices:
        draft.add("unknown-slice", where, found=name, expected=some(slices), nearest=nearest(name, slices))


def _is_period(text: str) -> bool:
    try:
        parse(text)
    except BadQuestion:
        return False
    return True


def _example(draft: Draft, example: Entry) -> None:
    period, value = example.get("period"), example.get("value")
    if period is not None and not _is_period(period):
        draft.add("not-a-period", example.where("period"), found=period)
    if value is not None and value != "none":
        report = Report(example.file, draft.problems)
        number(Text(value, example.lines["value"]), report)
