"""/packs, /boards and /places: what is declared, as far as the caller may see it. Never: reads data."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from haidang.access import gate
from haidang.api.errors import reply
from haidang.api.shapes import Boards, Packs, Place, Units, answered
from haidang.api.who import caller
from haidang.catalog.declared import Board, Catalog, Dataset, Indicator, Pack, declared
from haidang.catalog.places import register
from haidang.words.nouns import Actor, Level, Subject
from haidang.words.places import Unit

router = Router(tags=["declared"])


class Seen:
    """What of the catalog one actor may see; asks the gate once."""

    def __init__(self, who: Actor) -> None:
        self.catalog: Catalog = declared()
        self._sees = gate.sees(who)

    def pack(self, pack: Pack) -> bool:
        return self._sees(Subject(pack.key))

    def dataset(self, dataset: Dataset) -> bool:
        return self._sees(Subject(dataset.pack, dataset.key, dataset.level))

    def indicator(self, key: str) -> bool:
        noun = self.catalog.indicator(key)
        return self._sees(Subject(noun.pack, key, self.catalog.level_of(noun)))


@router.get("/packs", response=answered(Packs))
def packs(request: HttpRequest) -> HttpResponse:
    """`{packs: [{key, title, version, datasets, indicators}]}`; a pack nothing of which may be seen is not there."""
    seen = Seen(caller(request))
    shown = [_pack(pack, seen) for pack in seen.catalog.packs]
    return reply({"packs": [pack for pack in shown if pack["datasets"] or pack["indicators"]]})


@router.get("/boards", response=answered(Boards))
def boards(request: HttpRequest) -> HttpResponse:
    """`{boards: [{key, pack, title, tiles: [{indicator, chart, by, place}]}]}`, with the tiles the caller may see."""
    seen = Seen(caller(request))
    packs = (pack for pack in seen.catalog.packs if seen.pack(pack))
    shown = [_board(board, seen) for pack in packs for board in pack.boards]
    return reply({"boards": [board for board in shown if board["tiles"]]})


@router.get("/places", response=answered(Units))
def places(
    request: HttpRequest, q: str = "", level: str = "", day: date | None = None, inside: str = ""
) -> HttpResponse:
    """Places by name or code (`q`), or all of a level (`level`) inside a place: `{places: […]}`."""
    on = day or timezone.localdate()
    if q:
        found = register().find(q, day=day, level=level)
    else:
        found = register().of_level(level or "province", on, register().resolve(inside, on).id if inside else "")
    return reply({"places": [_unit(unit) for unit in found]})


@router.get("/places/{code}", response=answered(Place))
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One place (`68`, `68@2024`) with what it came from and what became of it."""
    known = register()
    unit = known.resolve(code, timezone.localdate())
    before = [asdict(step) for step in known.predecessors(unit.id)]
    after = [asdict(step) for step in known.successors(unit.id)]
    return reply({**_unit(unit), "predecessors": before, "successors": after})


def _pack(pack: Pack, seen: Seen) -> dict[str, Any]:
    return {
        "key": pack.key,
        "title": asdict(pack.title),
        "version": pack.version,
        "datasets": [_dataset(dataset) for dataset in pack.datasets if seen.dataset(dataset)],
        "indicators": [_indicator(one) for one in pack.indicators if seen.indicator(one.key)],
    }


def _dataset(dataset: Dataset) -> dict[str, Any]:
    level = Level(dataset.level).name.lower()
    return {"key": dataset.key, "title": asdict(dataset.title), "level": level, "licence": dataset.licence}


def _indicator(noun: Indicator) -> dict[str, Any]:
    names = ("key", "kind", "unit", "grain", "direction", "legal", "verified", "has_data")
    return {**{name: getattr(noun, name) for name in names}, "title": asdict(noun.title)}


def _board(board: Board, seen: Seen) -> dict[str, Any]:
    names = ("indicator", "chart", "by", "place")
    tiles = [{n: getattr(tile, n) for n in names} for tile in board.tiles if seen.indicator(tile.indicator)]
    return {"key": board.key, "pack": board.pack, "title": asdict(board.title), "tiles": tiles}


def _unit(unit: Unit) -> dict[str, Any]:
    return {**asdict(unit), "start": unit.start.isoformat(), "end": unit.end.isoformat() if unit.end else None}
