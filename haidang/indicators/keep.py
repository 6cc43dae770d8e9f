"""What is kept up: the observations of a dataset, as one Ibis expression over its facts.

Every grouping (grain × slice) is one scan whose aggregates serve all its indicators, each reckoned once; its wide rows
are then laid out as one row per indicator.
Observations stay at the facts' own places and the indicator's grain: nothing is rolled up here.
Never: runs an expression (intake does), formulas (they are worked out when asked).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir

from haidang.catalog.declared import Dataset, Indicator, declared
from haidang.indicators.conditions import holds, matches
from haidang.words.nouns import Level
from haidang.words.periods import Grain

KINDS = ("plan", "actual", "estimate", "preliminary", "final")


class Group(NamedTuple):
    """What the rows of several indicators are grouped by."""

    grain: str
    slice: str
    kind_column: str


class Aggregates(NamedTuple):
    """num, den (None when there is none) and n of one indicator in one group."""

    num: ir.Value
    den: ir.Value | None
    n: ir.Value


def observations(dataset: Dataset, facts: ir.Table) -> ir.Table | None:
    """The observations of these facts, without `run`; None when nothing is declared over the dataset."""
    indicators = [i for i in declared().indicators_of(dataset.key) if i.kind != "formula" and i.has_data]
    levels = {i.key: declared().level_of(i) for i in indicators}
    return derive(dataset, facts, indicators, levels)


ADDING = frozenset({"count", "sum", "mean", "ratio"})
"""Kinds whose parts over two sets of facts, none in both, add up to those over all of them."""


def parts(dataset: Dataset, facts: ir.Table) -> ir.Table | None:
    """What these facts add to the observations there are: every group with its parts, also where they give no value.

    Beside the columns of observations: `scale` (null: the value is `num`), `counts` (nothing is a true zero) and
    `hides` (a value that was none may have hidden parts that are some). None when the observations do not add up.
    """
    indicators = [i for i in declared().indicators_of(dataset.key) if i.kind != "formula" and i.has_data]
    if not all(i.kind in ADDING for i in indicators):
        return None
    levels = {i.key: declared().level_of(i) for i in indicators}
    return derive(dataset, facts, indicators, levels, finished=_as_parts)


def derive(
    dataset: Dataset,
    facts: ir.Table,
    indicators: Iterable[Indicator],
    levels: dict[str, Level],
    *,
    finished: Callable[[ir.Table, Group], ir.Table] | None = None,
) -> ir.Table | None:
    """The same for given indicators. `finished`: what makes the rows of a group of all that was reckoned."""
    groups: dict[Group, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        for slice_ in ("", *indicator.slices):
            groups[Group(indicator.grain, slice_, indicator.kind_column)].append(indicator)
    last = finished or _as_observations
    tables = [last(_grouped(dataset, facts, group, (members, levels)), group) for group, members in groups.items()]
    return ibis.union(*tables) if len(tables) > 1 else (tables[0] if tables else None)


def _grouped(
    dataset: Dataset, facts: ir.Table, group: Group, wanted: tuple[list[Indicator], dict[str, Level]]
) -> ir.Table:
    """One scan of the facts for all indicators of a group, and their rows."""
    members, levels = wanted
    facts = _keyed(dataset, facts, group)
    facts = _newest(dataset, facts, [i for i in members if i.kind == "last"])
    made = [_aggregates(dataset, indicator, facts) for indicator in members]
    # The same number asked for by several indicators is reckoned once.
    named = {value.op(): f"v{at}" for at, value in enumerate(v for parts in made for v in parts if v is not None)}
    keys = ["unit", "period", "period_end", "kind", "item"]
    wide = facts.group_by(keys).aggregate(**{name: node.to_expr() for node, name in named.items()})
    cells = [
        _cell(
            indicator, levels[indicator.key], Aggregates(*(None if v is None else wide[named[v.op()]] for v in parts))
        )
        for indicator, parts in zip(members, made, strict=True)
    ]
    return _rows(wide.mutate(cell=ibis.array(cells).unnest()), members[0], group)


def _as_observations(rows: ir.Table, group: Group) -> ir.Table:
    # A count of nothing among rows that did come is a true zero; everything else without rows is no observation.
    some = (rows["n"] > 0) | rows["counts"] if not group.slice else rows["n"] > 0
    return rows.filter(rows["value"].notnull() & some).drop("counts", "scale", "hides")


def _as_parts(rows: ir.Table, group: Group) -> ir.Table:
    return rows.mutate(counts=rows["counts"] & (rows["slice"] == ""))


def _keyed(dataset: Dataset, facts: ir.Table, group: Group) -> ir.Table:
    """The facts with the columns they are grouped by."""
    period, end = period_at(facts, dataset.grain, group.grain)
    kind = _kind(facts[group.kind_column]) if group.kind_column else ibis.literal("actual")
    item = _text(facts[group.slice]) if group.slice else ibis.literal("")
    return facts.mutate(unit=facts["_unit"], period=period, period_end=end, kind=kind, item=item)


def _text(value: ir.Value) -> ir.StringValue:
    return value.cast("string").fill_null("")


def _kind(value: ir.Value) -> ir.StringValue:
    """A kind the centre knows; anything else is an actual value."""
    said = value.cast("string").strip().lower()
    return said.isin(KINDS).fill_null(False).ifelse(said, "actual")


def period_at(facts: ir.Table, own: str, grain: str) -> tuple[ir.StringValue, ir.DateValue]:
    """The period of a coarser grain and its last day; a row of a coarser period still (a year's plan) keeps it."""
    period, end = facts["_period"], facts["_end"]
    if own == grain:
        return period, end
    text, last = _AT[Grain(grain)](end)
    if Grain(grain).rank < Grain.YEAR.rank:
        whole_year = period.length() == 4
        return whole_year.ifelse(period, text), whole_year.ifelse(end, last)
    return text, last


def _at_month(end: ir.DateValue) -> tuple[ir.StringValue, ir.DateValue]:
    return end.strftime("%Y-%m"), _last_day(end, "M")


def _at_quarter(end: ir.DateValue) -> tuple[ir.StringValue, ir.DateValue]:
    return end.strftime("%Y") + "-Q" + end.quarter().cast("string"), _last_day(end, "Q")


def _at_half(end: ir.DateValue) -> tuple[ir.StringValue, ir.DateValue]:
    half = (end.month() <= 6).ifelse(1, 2)
    last = (end.month() <= 6).ifelse(ibis.date(end.year(), 6, 30), ibis.date(end.year(), 12, 31))
    return end.strftime("%Y") + "-H" + half.cast("string"), last


def _at_year(end: ir.DateValue) -> tuple[ir.StringValue, ir.DateValue]:
    return end.strftime("%Y"), _last_day(end, "Y")


def _last_day(end: ir.DateValue, unit: str) -> ir.DateValue:
    step = {"M": ibis.interval(months=1), "Q": ibis.interval(months=3), "Y": ibis.interval(years=1)}[unit]
    return (end.truncate(unit).cast("date") + step - ibis.interval(days=1)).cast("date")


def _at_day(end: ir.DateValue) -> tuple[ir.StringValue, ir.DateValue]:
    return end.strftime("%Y-%m-%d"), end


_AT: dict[Grain, Callable[[ir.DateValue], tuple[ir.StringValue, ir.DateValue]]] = {
    Grain.DAY: _at_day,
    Grain.MONTH: _at_month,
    Grain.QUARTER: _at_quarter,
    Grain.HALF: _at_half,
    Grain.YEAR: _at_year,
}


def _newest(dataset: Dataset, facts: ir.Table, lasts: list[Indicator]) -> ir.Table:
    """For stocks: whether a row is of the newest day of its group. A group of one day needs no window."""
    order = _order(dataset, facts)
    if not lasts or (order is None and all(i.grain == dataset.grain for i in lasts)):
        return facts
    day = facts["_end"] if order is None else order
    over = ibis.window(group_by=["unit", "period", "kind", "item"])
    newest = {_mark(i): day == day.max(where=_chosen(dataset, i, facts)).over(over) for i in lasts}
    return facts.mutate(**newest)


def _order(dataset: Dataset, facts: ir.Table) -> ir.DateValue | None:
    dated = {c.name for c in dataset.columns if c.type in ("date", "datetime")}
    return facts[dataset.period] if dataset.period in dated else None


def _mark(indicator: Indicator) -> str:
    return f"newest_{indicator.name.replace('-', '_')}"


def _chosen(dataset: Dataset, indicator: Indicator, facts: ir.Table) -> ir.BooleanValue | None:
    """The rows an indicator is about; None for all of them."""
    found = [c for c in (holds(indicator.where, dataset, facts), *matches(indicator.item, facts)) if c is not None]
    if _mark(indicator) in facts.columns:
        found.append(facts[_mark(indicator)].fill_null(False))
    return ibis.and_(*found) if found else None


def _aggregates(dataset: Dataset, indicator: Indicator, facts: ir.Table) -> Aggregates:
    where = _chosen(dataset, indicator, facts)
    if indicator.kind == "count":
        rows = _count(facts, where)
        return Aggregates(rows * indicator.scale, None, rows)
    if indicator.kind == "ratio":
        return _ratio(dataset, indicator, facts)
    column = facts[indicator.column]
    meant = _where(column, where)
    there = meant.count()
    if indicator.kind == "mean":
        return Aggregates(meant.cast("float64").sum(), there, there)
    if indicator.kind == "distinct":
        return Aggregates(column.nunique(where=where), None, there)
    if indicator.kind == "reported":
        # Two values for one cell: the one of the later period, then of the later row.
        newest = column.cast("float64").argmax(ibis.struct({"end": facts["_end"], "row": facts["_row"]}), where=where)
        return Aggregates(newest * indicator.scale, None, there)
    return Aggregates(meant.cast("float64").sum() * indicator.scale, None, there)


def _ratio(dataset: Dataset, indicator: Indicator, facts: ir.Table) -> Aggregates:
    """num: a column or the rows meeting `where`; den: `over` or the rows meeting `where_over` (absent: all rows)."""
    where, below = _chosen(dataset, indicator, facts), holds(indicator.where_over, dataset, facts)
    column = facts[indicator.column] if indicator.column else None
    num = _count(facts, where) if column is None else _where(column, where).cast("float64").sum()
    if indicator.over:
        over = _where(facts[indicator.over], below)
        return Aggregates(num, over.cast("float64").sum(), over.count())
    rows = _count(facts, below)
    return Aggregates(num, rows, rows)


def _count(facts: ir.Table, where: ir.BooleanValue | None) -> Any:
    return facts.count() if where is None else _where(ibis.literal(1), where).count()


def _where(value: ir.Value, where: ir.BooleanValue | None) -> Any:
    """The value in the rows meant, nothing in the others: an engine reckons that faster than an aggregate's filter."""
    return value if where is None else where.ifelse(value, ibis.null(value.type()))


def _cell(indicator: Indicator, level: Level, parts: Aggregates) -> ir.StructValue:
    """What is an indicator's own in its row."""
    num, none = parts.num.cast("float64"), ibis.null("float64")
    den = none if parts.den is None else parts.den.cast("float64")
    return ibis.struct(
        {
            "indicator": ibis.literal(indicator.key),
            "level": ibis.literal(int(level), "int16"),
            "scale": none if parts.den is None else ibis.literal(float(indicator.scale), "float64"),
            "count": ibis.literal(indicator.kind == "count"),
            "hides": ibis.literal(indicator.kind == "ratio"),
            "num": num,
            "den": den,
            "n": parts.n.cast("int64"),
        }
    )


def _rows(laid: ir.Table, any_of: Indicator, group: Group) -> ir.Table:
    """The rows of a group, in the order of the `observations` table, with what tells whether they are any."""
    cell = laid["cell"]
    share = (cell["den"] != 0).ifelse(cell["num"] / cell["den"] * cell["scale"], ibis.null("float64"))
    return laid.select(
        pack=ibis.literal(any_of.pack),
        dataset=ibis.literal(any_of.dataset),
        indicator=cell["indicator"],
        level=cell["level"],
        unit=laid["unit"],
        grain=_grain(laid["period"]),
        period=laid["period"],
        period_end=laid["period_end"],
        kind=laid["kind"],
        slice=ibis.literal(group.slice),
        item=laid["item"],
        value=cell["scale"].isnull().ifelse(cell["num"], share),
        num=cell["num"],
        den=cell["den"],
        n=cell["n"],
        counts=cell["count"],
        scale=cell["scale"],
        hides=cell["hides"],
    )


def _grain(period: ir.StringValue) -> ir.StringValue:
    """The grain of a canonical period, by its form."""
    return ibis.cases(
        (period.length() == 4, "year"),
        (period.contains("Q"), "quarter"),
        (period.contains("H"), "half"),
        (period.length() == 7, "month"),
        else_="day",
    )
