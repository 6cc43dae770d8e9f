"""Tries a connection before it is saved: fetches one small parcel and shows its first rows as the dataset's columns.

Never: saves anything, opens a Run, changes anything at the other side.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow.csv

from haidang.catalog import calendar
from haidang.catalog.declared import Dataset, Source, declared
from haidang.intake import clock, headings
from haidang.intake.connectors import Order, Parcel, kind
from haidang.intake.formats import Arrival, RawTable, open_tables
from haidang.intake.models import SourceState
from haidang.intake.sources import orders, seal, timing
from haidang.store.landing import home
from haidang.words.errors import BadQuestion, HaiDangError, IntakeStopped, NotNow, Problem
from haidang.words.nouns import Label

ROWS = 10
STREAM_SECONDS = 10.0
_LARGEST = 64 << 20


@dataclass(frozen=True)
class Preview:
    """What a trial found.

    `columns`: (name, title) of the dataset's columns that were met, in its order; `rows`: at most ten, each the text
    of those columns; `unmapped`: headings nobody asked for; `missing`: columns that must stand and do not; `problems`:
    what is wrong, for `words.texts.say`; `name`, `size`: the parcel (bytes); `seconds`: how long it took.
    """

    columns: tuple[tuple[str, Label], ...] = ()
    rows: tuple[tuple[str | None, ...], ...] = ()
    unmapped: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    name: str = ""
    size: int = 0
    seconds: float = 0.0
    reached: bool = False  # the other side answered


def trial(source: str, values: Mapping[str, str], secrets: Mapping[str, str]) -> Preview:
    """Fetch one parcel with these settings (secrets not named: those that are kept); what goes wrong is in `problems`.

    Raises Absent('unknown-source').
    """
    noun, began = declared().source(source), time.monotonic()
    place = home() / "scratch"
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place, prefix="trial-") as folder:
        try:
            parcel = _one(noun, _order(noun, values, secrets, Path(folder)))
        except HaiDangError as error:
            return Preview(problems=(_problem(error),), seconds=round(time.monotonic() - began, 2))
        if parcel is None:
            return Preview(
                problems=(Problem("nothing-came"),), seconds=round(time.monotonic() - began, 2), reached=True
            )
        return _shown(noun, parcel, Path(folder), time.monotonic() - began)


def _order(source: Source, values: Mapping[str, str], secrets: Mapping[str, str], folder: Path) -> Order:
    """As a fetch would be asked, with nothing kept. Raises BadQuestion, IntakeStopped."""
    plain, hidden = orders.said(source.key, values, secrets)
    state = SourceState.objects.filter(pk=source.key).first() or SourceState(source=source.key)
    hidden = {**seal.unseal(state.sealed), **{name: value for name, value in hidden.items() if value}}
    known = orders.merged(source, {**state.values, **plain}, hidden)
    if lacking := orders.lacking(source, known):
        raise BadQuestion("setting-missing", found=", ".join(lacking))
    more: dict[str, Any] = {"largest": _LARGEST, "trial": True}
    if orders.windowed(known):
        more["end"] = clock.now()
        more["start"] = _last_stretch(source)
    state.values = {**state.values, **plain}
    state.sealed, state.cursor = seal.seal(hidden), {}
    return orders.order(source, state, folder, **more)


def _last_stretch(source: Source) -> Any:
    now = clock.now()
    if source.schedule is None:
        return now - timedelta(days=1)
    return timing.windows(source.schedule, now - timedelta(days=40), now, calendar.working)[-1].start


def _one(source: Source, order: Order) -> Parcel | None:
    how = orders.mode(source.connector)
    if how == orders.PULL:
        return next(iter(kind(source.connector).fetch(order)), None)
    if how == orders.STREAM:
        return _first_of_stream(source, order)
    raise NotNow("push-has-no-trial" if how == orders.PUSH else "not-a-pull", found=source.key)


def _first_of_stream(source: Source, order: Order) -> Parcel | None:
    """Listen until one batch has come, at most STREAM_SECONDS."""
    stop, found = threading.Event(), []

    def keep(parcel: Parcel) -> str:
        found.append(parcel)
        stop.set()
        return "trial"

    clockwork = threading.Timer(STREAM_SECONDS, stop.set)
    clockwork.start()
    try:
        kind(source.connector).listen(order, keep, stop)
    finally:
        clockwork.cancel()
    return found[0] if found else None


def _shown(source: Source, parcel: Parcel, folder: Path, seconds: float) -> Preview:
    dataset = declared().dataset(source.dataset)
    facts: dict[str, Any] = {"name": parcel.name, "size": parcel.path.stat().st_size, "reached": True}
    facts["seconds"] = round(seconds, 2)
    apart = folder / "read"
    apart.mkdir()
    arrival = Arrival(parcel.path, parcel.name, dataset, apart, source.format, dict(source.read))
    try:
        table = next(iter(open_tables(arrival)), None)
    except HaiDangError as error:
        return Preview(problems=(_problem(error),), **facts)
    if table is None:
        return Preview(problems=(Problem("nothing-came"),), **facts)
    return _mapped(table, dataset, facts)


def _mapped(table: RawTable, dataset: Dataset, facts: dict[str, Any]) -> Preview:
    met = headings.match(table.columns, dataset)
    columns = [column for column in dataset.columns if column.name in met.at]
    missing = [column for column in headings.must_stand(dataset) if column.name not in met.at]
    problems = tuple(
        Problem("missing-column", table.where, expected=c.name, nearest=headings.nearest(c, table.columns))
        for c in missing
    )
    rows = tuple(tuple(row[met.at[column.name]] for column in columns) for row in _first_rows(table))
    return Preview(
        columns=tuple((column.name, column.title) for column in columns),
        rows=rows,
        unmapped=met.unknown,
        missing=tuple(column.name for column in missing),
        problems=problems,
        **facts,
    )


def _first_rows(table: RawTable) -> list[tuple[str | None, ...]]:
    """The first ROWS rows as text, cut to what a screen shows."""
    if table.arrow is not None:
        found = table.arrow.slice(0, ROWS)
    elif table.csv is not None:
        found = _from_csv(table)
    else:
        return []
    lists = [column.to_pylist() for column in found.columns]
    return [tuple(None if cell in (None, "") else str(cell)[:200] for cell in row) for row in zip(*lists, strict=True)]


def _from_csv(table: RawTable) -> Any:
    names = [f"c{n}" for n in range(len(table.columns))]
    text = dict.fromkeys(names, pyarrow.string())
    with pyarrow.csv.open_csv(
        table.csv,
        read_options=pyarrow.csv.ReadOptions(column_names=names, block_size=1 << 20),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(column_types=text, strings_can_be_null=True),
    ) as reader:
        return pyarrow.Table.from_batches([reader.read_next_batch()]).slice(0, ROWS)


def _problem(error: HaiDangError) -> Problem:
    if isinstance(error, IntakeStopped):
        return error.problem
    facts = {name: str(value) for name, value in error.facts.items()}
    own = {name: facts.pop(name, "") for name in ("where", "found", "expected", "nearest")}
    return Problem(error.code, **own, facts=tuple(facts.items()))
