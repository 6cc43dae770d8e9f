"""The facts behind an answer, page by page, as the actor may see them.

Never: makes a number but the count of rows; shows a column above the actor's level (the gate has cut it).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

import ibis
import ibis.expr.types as ir

from haidang.access import gate
from haidang.access.personal import digests
from haidang.catalog.declared import Column, Dataset, Indicator, declared
from haidang.catalog.nearest import nearest, some
from haidang.catalog.places import register
from haidang.indicators import formula, spans
from haidang.indicators.amounts import MASKED
from haidang.indicators.conditions import holds, matches, needs
from haidang.words.errors import Absent, BadQuestion, Denied
from haidang.words.nouns import Actor, Answer, Question, Scope, Subject

MOST_ROWS = 100_000
"""A page is never larger: who wants more takes the dataset."""
SYSTEM = ("_run", "_row", "_unit", "_period", "_mark")


@dataclass(frozen=True)
class Records:
    """A page of facts behind a question: columns (name, vi, en, unit), rows as text-ready values, total count.

    Every row also has where it came from: `_run _row _unit _period _mark`.
    """

    dataset: str
    columns: tuple[tuple[str, str, str, str], ...]
    rows: tuple[dict[str, Any], ...]
    total: int
    scope: Scope
    masked: tuple[str, ...] = ()  # columns left out for the actor's level
    covered: tuple[str, ...] = ()  # columns shown, behind a mask where they may not be seen
    clear: tuple[str, ...] = ()  # personal columns shown in clear
    few: bool = False  # there are some, but fewer persons than may be told apart: neither rows nor their number


@dataclass(frozen=True)
class Paging:
    """Which page, in what order (`column` or `-column`), and what to look for."""

    limit: int
    offset: int
    sort: str
    search: str


def records(
    question: Question, who: Actor, *, limit: int = 50, offset: int = 0, sort: str = "", search: str = ""
) -> Records:
    """The facts behind the answer, as the actor may see them. Raises Absent, Denied, BadQuestion."""
    from haidang.indicators.answer import answer  # the face itself asks for this module

    answered = answer(replace(question, by="", compare=(), history=0), who)
    indicator = _with_facts(declared().indicator(question.indicator))
    dataset = declared().dataset(indicator.records or indicator.dataset)
    if dataset.aggregates_only:
        raise Denied("aggregates-only", dataset=dataset.key)
    # An open number may rest on rows that are not: whoever does not see all rows of the place sees none of them here.
    place = frozenset({answered.facts["unit"]})
    here = gate.require(who, "read", Subject(dataset.pack, dataset.key, dataset.level, place))
    try:
        rows = gate.rows(who, dataset.key, as_of=question.as_of, counted=True)
    except Absent as error:
        if error.code != "no-such-table":
            raise
        return Records(dataset.key, (), (), 0, Scope(dataset.level, None))
    if not _needed((dataset, indicator), answered) <= set(rows.table.columns) - set(rows.covered):
        # Which rows they are would tell what stands in a column one may not see.
        raise Denied("no-grant")
    paging = Paging(max(0, min(limit, MOST_ROWS)), max(0, offset), sort, search)
    found = _page((dataset, indicator), rows, _chosen(rows.table, (dataset, indicator), answered), paging)
    if dataset.person and (answered.reason == MASKED or 0 < found.total < here.floor):
        return replace(found, rows=(), total=0, clear=(), few=True)
    if found.clear:
        gate.shown(who, dataset.key, _looked(found, answered, paging))
    return found


def _looked(found: Records, answered: Answer, paging: Paging) -> str:
    """A look for the trace. What was searched for may be a person's name: its digest alone tells whether it was."""
    about = f"rows={len(found.rows)} of={found.total} place={answered.place} period={answered.period}"
    where = "".join(f" {name}={item}" for name, item in answered.question.where)
    as_of = f" as-of={answered.question.as_of}" if answered.question.as_of else ""
    search = f" search={digests.digest(toneless(paging.search))[:16]}" if paging.search.strip() else ""
    return f"{about}{where}{as_of}{search} columns={','.join(found.clear)}"


def _with_facts(indicator: Indicator) -> Indicator:
    """The indicator itself; of a formula that names no records the first part that has facts of its own."""
    if indicator.records:
        return indicator
    if indicator.kind == "formula":
        return _with_facts(declared().indicator(formula.references(indicator)[0]))
    if not indicator.dataset:
        raise Absent("no-such-table", found=indicator.key)
    return indicator


def _needed(noun: tuple[Dataset, Indicator], answered: Answer) -> frozenset[str]:
    """The columns by which the rows are chosen."""
    dataset, indicator = noun
    if indicator.records:
        return needs(indicator.records_where, dataset) | {indicator.records_from, indicator.records_to} - {""}
    return needs(_condition(indicator), dataset) | {name for name, _ in (*indicator.item, *answered.question.where)}


