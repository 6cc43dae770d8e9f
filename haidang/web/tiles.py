"""From an Answer to what a tile shows: number, unit, period, comparisons, plan and pace, source, age, state.

Never: asks for an Answer, computes a number: it chooses and writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.safestring import SafeString

from haidang.catalog.declared import Indicator
from haidang.web import charts, formats, reasons
from haidang.web.charts import Drawing, Style, sparkline
from haidang.words.nouns import Answer, Cell, Comparison, Kind
from haidang.words.texts import text

PERCENT = "%"


@dataclass(frozen=True)
class Change:
    """One comparison in words: `direction` up | down | same; `tone` good | bad | soft."""

    direction: str
    amount: str
    against: str
    tone: str


@dataclass(frozen=True)
class Plan:
    """The plan bar: `reached` and `pace` as widths of 100, where 100 % of the plan stands, and the words beside it."""

    reached: float
    pace: float
    words: str
    pace_words: str
    whole: float = 100.0  # below 100 when more than the plan was reached


@dataclass(frozen=True)
class Tile:
    """Everything a tile shows, ready to be laid out."""

    answer: Answer
    title: str
    url: str
    value: str
    unit: str
    period: str
    lag: str
    missing: str
    state: str
    why: str
    changes: tuple[Change, ...]
    plan: Plan | None
    spark: SafeString
    source: str
    age: str
    kind: str
    simulated: bool
    stale: bool
    masked: int
    drawing: Drawing
    rows: tuple[tuple[str, str], ...]
    row_head: str
    width: int = 4
    chart: str = "number"
    named: bool = False  # the pack gave the tile a title of its own, which says where
    elsewhere: str = ""  # name of the place when it is not the one the page is about
    past: bool = False  # of a period years ago
    key: str = ""  # names the tile on its page
    datasets: tuple[str, ...] = ()  # what stands behind it: it is asked again when one of them lands
    old_at: str = ""  # when it will have missed its promise, ISO 8601; "" when none was made

    @property
    def id(self) -> str:
        return f"{self.chart}-{self.answer.indicator}-{self.answer.question.by}".replace(".", "-").rstrip("-")

    @property
    def some_missing(self) -> bool:
        return any(cell.value is None for cell in self.answer.cells)

    @property
    def shown(self) -> bool:
        return self.answer.reason != "denied"


@dataclass(frozen=True)
class Setting:
    """What the page knows that the Answer does not: the indicator's declaration, the address, now, and how to write."""

    indicator: Indicator | None
    url: str
    now: datetime
    style: Style
    place: str = ""  # as the page's Questions name it; "" when the place goes without saying
    key: str = ""
    datasets: tuple[str, ...] = ()
    promise_days: int = 0
    late: bool = False  # a source behind it is late or failing


def build(answer: Answer, setting: Setting, *, chart: str = "number", width: int = 4, title: str = "") -> Tile:
    """The tile of an Answer."""
    style = setting.style
    language = style.language
    known = answer.value is not None
    return Tile(
        answer=answer,
        title=title or answer.title.in_(language),
        url=setting.url,
        value=formats.number(answer.value, language, style.digits),
        unit=formats.unit_in(answer.unit, language),
        period=formats.period(answer.period, language),
        lag=formats.lag(answer.period, setting.now.date(), language),
        missing="" if known else reasons.missing(answer.reason, language),
        state=answer.status.state,
        why=reasons.why(answer.status, language) if answer.status.reason else "",
        changes=changes(answer, style),
        plan=plan(answer, style),
        spark=sparkline.svg(answer, style),
        source=source(answer),
        age=formats.age(answer.known_at, setting.now, language),
        kind=text(f"kind.{answer.kind}", language) if answer.kind != Kind.ACTUAL.value else "",
        past=formats.past(answer.period, setting.now.date()),
        simulated=any(origin.simulated for origin in answer.sources),
        stale=setting.late
        or answer.status.reason == "stale"
        or any(key == "promise" for key, _ in answer.status.facts),
        masked=sum(cell.reason == "masked" for cell in answer.cells),
        drawing=charts.draw(chart, answer, style),
        rows=rows(answer, style),
        row_head=row_head(answer, language),
        width=width,
        chart=chart,
        named=bool(title),
        elsewhere=answer.place_name if setting.place and answer.question.place != setting.place else "",
        key=setting.key or f"{chart}-{answer.indicator}",
        datasets=setting.datasets,
        old_at=old_at(answer.known_at, setting.promise_days),
    )


