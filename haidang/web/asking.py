"""From wishes to tiles in one pass: all the page's Questions go to `answer_many` at once.

Never: asks twice for a page, or one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from haidang.catalog import declared as nouns
from haidang.indicators.answer import answer_many
from haidang.web import behind, tiles
from haidang.web.charts import Style
from haidang.web.page import Visit
from haidang.words.errors import Absent
from haidang.words.nouns import Answer, Question

HISTORY = 12
"""Earlier periods behind a number, for its sparkline."""


@dataclass(frozen=True)
class Wish:
    """A Question and the tile of the pack that shows its Answer (None: a plain number)."""

    question: Question
    tile: nouns.Tile | None = None
    key: str = ""  # names the tile on its page, where one indicator may stand twice


def question(seen: Visit, tile: nouns.Tile) -> Question:
    """What a tile of a board asks: its own place when fixed, its own comparisons with the chosen one first."""
    return seen.choice.question(
        tile.indicator,
        place=tile.place or seen.place_code,
        by=tile.by,
        where=tile.where,
        compare=tuple(dict.fromkeys((seen.choice.compare, *tile.compare, "plan"))),
        history=tile.history or HISTORY,
    )


def concerned(seen: Visit, indicator: str) -> bool:
    """Whether to make its tile: always for a whole page; again only when something behind it has landed."""
    landed = seen.landed
    if landed is None or "*" in landed:
        return True
    return bool(landed & behind.datasets_of(seen.catalog, seen.catalog.indicator(indicator)))


def tiles_of(seen: Visit, wishes: Sequence[Wish], answers: Sequence[Answer]) -> list[tiles.Tile]:
    """The tiles one may see, in the order wished."""
    built = [build(seen, wish, answer) for wish, answer in zip(wishes, answers, strict=True)]
    return [tile for tile in built if tile.shown]


def ask(seen: Visit, wishes: Sequence[Wish]) -> tuple[Answer, ...]:
    """The one call of a page."""
    return answer_many([wish.question for wish in wishes], seen.who, offered=True) if wishes else ()


def build(seen: Visit, wish: Wish, answer: Answer) -> tiles.Tile:
    indicator = declaration(seen, answer.indicator)
    tile = wish.tile
    place = "" if answer.question.place == seen.place_code else answer.question.place
    datasets = behind.of_answer(seen.catalog, answer) & behind.told_to(seen.who)
    setting = tiles.Setting(
        indicator,
        seen.choice.url(f"/indicators/{answer.indicator}", **({"place": place} if place else {})),
        seen.now,
        Style(seen.language, indicator.digits if indicator else None, seen.choice.url("?")[1:], seen.place.code),
        seen.place_code,
        wish.key,
        tuple(sorted(datasets)),
        min((days for key in datasets if (days := seen.catalog.dataset(key).promise_days)), default=0),
        bool(datasets & seen.late),
    )
    if tile is None:
        return tiles.build(answer, setting)
    title = tile.title.in_(seen.language) if tile.title else ""
    return tiles.build(answer, setting, chart=tile.chart, width=tile.width, title=title)


def declaration(seen: Visit, key: str) -> nouns.Indicator | None:
    try:
        return seen.catalog.indicator(key)
    except Absent:
        return None
