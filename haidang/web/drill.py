"""From one place down to the next, and up again: the trail above a place, the table of the places within.

Never: computes a number; the differences it orders by are those of two Answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from haidang.catalog.places import register
from haidang.web import formats, meaning, reasons
from haidang.web.charts import Style
from haidang.web.page import Visit
from haidang.web.switches import Way
from haidang.web.tiles import Tile
from haidang.words.errors import BadQuestion
from haidang.words.nouns import Answer, Cell
from haidang.words.periods import parse
from haidang.words.places import Unit

ORDERS = ("name", "value", "n")


@dataclass(frozen=True)
class Row:
    """One place of the table: where it leads, its figure written, a bar of 100, what it was before."""

    name: str
    url: str
    value: str
    bar: float
    n: str
    before: str
    known: bool
    chosen: bool = False


@dataclass(frozen=True)
class Head:
    """A heading one may sort by: `sorted` ascending | descending | ""."""

    title: str
    url: str
    sorted: str
    number: bool = False


def trail(seen: Visit, unit: Unit, path: str) -> list[Way]:
    """The places above, the highest first, each the same page there; the place itself last."""
    day = unit.end or seen.today
    chain = [*reversed(register().above(unit.id, day)), unit]
    return [Way(one.name, address(seen, path, meaning.code(one.id, seen.today)), one.id == unit.id) for one in chain]


def address(seen: Visit, path: str, code: str) -> str:
    """The page of a place, or a page about something at that place."""
    return seen.choice.url(f"/places/{code}", place="") if path == "/places" else seen.choice.url(path, place=code)


def rows(seen: Visit, answer: Answer, before: Answer | None, style: Style, order: str) -> list[Row]:
    """The places of a breakdown, ordered; `before`: the same breakdown of the period compared with."""
    top = max((abs(cell.value) for cell in answer.cells if cell.value is not None), default=0.0)
    then = {cell.key.partition("@")[0]: cell for cell in before.cells} if before else {}
    found = sorted_cells(answer.cells, order)
    return [_row(seen, cell, (answer, then.get(cell.key.partition("@")[0])), style, top) for cell in found]


def sorted_cells(cells: Sequence[Cell], order: str) -> list[Cell]:
    """By name, value or number of facts; `-` before it for descending; what has no figure always last."""
    key = order.removeprefix("-")
    known = [cell for cell in cells if cell.value is not None]
    others = [cell for cell in cells if cell.value is None]
    if key == "name":
        return sorted(cells, key=lambda cell: cell.label, reverse=order.startswith("-"))
    known.sort(key=lambda cell: (getattr(cell, key) or 0.0, cell.label), reverse=order.startswith("-"))
    return [*known, *others]


def _row(seen: Visit, cell: Cell, about: tuple[Answer, Cell | None], style: Style, top: float) -> Row:
    answer, then = about
    language = style.language
    known = cell.value is not None
    return Row(
        cell.label,
        seen.choice.url(f"/indicators/{answer.indicator}", place=meaning.code(cell.key, seen.today)),
        formats.number(cell.value, language, style.digits) if known else reasons.missing(cell.reason, language),
        abs(cell.value or 0.0) / top * 100 if top else 0.0,
        formats.number(cell.n, language, 0) if cell.n is not None else "",
        formats.number(then.value, language, style.digits) if then else "",
        known,
        cell.key == seen.place.id,
    )


def heads(titles: dict[str, str], order: str, base: str) -> list[Head]:
    """Headings of a table ordered by `order`; a second click turns the order round."""
    found = []
    for key, title in titles.items():
        down = key != "name"
        now = order.removeprefix("-") == key
        turned = f"-{key}" if (not order.startswith("-") if now else down) else key
        state = ("descending" if order.startswith("-") else "ascending") if now else ""
        joint = "&" if "?" in base else "?"
        found.append(Head(title, f"{base}{joint}sort={turned}", state, down))
    return found


def ordered(wanted: str) -> str:
    """The order asked for, or the highest value first."""
    return wanted if wanted.removeprefix("-") in ORDERS else "-value"


def mapped(seen: Visit, tile: Tile) -> Tile:
    """The map of a breakdown on the ground of its place, each place leading to the same indicator there."""
    option = tile.drawing.option
    if not option:
        return tile
    unit = tile.answer.facts["unit"]
    about = unit.partition("@")[0]
    # An old place may bear the code of the merged one that the page is about: it is not the one to point out.
    layers = [one for one in option["layers"] if one["id"] != "chosen" or about != seen.place.code]
    ground = option["shapes"].replace(f"/{about}.json", f"/{unit}.json") if about != "VN" else option["shapes"]
    path = f"/indicators/{tile.answer.indicator}"
    codes = {cell.key.partition("@")[0]: cell.key for cell in tile.answer.cells}
    links = {short: seen.choice.url(path, place=meaning.code(unit, seen.today)) for short, unit in codes.items()}
    made = {**option, "links": links, "layers": layers, "shapes": ground}
    return replace(tile, drawing=replace(tile.drawing, option=made))


def compared_with(period: str, compare: str) -> str:
    """The period a breakdown is set against, "" when the page cannot know it before the answer."""
    if compare not in ("same-period", "previous", "plan"):
        return compare
    try:
        shown = parse(period)
        return {"same-period": shown.same_period, "previous": shown.previous}[compare]().text
    except (BadQuestion, KeyError):
        return ""


def told(answer: Answer) -> bool:
    """Whether any place of a breakdown has a figure."""
    return any(cell.value is not None for cell in answer.cells)
