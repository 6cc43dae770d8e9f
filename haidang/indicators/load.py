"""What is read for a set of questions: observations, the ledger of arrivals, and distinct counts from the facts.

One query for the observations of all questions, none when nothing has landed since. Pages are kept per cut of the gate
(never per user) and by the landing their dataset last had: after a landing only what it may have changed is read again,
and earlier days share whatever had not changed. What was used longest ago is let go.
Never: decides a right, adds anything up.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir

from haidang.access import gate
from haidang.catalog.declared import declared
from haidang.catalog.places import register
from haidang.indicators.book import COLUMNS, Book, Page, by_page
from haidang.indicators.conditions import holds, matches, needs
from haidang.indicators.quality import Ledger, ledger_of
from haidang.indicators.reckon import Wanted, World
from haidang.intake import derive
from haidang.words.errors import Absent, Denied
from haidang.words.nouns import Actor
from haidang.words.places import LEVELS, Unit

MOST_LEDGERS = 24
MOST_COUNTS = 20_000
MOST_ROWS = 1_500_000
"""Bounds of what is kept in memory, about 400 bytes a row."""
MANY_UNITS = 5_000
"""From so many units on it is quicker to read them all than to name them."""
PAGE_WEIGHT = 50
"""What an empty page weighs, in rows."""

PageKey = tuple[str, str]
Units = frozenset[str] | None
"""Unit ids; None is every place."""


_pages: OrderedDict[Hashable, Page] = OrderedDict()
_ledgers: OrderedDict[Hashable, Ledger] = OrderedDict()
_counts: OrderedDict[Hashable, int | None] = OrderedDict()
_lock = threading.RLock()


def forget() -> None:
    """Let go of everything kept (tests; a home that was restored from a backup)."""
    with _lock:
        _pages.clear()
        _ledgers.clear()
        _counts.clear()


@dataclass(frozen=True)
class Reach:
    """Which observations are wanted: pages, each with the places it must hold."""

    pages: Mapping[PageKey, Units]
    world: World


class Read(NamedTuple):
    """A book, and what it was read from: the snapshot (None: nothing had landed), the cut, the datasets' versions."""

    book: Book
    snapshot: int | None = None
    cut: Hashable = None
    versions: Mapping[str, int] = {}

    def version(self, indicator: str) -> int:
        """When the indicator's dataset last landed; 0: never."""
        return self.versions.get(declared().indicator(indicator).dataset, 0)


def reach(wanted: Iterable[tuple[Iterable[PageKey], Unit]], world: World) -> Reach:
    """For pages of places: the places whose observations can matter, page by page."""
    found: dict[PageKey, Units] = {}
    around: dict[str, Units] = {}
    for pages, place in wanted:
        if place.id not in around:
            around[place.id] = _around(place, world)
        units = around[place.id]
        for page in pages:
            found[page] = units if page not in found else _both(found[page], units)
    return Reach(found, world)


def _both(one: Units, other: Units) -> Units:
    return one if one is other else None if one is None or other is None else one | other


def _around(place: Unit, world: World) -> Units:
    """A place's territory and whoever brought ground into it."""
    if place.level == LEVELS[0]:
        return None
    units = world.register.territory(place.id) | {step.old for step in world.register.predecessors(place.id)}
    return units if len(units) < MANY_UNITS else None


def observations(who: Actor, wanted: Reach, as_of: date | None) -> Read:
    """The book for these pages."""
    try:
        rows = gate.observations(who, as_of=as_of)
    except (Absent, Denied):
        return Read(Book({}))
    with _lock:
        read = Read(Book({}), rows.snapshot, rows.cut, gate.versions(rows.snapshot))
        found = {page: kept for page in wanted.pages if (kept := _kept(read, page, wanted)) is not None}
        missing = {page: units for page, units in wanted.pages.items() if page not in found}
        if missing:
            found |= _filled(read, missing, rows.table, wanted.world)
            _let_go()
        return read._replace(book=Book(found))


def _key(read: Read, page: PageKey, units: Units, world: World) -> Hashable:
    return (page, read.version(page[0]), units, read.cut, world.home, world.register)


def _kept(read: Read, page: PageKey, wanted: Reach) -> Page | None:
    """The page as it was read before, of these places or of all."""
    for units in dict.fromkeys((None, wanted.pages[page])):
        key = _key(read, page, units, wanted.world)
        if key in _pages:
            _pages.move_to_end(key)
            return _pages[key]
    return None


def _filled(read: Read, missing: Mapping[PageKey, Units], table: ir.Table, world: World) -> dict[PageKey, Page]:
    columns = gate.columns(_chosen(table, missing))
    rows, blank = by_page(columns), dict.fromkeys(COLUMNS, ())
    pages = {page: Page(rows.get(page, blank), world.home) for page in missing}
    for page, units in missing.items():
        _pages[_key(read, page, units, world)] = pages[page]
    return pages


def _chosen(table: ir.Table, pages: Mapping[PageKey, Units]) -> ir.Table:
    alike: dict[Units, list[PageKey]] = {}
    for page, units in pages.items():
        alike.setdefault(units, []).append(page)
    return table.filter(ibis.or_(*(_of(table, found, units) for units, found in alike.items()))).select(*COLUMNS)


def _of(table: ir.Table, pages: list[PageKey], units: Units) -> ir.BooleanValue:
    indicators, slices = sorted({i for i, _ in pages}), sorted({s for _, s in pages})
    chosen = table["indicator"].isin(indicators) & table["slice"].isin(slices)
    if units is None:
        return chosen
    # One literal, not hundreds: the expression is built and compiled in a tenth of the time.
    return chosen & ibis.literal(sorted(units | {""}), type="array<string>").contains(table["unit"])