def old_at(known_at: str, promise_days: int) -> str:
    """From when on a number is called old: as indicators.status counts, more than so many whole days."""
    if not known_at or not promise_days:
        return ""
    return (datetime.fromisoformat(known_at) + timedelta(days=promise_days + 1)).isoformat()


def changes(answer: Answer, style: Style) -> tuple[Change, ...]:
    """Every comparison once: of a yearly figure the previous period is the same period of the year before."""
    others = [comparison for comparison in reversed(answer.compare) if comparison.against != "plan"]
    different = {comparison.period: comparison for comparison in others}
    written = (change(comparison, answer, style) for comparison in reversed(different.values()))
    return tuple(found for found in written if found)


def change(comparison: Comparison, answer: Answer, style: Style) -> Change | None:
    """`▲ 8,7 % so cùng kỳ`; shares are compared in points; None without a difference and for plans."""
    if comparison.against == "plan" or comparison.difference is None:
        return None
    difference = comparison.difference
    direction = "same" if difference == 0 else "up" if difference > 0 else "down"
    tone = {True: "good", False: "bad", None: "soft"}[comparison.good]
    return Change(direction, _amount(comparison, answer, style), against(comparison, style.language), tone)


def _amount(comparison: Comparison, answer: Answer, style: Style) -> str:
    difference = comparison.difference or 0.0
    if difference == 0:
        return text("tile.same", style.language)
    if answer.unit.startswith(PERCENT) or comparison.percent is None:
        unit = text("tile.points", style.language) if answer.unit.startswith(PERCENT) else answer.unit
        return formats.with_unit(abs(difference), unit, style.language, style.digits)
    return f"{formats.number(abs(comparison.percent), style.language, 1)} %"


def against(comparison: Comparison, language: str) -> str:
    code = f"tile.against-{comparison.against}"
    if comparison.against in ("previous", "same-period", "plan"):
        return text(code, language)
    return text("tile.against-period", language, period=formats.short_period(comparison.period, language))


def plan(answer: Answer, style: Style) -> Plan | None:
    """The bar against the plan, None when no plan was compared or none is known."""
    found = next((c for c in answer.compare if c.against == "plan" and c.reached is not None), None)
    if found is None:
        return None
    reached, pace = found.reached or 0.0, found.pace if found.pace is not None else 100.0
    language = style.language
    words = text(
        "tile.plan-share",
        language,
        percent=formats.number(reached, language, 1),
        plan=formats.number(found.value, language, style.digits),
    )
    said = text("tile.plan-pace", language, pace=formats.number(pace, language, 0)) if pace < 100 else ""
    scale = 100.0 / max(reached, pace, 100.0)
    return Plan(max(0.0, reached * scale), max(0.0, pace * scale), words, said, 100.0 * scale)


def source(answer: Answer) -> str:
    """The newest origin's name, the number of further ones behind it."""
    names = list(dict.fromkeys(origin.source or origin.dataset for origin in answer.sources))
    return f"{names[0]} +{len(names) - 1}" if len(names) > 1 else "".join(names)


def rows(answer: Answer, style: Style) -> tuple[tuple[str, str], ...]:
    """The table behind a drawing: label and written value, in the drawing's order."""
    language = style.language
    cells = answer.cells or answer.series
    return tuple((_name(cell, answer, language), _value(cell, answer, style)) for cell in cells)


def _name(cell: Cell, answer: Answer, language: str) -> str:
    timely = not answer.cells or answer.question.by in ("day", "month", "quarter", "year")
    return formats.short_period(cell.key, language) if timely else cell.label or cell.key


def _value(cell: Cell, answer: Answer, style: Style) -> str:
    if cell.value is None:
        return reasons.missing(cell.reason, style.language)
    return formats.with_unit(cell.value, answer.unit, style.language, style.digits)


def row_head(answer: Answer, language: str) -> str:
    by = answer.question.by if answer.cells else ""
    name = "place" if by == "place" else "period" if by in ("", "day", "month", "quarter", "year") else "item"
    return text(f"tile.{name}", language)


def context(tile: Tile) -> dict[str, Any]:
    return {"tile": tile}
