"""One indicator and everything about it. Never: computes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from haidang.catalog.declared import Tile
from haidang.web import asking, page
from haidang.web.doors import door
from haidang.words.errors import Denied


@door
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    """How much, against what, over time; raises as absent what one may not see."""
    seen = page.visit(request)
    declared = seen.catalog.indicator(key)
    compare = tuple(dict.fromkeys((seen.choice.compare, "same-period", "previous", "plan")))
    question = seen.choice.question(key, place=seen.place_code, compare=compare, history=36)
    wishes = [asking.Wish(question), asking.Wish(question, Tile(key, "line", width=13))]
    tiles = asking.tiles_of(seen, wishes, asking.ask(seen, wishes))
    if not tiles:
        raise Denied("no-grant")
    return page.render(request, "indicator", seen, declared=declared, tile=tiles[0], tiles=tiles[1:])