def _condition(indicator: Indicator) -> str:
    counts_rows = indicator.kind == "ratio" and not indicator.column
    return indicator.where_over if counts_rows else indicator.where


def _chosen(facts: ir.Table, noun: tuple[Dataset, Indicator], answered: Answer) -> ir.Table:
    """The rows of the indicator, of the answer's place and period."""
    if not answered.period:
        return facts.filter(ibis.literal(False))
    span = spans.read(answered.period, cumulative=answered.question.cumulative)
    tests = _named(facts, noun, span) if noun[1].records else _own(facts, noun, answered, span)
    units = _units(answered)
    return facts.filter(*tests) if units is None else facts.filter(*tests, facts["_unit"].isin(sorted(units)))


def _named(facts: ir.Table, noun: tuple[Dataset, Indicator], span: spans.Span) -> list[ir.BooleanValue]:
    """Of the dataset the indicator names: those of the period, or those that stood on its last day."""
    dataset, indicator = noun
    held = holds(indicator.records_where, dataset, facts)
    tests = [] if held is None else [held]
    if not indicator.records_from:
        return [*tests, _within(facts, span)]
    last = ibis.literal(span.last.end)
    began, ended = facts[indicator.records_from].cast("date"), facts[indicator.records_to].cast("date")
    return [*tests, began <= last, ended.isnull() | (ended > last)]


def _within(facts: ir.Table, span: spans.Span) -> ir.BooleanValue:
    first = span.last.to_date()[0] if span.cumulative else span.asked[0]
    return facts["_end"].between(first.start, span.last.end)


def _own(facts: ir.Table, noun: tuple[Dataset, Indicator], answered: Answer, span: spans.Span) -> list[ir.BooleanValue]:
    dataset, indicator = noun
    tests = [*matches(indicator.item, facts), *matches(answered.question.where, facts)]
    if (held := holds(_condition(indicator), dataset, facts)) is not None:
        tests.append(held)
    return [*tests, _within(facts, span)]


def _units(answered: Answer) -> frozenset[str] | None:
    """The units of the place's ground; None for the country. Rows without a place are the home place's."""
    from django.conf import settings

    known = register()
    unit = known.unit(answered.facts["unit"])
    if unit.level == "country":
        return None
    inside = known.territory(unit.id)
    today = date.fromisoformat(answered.facts["today"])
    return inside | {""} if known.resolve(settings.PLACE, today).id in inside else inside


def _page(noun: tuple[Dataset, Indicator], rows: gate.Rows, chosen: ir.Table, paging: Paging) -> Records:
    dataset, _ = noun
    shown = [column for column in dataset.columns if column.name in chosen.columns]
    left_out = tuple(column.name for column in dataset.columns if column.name not in chosen.columns)
    chosen = _found(chosen, shown, paging.search)
    total = int(gate.fetch(chosen.aggregate(total=chosen.count()))[0]["total"])
    page = chosen.order_by(_order(chosen, shown, paging.sort)).limit(paging.limit, offset=paging.offset)
    found = gate.fetch(page.select(*(c.name for c in shown), *SYSTEM)) if total else []
    return Records(
        dataset.key,
        tuple((c.name, c.title.vi, c.title.en, c.unit) for c in shown),
        tuple({name: _ready(value) for name, value in row.items()} for row in found),
        total,
        rows.scope,
        left_out,
        rows.covered,
        rows.clear,
    )


def _found(table: ir.Table, columns: list[Column], search: str) -> ir.Table:
    """Rows with the words in any column they may see, tones and case aside."""
    wanted = toneless(search)
    if not wanted or not columns:
        return table
    texts = (digests.strip_accents(table[c.name].cast("string").lower().replace("đ", "d")) for c in columns)
    return table.filter(reduce(or_, (text.contains(wanted).fill_null(False) for text in texts)))


def toneless(text: str) -> str:
    """Lower case, no tones, đ → d."""
    parted = unicodedata.normalize("NFD", text.strip().lower().replace("đ", "d"))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def _order(table: ir.Table, columns: list[Column], sort: str) -> list[ir.Value]:
    tie = [table["_run"], table["_row"]]
    if not sort:
        return [table["_end"].desc(), *tie]
    name = sort.removeprefix("-")
    known = [column.name for column in columns]
    if name not in known:
        raise BadQuestion("unknown-column", found=name[:60], expected=some(known), nearest=nearest(name, known))
    column = table[name]
    return [column.desc(nulls_first=False) if sort.startswith("-") else column.asc(nulls_first=False), *tie]


def _ready(value: Any) -> Any:
    """Plain JSON values: dates as ISO 8601, decimals as numbers."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
