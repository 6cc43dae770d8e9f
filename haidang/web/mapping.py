"""Which indicators can stand on a map, and which one was chosen. Never: draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from haidang.access import gate
from haidang.catalog.declared import Tile
from haidang.catalog.places import register
from haidang.web import lineage, meaning, tiles
from haidang.web.asking import Wish
from haidang.web.charts import Drawing
from haidang.web.page import Visit
from haidang.web.switches import Way
from haidang.words.errors import Denied


def choices(seen: Visit) -> tuple[Tile, ...]:
    """The map tiles of the boards one may see, each indicator once; those with data first, then of one's own place."""
    every = (tile for board in seen.working_boards() for tile in board.tiles if tile.chart == "map")
    found = [tile for tile in every if _sees(seen, tile.indicator)]
    landed = gate.versions(gate.newest())
    found.sort(key=lambda tile: (seen.catalog.indicator(tile.indicator).dataset not in landed, bool(tile.place)))
    return tuple({tile.indicator: tile for tile in found}.values())


def wanted(seen: Visit) -> Tile | None:
    """The chosen indicator's tile, else the first; any indicator one may see may be named. Raises Absent, Denied."""
    known = choices(seen)
    chosen = seen.choice.indicator
    if chosen and not _sees(seen, chosen):
        raise Denied("no-grant")
    if chosen and chosen not in {tile.indicator for tile in known}:
        return Tile(seen.catalog.indicator(chosen).key, "map", by="place", width=7)
    return next((tile for tile in known if tile.indicator == chosen), known[0] if known else None)


def _sees(seen: Visit, key: str) -> bool:
    noun = seen.catalog.indicator(key)
    return seen.sees(noun.pack, noun)


def wishes(seen: Visit) -> list[Wish]:
    """What a map asks: the breakdown of the place, or, of a place with nothing within, its neighbours and its own.

    None when no indicator can stand on it.
    """
    tile = wanted(seen)
    if tile is None:
        return []
    ground = "" if tile.place else _above(seen)
    place = tile.place or ground or seen.place_code
    found = [Wish(seen.choice.question(tile.indicator, place=place, by="place", where=tile.where), tile)]
    if ground:
        found.append(Wish(seen.choice.question(tile.indicator, place=seen.place_code, where=tile.where), tile))
    return found


def _above(seen: Visit) -> str:
    """The place right above one with nothing within; "" of all others."""
    unit = seen.place
    within = register().children(unit.id, unit.end or seen.today)
    return "" if within else meaning.parent(unit, seen.today)


def drawn(seen: Visit, found: Sequence[tiles.Tile]) -> tiles.Tile | None:
    """Of those one may see: the neighbours' figures where allowed, else one's own among their shapes."""
    tile = next(iter(found), None)
    if tile is None or tile.answer.question.by == "place":
        return tile
    option = lineage.drawing(seen, seen.place)
    own = [seen.place.name, f"{tile.value} {tile.unit}".strip() if not tile.missing else tile.missing, tile.period]
    made = {**option, "tips": {**option["tips"], seen.place.code: own}}
    return replace(tile, drawing=Drawing("hd-map", made))


def ways(seen: Visit) -> tuple[Way, ...]:
    """The indicators to choose from."""
    chosen = wanted(seen)
    return tuple(
        Way(
            seen.catalog.indicator(tile.indicator).title.in_(seen.language),
            seen.choice.url(indicator=tile.indicator),
            tile == chosen,
        )
        for tile in choices(seen)
    )
