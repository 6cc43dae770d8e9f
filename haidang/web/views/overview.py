"""The first screen: five numbers, what needs a decision, where, every domain, why. One call for all of its numbers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from haidang.catalog.declared import Pack
from haidang.catalog.declared import Tile as Declared
from haidang.web import asking, digest, mapping, page
from haidang.web.asking import Wish
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.web.tiles import Tile
from haidang.words.nouns import Question

CHARTS = ("line", "column", "histogram", "bar", "pie")
CHARTS_SHOWN = 2


@door
def overview(request: HttpRequest) -> HttpResponse:
    seen = page.visit(request)
    numbers, where, drawn = _numbers(seen), mapping.wishes(seen), _charts(seen)
    wishes = [*numbers, *where, *drawn]
    answers = asking.ask(seen, wishes)
    ends = len(numbers), len(numbers) + len(where)
    tiles = asking.tiles_of(seen, numbers, answers[: ends[0]])
    maps = asking.tiles_of(seen, where, answers[ends[0] : ends[1]])
    charts = asking.tiles_of(seen, drawn, answers[ends[1] :])
    return page.render(request, "overview", seen, **_context(seen, tiles, maps, charts))


def _numbers(seen: Visit) -> list[Wish]:
    """Every indicator that stands on a board one may see, once."""
    wishes: dict[str, Wish] = {}
    for board in seen.working_boards():
        for tile in board.tiles:
            wishes.setdefault(tile.indicator, Wish(_question(seen, tile)))
        for key in board.headline:
            wishes.setdefault(key, Wish(_question(seen, Declared(key, "number"))))
    return list(wishes.values())


def _question(seen: Visit, tile: Declared) -> Question:
    compare = tuple(dict.fromkeys((seen.choice.compare, "plan")))
    return seen.choice.question(
        tile.indicator, place=tile.place or seen.place_code, where=tile.where, compare=compare, history=asking.HISTORY
    )


def _charts(seen: Visit) -> list[Wish]:
    """The drawings of the boards, one board after the other, so that no domain takes all the room."""
    found = [[tile for tile in board.tiles if tile.chart in CHARTS] for board in seen.working_boards()]
    in_turn = [row[index] for index in range(max(map(len, found), default=0)) for row in found if index < len(row)]
    return [Wish(asking.question(seen, tile), tile) for tile in in_turn]


def _context(seen: Visit, tiles: list[Tile], maps: list[Tile], charts: list[Tile]) -> dict[str, object]:
    heads = digest.headlines([board.headline for board in seen.working_boards()], tiles)
    urgent = digest.decisions(tiles)
    urls = {pack.key: _url(seen, pack) for pack in seen.working_packs()}
    return {
        "heads": heads,
        "decisions": urgent[: digest.DECISIONS],
        "all_red": seen.choice.url("/indicators/?state=bad") if len(urgent) > digest.DECISIONS else "",
        "domains": digest.domains(seen.working_packs(), tiles, urls),
        "map_tile": mapping.drawn(seen, maps),
        "choices": mapping.ways(seen),
        "charts": digest.drawings(charts)[:CHARTS_SHOWN],
        "bulletin": digest.bulletin(tiles, heads, seen.language),
        "without": sum(bool(tile.missing) for tile in tiles),
        "empty": not any(not tile.missing for tile in tiles),
    }


def _url(seen: Visit, pack: Pack) -> str:
    return seen.choice.url(f"/boards/{pack.boards[0].key}" if pack.boards else "/boards/")
