"""The boards: a list of them, and one board's tiles on the grid of twenty columns."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from haidang.catalog.declared import Board
from haidang.web import asking, page, switches
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import Absent


@door
def listing(request: HttpRequest) -> HttpResponse:
    seen = page.visit(request)
    return page.render(request, "boards", seen)


@door
def board(request: HttpRequest, key: str) -> HttpResponse:
    seen = page.visit(request)
    wanted = _board(seen, key)
    page.looked(request, seen, "board", wanted.key)
    wishes = [
        asking.Wish(asking.question(seen, tile), tile, f"t{index}")
        for index, tile in enumerate(wanted.tiles)
        if asking.concerned(seen, tile.indicator)
    ]
    tiles = asking.tiles_of(seen, wishes, asking.ask(seen, wishes))
    newest = max((tile.answer.period for tile in tiles if tile.answer.period), default="")
    context = {
        "board": wanted,
        "pack": seen.catalog.pack(wanted.pack),
        "tiles": tiles,
        "periods": switches.periods(seen.choice, seen.today, newest),
    }
    return page.render(request, "board", seen, **context)


def _board(seen: Visit, key: str) -> Board:
    """By its key, or by its pack's; a board of a pack one may not see is absent."""
    for candidate in seen.boards():
        if key in (candidate.key, candidate.pack):
            return candidate
    raise Absent("unknown-board", found=key[:40])