def _let_go() -> None:
    weight = sum(page.size + page.memory.size + PAGE_WEIGHT for page in _pages.values())
    while weight > MOST_ROWS and len(_pages) > 1:
        _, page = _pages.popitem(last=False)
        weight -= page.size + page.memory.size + PAGE_WEIGHT


def ledger(who: Actor, read: Read) -> Ledger:
    """Arrivals and open rejects; read once per snapshot and cut."""
    if read.snapshot is None:
        return Ledger()
    key = (read.snapshot, read.cut)
    with _lock:
        if key not in _ledgers:
            _ledgers[key] = _read_ledger(who, read.snapshot)
            while len(_ledgers) > MOST_LEDGERS:
                _ledgers.popitem(last=False)
        _ledgers.move_to_end(key)
        return _ledgers[key]


def _read_ledger(who: Actor, snapshot: int) -> Ledger:
    try:
        runs = gate.ledger(who, "runs", snapshot=snapshot).table
        rejects = gate.ledger(who, "rejects", snapshot=snapshot).table
        observed = gate.observations(who, snapshot=snapshot).table
    except (Absent, Denied):
        return Ledger()
    # Arrivals alone: a row that tells of new declarations brought nothing.
    runs = runs.filter(~runs["digest"].startswith(derive.REDECLARED))
    rows = gate.fetch(ibis.union(_run_rows(runs, observed), _total_rows(runs), _reject_rows(rejects)))
    totals = [row for row in rows if not row["run"] and row["landed_at"]]
    aside = (row for row in rows if not row["run"] and not row["landed_at"])
    return ledger_of((row for row in rows if row["run"]), aside, totals)


def _run_rows(runs: ir.Table, observed: ir.Table) -> ir.Table:
    """The arrivals numbers come from: of a stream's thousands of arrivals few are still beneath a number."""
    beneath = runs.semi_join(observed.select("run").distinct(), "run")
    return beneath.select(
        "dataset",
        "run",
        "file",
        landed_at=beneath["landed_at"].cast("timestamp"),  # the store says timestamp(6), which no null of ours is
        unit=ibis.literal(""),
        code=ibis.literal(""),
        count=beneath["landed"],
        simulated=beneath["simulated"].fill_null(False),
    )


def _total_rows(runs: ir.Table) -> ir.Table:
    """Of each dataset: when it last arrived, and how many rows it has landed in all."""
    totals = runs.group_by("dataset").aggregate(newest=runs["landed_at"].max(), landed=runs["landed"].sum())
    return totals.select(
        "dataset",
        run=ibis.literal(""),
        file=ibis.literal(""),
        landed_at=totals["newest"].cast("timestamp"),
        unit=ibis.literal(""),
        code=ibis.literal(""),
        count=totals["landed"].cast("int64"),
        simulated=ibis.literal(False),
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
        simulated=ibis.literal(False),
    )


def distinct(who: Actor, read: Read, wanted: Iterable[Wanted]) -> dict[Wanted, int | None]:
    """Distinct counts from the facts: one query per dataset, whatever the number of counts. None: the actor may not.

    `read`: what `observations` gave; who sees the same cut of the observations may count the same facts.
    """
    with _lock:
        keys = {one: (one, read.version(one.what.indicator), read.cut) for one in wanted}
        by_dataset: dict[str, list[Wanted]] = {}
        for one, key in keys.items():
            if key not in _counts:
                by_dataset.setdefault(declared().indicator(one.what.indicator).dataset, []).append(one)
        for dataset, counts in by_dataset.items():
            _counts.update(
                {keys[one]: count for one, count in _distinct_of(who, dataset, counts, read.snapshot).items()}
            )
        found = {one: _counts[key] for one, key in keys.items()}
        while len(_counts) > MOST_COUNTS:
            _counts.popitem(last=False)
        return found


def _distinct_of(who: Actor, dataset: str, counts: list[Wanted], snapshot: int | None) -> dict[Wanted, int | None]:
    nothing: dict[Wanted, int | None] = dict.fromkeys(counts)
    try:
        facts = gate.beneath(who, dataset, snapshot=snapshot).table
    except (Absent, Denied):
        return nothing
    columns = {f"c{i}": count for i, one in enumerate(counts) if (count := _count(facts, one)) is not None}
    row: dict[str, Any] = gate.fetch(facts.aggregate(**columns))[0] if columns else {}
    return {one: row.get(f"c{i}") for i, one in enumerate(counts)}


def _count(facts: ir.Table, wanted: Wanted) -> ir.Value | None:
    indicator = declared().indicator(wanted.what.indicator)
    dataset = declared().dataset(indicator.dataset)
    slices = {wanted.what.slice} - {""}
    named = {indicator.column, *(name for name, _ in indicator.item), *needs(indicator.where, dataset), *slices}
    if not named <= set(facts.columns):
        return None  # above the actor's level
    tests = [facts["_end"].between(wanted.start, wanted.end), *matches(indicator.item, facts)]
    if (condition := holds(indicator.where, dataset, facts)) is not None:
        tests.append(condition)
    if wanted.what.slice:
        tests += matches(((wanted.what.slice, wanted.what.item),), facts)
    if len(wanted.units) < len(register()):
        tests.append(facts["_unit"].isin(sorted(wanted.units)))
    return facts[indicator.column].nunique(where=ibis.and_(*tests))
