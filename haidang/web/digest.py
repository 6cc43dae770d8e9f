"""The overview out of the tiles of the day: headlines, what needs a decision, the domains, the bulletin in words.

Never: asks for or computes a number; it chooses, orders and says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from haidang.catalog.declared import Pack
from haidang.web import reasons
from haidang.web.tiles import Tile
from haidang.words.texts import text

HEADLINES, DECISIONS, SENTENCES = 5, 6, 3
ROOM = 16
"""Lines that fit beside the map; few domains leave room for what stands out in each."""


@dataclass(frozen=True)
class Domain:
    """One pack on the overview: its worst state, how many of its indicators are well, and what stands out."""

    pack: Pack
    url: str
    state: str
    count: str
    tiles: tuple[Tile, ...]


def headlines(wanted: Sequence[Sequence[str]], tiles: Sequence[Tile]) -> list[Tile]:
    """Five numbers: the packs' own headlines in turn; of today before of years ago, the place's own before the
    country's, real before simulated.
    """
    by_key = {tile.answer.indicator: tile for tile in reversed(tiles)}
    in_turn = [key for row in zip_longest(*wanted) for key in row if key in by_key]
    order = [by_key[key] for key in dict.fromkeys([*in_turn, *(tile.answer.indicator for tile in tiles)])]
    return sorted(order, key=_standing)[:HEADLINES]


def _standing(tile: Tile) -> int:
    return 4 if tile.missing else 3 if tile.past else 2 if tile.simulated else int(bool(tile.elsewhere))


def decisions(tiles: Iterable[Tile]) -> list[Tile]:
    """Red and amber of the place itself, the worst first, of them the newest; what is to be watched fills up.

    What is of years ago comes last: nobody decides on it today.
    """
    urgent = [tile for tile in tiles if tile.state in ("bad", "warn", "watch") and not tile.elsewhere]
    urgent.sort(key=lambda tile: tile.answer.period, reverse=True)
    return sorted(urgent, key=lambda tile: (tile.past, reasons.urgency(tile.answer), tile.simulated))


def drawings(tiles: Iterable[Tile]) -> list[Tile]:
    """What can be drawn: what varies first, of today before of years ago, then real before simulated, the place's own
    before the country's.
    """

    def order(tile: Tile) -> tuple[bool, bool, bool, bool]:
        flat = len({cell.value for cell in tile.answer.cells or tile.answer.series}) < 3
        return flat, tile.past, tile.simulated, bool(tile.elsewhere)

    return sorted((tile for tile in tiles if tile.drawing.element), key=order)


def domains(packs: Sequence[Pack], tiles: Sequence[Tile], urls: dict[str, str]) -> list[Domain]:
    """Every pack with its worst state and the indicators that made it so."""
    room = max(0, ROOM // max(1, len(packs)) - 1)
    found = [_domain(pack, [t for t in tiles if t.answer.indicator.startswith(f"{pack.key}.")], room) for pack in packs]
    return [Domain(pack, urls[pack.key], *rest) for pack, rest in zip(packs, found, strict=True)]


def _domain(pack: Pack, tiles: list[Tile], room: int) -> tuple[str, str, tuple[Tile, ...]]:
    known = [tile for tile in tiles if not tile.missing and not tile.elsewhere]
    well = sum(tile.state in ("good", "none") for tile in known)
    ordered = sorted(known, key=lambda tile: reasons.urgency(tile.answer))
    state = reasons.worst([tile.state for tile in known])
    return state, f"{well}/{len(known)}" if known else "", tuple(ordered[:room])


def bulletin(tiles: Sequence[Tile], chosen: Sequence[Tile], language: str) -> list[SafeString]:
    """Paragraphs: how the day stands, the headlines that moved, what is worst, what is oldest. Numbers are links."""
    known = [tile for tile in tiles if not tile.missing and not tile.elsewhere]
    if not known:
        return []
    states = [tile.state for tile in known]
    first = format_html(
        mark_safe(
            text("bulletin.count", language, **{k: f"{{{k}}}" for k in ("total", "good", "watch", "amber", "red")})
        ),
        total=_lit(len(known)),
        good=states.count("good"),
        watch=states.count("watch"),
        amber=_lit(states.count("warn")),
        red=_lit(states.count("bad")),
    )
    moved = [_moved(tile, language) for tile in chosen if not tile.missing][:SENTENCES]
    last = [sentence for sentence in (_worst(known, language), _oldest(known, language)) if sentence]
    return [SafeString(" ".join([first])), SafeString(" ".join(moved)), SafeString(" ".join(last))]


def _lit(words: object, url: str = "") -> SafeString:
    return format_html('<a href="{}"><mark>{}</mark></a>', url, words) if url else format_html("<mark>{}</mark>", words)


def _say(code: str, language: str, **facts: object) -> SafeString:
    """A text with its facts escaped, but for those that are markup already."""
    template = text(code, language, **{key: f"{{{key}}}" for key in facts})
    return format_html(mark_safe(template), **facts)


def _moved(tile: Tile, language: str) -> SafeString:
    value = _lit(f"{tile.value} {tile.unit}".strip(), tile.url)
    change = next((change for change in tile.changes if change.direction != "same"), None)
    if change is None:
        return _say("bulletin.is", language, title=tile.title, period=tile.period, value=value)
    return _say(
        f"bulletin.{change.direction}",
        language,
        title=tile.title,
        period=tile.period,
        value=value,
        change=change.amount,
        against=change.against,
    )


def _worst(tiles: Sequence[Tile], language: str) -> SafeString | None:
    worst = min(tiles, key=lambda tile: reasons.urgency(tile.answer))
    if worst.state not in ("bad", "warn"):
        return None
    return _say("bulletin.worst", language, title=_lit(worst.title, worst.url), why=worst.why)


def _oldest(tiles: Sequence[Tile], language: str) -> SafeString | None:
    dated = [tile for tile in tiles if tile.answer.period]
    oldest = min(dated, key=lambda tile: tile.answer.period, default=None)
    return _say("bulletin.old", language, title=_lit(oldest.title, oldest.url), lag=oldest.lag) if oldest else None
