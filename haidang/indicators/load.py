"""What is read for a set of questions: observations, the ledger of arrivals, and distinct counts from the facts.

One query for the observations of all questions, none when nothing has landed since: pages are kept per snapshot and
per what the gate lets through (never per user). The oldest shelves are let go.
Never: decides a right, adds anything up.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir

from haidang.access import gate
from haidang.catalog.declared import declared
from haidang.catalog.places import register
from haidang.indicators.book import COLUMNS, Book, Page, sorted_by_page
from haidang.indicators.conditions import holds, matches
from haidang.indicators.quality import Ledger, ledger_of
from haidang.indicators.reckon import Memory, Wanted, World
from haidang.words.errors import Absent, Denied
from haidang.words.nouns import Actor
from haidang.words.places import LEVELS, Unit

MOST_SHELVES = 24
MOST_ROWS = 1_500_000
"""Bounds of what is kept in memory, about 400 bytes a row."""
MANY_UNITS = 5_000
"""From so many units on it is quicker to read them all than to name them."""

PageKey = tuple[str, str]
Key = tuple[object, ...]
"""What was read from: a snapshot and a cut of it."""


@dataclass
class Shelf:
    """The pages of one snapshot, scope and territory, and what was worked out from them."""

    pages: dict[PageKey, Page] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)

    @property
    def size(self) -> int:
        return sum(page.size for page in self.pages.values())


_shelves: OrderedDict[Key, Shelf] = OrderedDict()
_ledgers: OrderedDict[Key, Ledger] = OrderedDict()
_counts: OrderedDict[Key, dict[Wanted, int | None]] = OrderedDict()
_lock = threading.RLock()


def forget() -> None:
    """Let go of everything kept (tests; a home that was restored from a backup)."""
    with _lock:
        for kept in (_shelves, _ledgers, _counts):
            kept.clear()


@dataclass(frozen=True)
class Reach:
    """Which observations are wanted: pages, and the places they must be of (None: all)."""

    pages: frozenset[PageKey]
    units: frozenset[str] | None
    world: World


class Read(NamedTuple):
    """A book, the key of what it was read from (snapshot and cut), and what was worked out from it before."""

    book: Book
    key: Key
    memory: Memory


def reach(pages: frozenset[PageKey], places: Iterable[Unit], world: World) -> Reach:
    """The places whose observations can matter for these: their territories and whoever brought ground into them."""
    units: set[str] = set()
    known = world.register
    for place in dict.fromkeys(places):
        if place.level == LEVELS[0]:
            return Reach(pages, None, world)
        units |= known.territory(place.id) | {step.old for step in known.predecessors(place.id)}
    return Reach(pages, frozenset(units) if len(units) < MANY_UNITS else None, world)


def observations(who: Actor, wanted: Reach, as_of: date | None) -> Read:
    """The book for these pages."""
    try:
        rows = gate.observations(who, as_of=as_of)
    except (Absent, Denied):
        return Read(Book({}), ("nothing", as_of), Memory())
    # The cut table itself is the key: equal expressions over one snapshot show the same rows, whoever asks.
    key = (rows.snapshot, rows.table.op())
    with _lock:
        shelf = _shelf((*key, wanted.units, wanted.world.home, wanted.world.today, wanted.world.register))
        missing = wanted.pages - shelf.pages.keys()
        if missing:
            _fill(shelf, missing, rows.table, wanted)
            _let_go()
            shelf.memory = Memory()  # a formula may have met a page that was not there yet
        shelf.memory = shelf.memory.bounded()
        return Read(Book(dict(shelf.pages)), key, shelf.memory)


def _shelf(key: Key) -> Shelf:
    shelf = _shelves.setdefault(key, Shelf())
    _shelves.move_to_end(key)
    return shelf


def _fill(shelf: Shelf, missing: frozenset[PageKey], table: ir.Table, wanted: Reach) -> None:
    found = sorted_by_page(gate.fetch(_chosen(table, missing, wanted.units)))
    for page in missing:
        shelf.pages[page] = Page(found.get(page, ()), wanted.world.home)


def _chosen(table: ir.Table, pages: frozenset[PageKey], units: frozenset[str] | None) -> ir.Table:
    indicators, slices = sorted({i for i, _ in pages}), sorted({s for _, s in pages})
    chosen = table.filter(table["indicator"].isin(indicators), table["slice"].isin(slices))
    if units is not None:
        chosen = chosen.filter(chosen["unit"].isin(sorted(units | {""})))
    return chosen.select(*COLUMNS)


def _let_go() -> None:
    while len(_shelves) > 1 and (len(_shelves) > MOST_SHELVES or sum(s.size for s in _shelves.values()) > MOST_ROWS):
        _shelves.popitem(last=False)


def _trim(kept: OrderedDict[Key, Any]) -> None:
    while len(kept) > MOST_SHELVES:
        kept.popitem(last=False)


def ledger(who: Actor, key: Key, as_of: date | None) -> Ledger:
    """Arrivals and open rejects; read once per snapshot and scope."""
    with _lock:
        if key not in _ledgers:
            _ledgers[key] = _read_ledger(who, as_of)
            _trim(_ledgers)
        _ledgers.move_to_end(key)
        return _ledgers[key]


def _read_ledger(who: Actor, as_of: date | None) -> Ledger:
    try:
        runs = gate.ledger(who, "runs", as_of=as_of).table
        rejects = gate.ledger(who, "rejects", as_of=as_of).table
    except (Absent, Denied):
        return Ledger()
    both = ibis.union(_run_rows(runs), _reject_rows(rejects))
    rows = gate.fetch(both)
    return ledger_of((r for r in rows if r["run"]), (r for r in rows if not r["run"]))


def _run_rows(runs: ir.Table) -> ir.Table:
    return runs.select(
        "dataset",
        "run",
        "file",
        landed_at=runs["landed_at"].cast("timestamp"),  # the store says timestamp(6), which no null of ours is
        unit=ibis.literal(""),
        code=ibis.literal(""),
        count=runs["landed"],
    )


def _reject_rows(rejects: ir.Table) -> ir.Table:
    rejects = rejects.filter(rejects["state"] == "open")
    counted = rejects.group_by(["dataset", "unit", "code"]).aggregate(count=rejects.count())
    return counted.select(
        "dataset",
        run=ibis.literal(""),
        file=ibis.literal(""),
        landed_at=ibis.null("timestamp"),
        unit=counted["unit"].fill_null(""),
        code=counted["code"],
        count=counted["count"],
    )


def distinct(who: Actor, key: Key, wanted: Iterable[Wanted], as_of: date | None) -> dict[Wanted, int | None]:
    """Distinct counts from the facts: one query per dataset, whatever the number of counts. None: the actor may not.

    `key` as `observations` gave it: who sees the same observations of a snapshot may count the same facts.
    """
    with _lock:
        kept = _counts.setdefault(key, {})
        by_dataset: dict[str, list[Wanted]] = {}
        for one in wanted:
            if one not in kept:
                by_dataset.setdefault(declared().indicator(one.what.indicator).dataset, []).append(one)
        for dataset, counts in by_dataset.items():
            kept |= _distinct_of(who, dataset, counts, as_of)
        _trim(_counts)
        return {one: kept[one] for one in wanted}


def _distinct_of(who: Actor, dataset: str, counts: list[Wanted], as_of: date | None) -> dict[Wanted, int | None]:
    nothing: dict[Wanted, int | None] = dict.fromkeys(counts)
    try:
        facts = gate.rows(who, dataset, as_of=as_of).table
    except (Absent, Denied):
        return nothing
    columns = {f"c{i}": count for i, one in enumerate(counts) if (count := _count(facts, one)) is not None}
    row: dict[str, Any] = gate.fetch(facts.aggregate(**columns))[0] if columns else {}
    return {one: row.get(f"c{i}") for i, one in enumerate(counts)}


def _count(facts: ir.Table, wanted: Wanted) -> ir.Value | None:
    indicator = declared().indicator(wanted.what.indicator)
    if indicator.column not in facts.columns:
        return None  # above the actor's level
    dataset = declared().dataset(indicator.dataset)
    tests = [facts["_end"].between(wanted.start, wanted.end), *matches(indicator.item, facts)]
    if (condition := holds(indicator.where, dataset, facts)) is not None:
        tests.append(condition)
    if wanted.what.slice:
        tests += matches(((wanted.what.slice, wanted.what.item),), facts)
    if len(wanted.units) < len(register()):
        tests.append(facts["_unit"].isin(sorted(wanted.units)))
    return facts[indicator.column].nunique(where=ibis.and_(*tests))
