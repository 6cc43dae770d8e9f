"""Which indicators can stand on a map, and which one was chosen. Never: draws."""

from __future__ import annotations

from haidang.catalog.declared import Tile
from haidang.web.asking import Wish
from haidang.web.page import Visit
from haidang.web.switches import Way


def tiles(seen: Visit) -> tuple[Tile, ...]:
    """The map tiles of the boards one may see, each indicator once; those of one's own place first."""
    found = [tile for board in seen.working_boards() for tile in board.tiles if tile.chart == "map"]
    found.sort(key=lambda tile: bool(tile.place))
    return tuple({tile.indicator: tile for tile in found}.values())


def wanted(seen: Visit) -> Tile | None:
    """The chosen indicator's tile, else the first; any declared indicator with places may be named."""
    known = tiles(seen)
    chosen = seen.choice.indicator
    if chosen and chosen not in {tile.indicator for tile in known}:
        return Tile(seen.catalog.indicator(chosen).key, "map", by="place", width=7)
    return next((tile for tile in known if tile.indicator == chosen), known[0] if known else None)


def wishes(seen: Visit) -> list[Wish]:
    """The one wish of a map, none when no indicator can stand on it."""
    tile = wanted(seen)
    if tile is None:
        return []
    place = tile.place or seen.place_code
    question = seen.choice.question(tile.indicator, place=place, by="place", where=tile.where)
    return [Wish(question, tile)]


def ways(seen: Visit) -> tuple[Way, ...]:
    """The indicators to choose from."""
    chosen = wanted(seen)
    return tuple(
        Way(
            seen.catalog.indicator(tile.indicator).title.in_(seen.language),
            seen.choice.url(indicator=tile.indicator),
            tile == chosen,
        )
        for tile in tiles(seen)
    )
