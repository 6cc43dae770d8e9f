"""The list of indicators, and one indicator with everything about it. Never: computes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from haidang.access import gate
from haidang.catalog.declared import Indicator, Tile
from haidang.web import asking, catalogue, drill, fiche, meaning, page, switches, tiles
from haidang.web.asking import Wish
from haidang.web.charts import Style
from haidang.web.choices import COMPARISONS
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.words.errors import Denied
from haidang.words.nouns import Answer, Question, Subject
from haidang.words.periods import Grain
from haidang.words.texts import text

HISTORY = {"day": 60, "month": 60, "quarter": 24, "half": 16, "year": 24}
"""Earlier periods in the history, by the indicator's grain."""


@door
def listing(request: HttpRequest) -> HttpResponse:
    """Every indicator one may see, with its newest value; narrowed by words, domain, state, whether it has data."""
    seen = page.visit(request)
    wanted = catalogue.wanted(request.GET)
    indicators = catalogue.matching(seen, wanted)
    wishes = [Wish(catalogue.question(seen, one, seen.place_code)) for one in indicators]
    rows = catalogue.rows(seen, indicators, asking.ask(seen, wishes))
    return page.render(request, "indicators", seen, wanted=wanted, **catalogue.context(seen, rows, wanted))


@door
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    """How much, against what, where, of what, where from, how good, whose, why one may see it."""
    seen = page.visit(request)
    declared = seen.catalog.indicator(key)
    asked = asked_of(seen, declared)
    order = drill.ordered(request.GET.get("sort", ""))
    page.looked(request, seen, "indicator", declared.key)
    return page.render(request, "indicator", seen, **_context(seen, declared, asked, order))


def asked_of(seen: Visit, declared: Indicator) -> Answered:
    """Everything the page shows, by name, in one call; raises Denied."""
    wishes = wished(seen, declared)
    answers = asking.ask(seen, list(wishes.values()))
    if answers[0].reason == "denied":
        raise Denied("no-grant")
    return {name: (wish, answer) for (name, wish), answer in zip(wishes.items(), answers, strict=True)}


def question(seen: Visit, declared: Indicator, **more: Any) -> Question:
    """The Question of the page's own number."""
    cumulative = seen.choice.cumulative and fiche.flows(declared)
    return seen.choice.question(declared.key, place=seen.place_code, cumulative=cumulative, **more)


def wished(seen: Visit, declared: Indicator) -> dict[str, Wish]:
    """The number with its history, by the places within, among its neighbours, by each slice, and by place then.

    `within-then` and `among-then`: in the period compared with, where the page can know it before the answer.
    """
    key = declared.key
    compare = tuple(dict.fromkeys((seen.choice.compare, "same-period", "previous", "plan")))
    own = question(seen, declared, compare=compare, history=HISTORY[declared.grain])
    wishes = {"own": Wish(own, Tile(key, "history", width=13))}
    places = {"within": seen.place_code, "among": meaning.parent(seen.place, seen.today)}
    then = drill.compared_with(seen.choice.period, seen.choice.compare)
    for name, place in places.items():
        if place:
            by_place = replace(question(seen, declared), place=place, by="place")
            wishes[name] = Wish(by_place, Tile(key, "map", by="place"))
            if then:
                wishes[f"{name}-then"] = Wish(replace(by_place, period=then), Tile(key, "table", by="place"))
    for name in declared.slices:
        wishes[f"by {name}"] = Wish(replace(question(seen, declared), by=name), Tile(key, "histogram", by=name))
    return wishes


Answered = dict[str, tuple[Wish, Answer]]


def _context(seen: Visit, declared: Indicator, asked: Answered, order: str) -> dict[str, Any]:
    style = Style(seen.language, declared.digits, seen.choice.url("?")[1:], seen.place.code)
    wish, answer = asked["own"]
    sliced = [pair for name, pair in asked.items() if name.startswith("by ") and pair[1].cells]
    return {
        "declared": declared,
        "tile": asking.build(seen, wish, answer),
        "versus": fiche.versus(answer, style),
        "slices": [_sliced(seen, declared, pair) for pair in sliced],
        "parts": fiche.parts(seen, answer, style),
        "divided": any(cell.den is not None for cell in answer.parts),
        "steps": fiche.steps(seen, declared, answer),
        "quality": fiche.quality(answer, seen.language),
        "notes": fiche.notes(answer, seen.language),
        "why_nothing": "" if answer.value is not None else fiche.why_nothing(answer, seen.language),
        "empty": answer.value is None and not any(drill.told(pair[1]) or pair[1].series for pair in asked.values()),
        "flows": fiche.flows(declared),
        "trail": drill.trail(seen, seen.place, seen.choice.path),
        **_places(seen, asked, style, order),
        **_about(seen, declared),
        **_choices(seen, declared, answer),
    }


def _places(seen: Visit, asked: Answered, style: Style, order: str) -> dict[str, Any]:
    """The table and the map: of the places within when they have figures, else of the place among its neighbours."""
    name = next((name for name in ("within", "among") if name in asked and drill.told(asked[name][1])), "")
    if not name:
        return {}
    wish, places = asked[name]
    before = asked[f"{name}-then"][1] if f"{name}-then" in asked else None
    titles = {"name": text("tile.place", seen.language), "value": places.unit or text("tile.value", seen.language)}
    return {
        "map_tile": drill.mapped(seen, asking.build(seen, wish, places)),
        "place_rows": drill.rows(seen, places, before, style, order),
        "place_heads": drill.heads(titles, order, seen.choice.url()),
        "before": before.period if before else "",
        "within": text("fiche.among", seen.language, place=places.place_name) if name == "among" else "",
    }


def _sliced(seen: Visit, declared: Indicator, pair: tuple[Wish, Answer]) -> tiles.Tile:
    """The drawing of a slice under the name of its column."""
    wish, answer = pair
    columns = {column.name: column.title for column in seen.catalog.dataset(declared.dataset).columns}
    return replace(asking.build(seen, wish, answer), title=columns[wish.question.by].in_(seen.language))


def _about(seen: Visit, declared: Indicator) -> dict[str, Any]:
    """Definition, formula, level, owner: what the pack says."""
    language = seen.language
    dataset = seen.catalog.dataset(declared.dataset) if declared.dataset else None
    subject = Subject(dataset.pack, dataset.key, dataset.level) if dataset else None
    return {
        "pack": seen.catalog.pack(declared.pack),
        "dataset": dataset,
        "made": meaning.made(declared, seen.catalog, language),
        "adds_up": meaning.adds_up(declared, language),
        "level": meaning.level(seen.catalog.level_of(declared), language),
        "records": bool(dataset and subject and not dataset.aggregates_only and gate.may(seen.who, "read", subject)),
    }


def _choices(seen: Visit, declared: Indicator, answer: Answer) -> dict[str, Any]:
    """The switch of grains down to the indicator's own, and the periods there are."""
    periods = switches.periods(seen.choice, seen.today, answer.period)
    finest = Grain(declared.grain).rank
    ways = [way for way, grain in zip(periods.grains[1:], switches.GRAINS, strict=True) if grain.rank >= finest]
    known = [cell.key for cell in reversed(answer.series) if cell.value is not None]
    shown = seen.choice.period
    return {
        "periods": periods,
        "latest": periods.grains[0],
        "grains": ways,
        "known": known if shown in (*known, "latest") else [shown, *known],
        "others": known if seen.choice.compare in (*known, *COMPARISONS) else [seen.choice.compare, *known],
    }
