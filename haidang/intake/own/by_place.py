"""Per dataset, place and day: rows that landed, were wrong or repeated, or wait to be mended.

Of the places a row's own unit says; rows of no known place, and of units that are no more, are not told here. Landed
rows are those that still stand. Never: writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from haidang.catalog.declared import Dataset, declared
from haidang.catalog.places import register
from haidang.intake.own.by_source import DAY, arrivals
from haidang.intake.own.kinds import Row, Span
from haidang.store.landing import Writer, lake_name, quoted
from haidang.words.errors import Absent

NAMES = ("dong_nap", "dong_danh_dau", "dong_sai", "dong_lap", "dong_cho")
Key = tuple[str, date]


def rows(span: Span) -> Iterator[Row]:
    """A row for every dataset, place and day on which the place had any row."""
    own = {source.dataset for source in declared().sources() if source.connector == "own"}
    datasets = [d for pack in declared().packs for d in pack.datasets if d.place and d.key not in own]
    with Writer() as writer:
        runs = f"SELECT run, {DAY} AS day FROM {lake_name('runs')} WHERE {arrivals(span.since, span)}"
        writer.sql(f"CREATE OR REPLACE TEMP TABLE of_days AS {runs}")
        simulated = _simulated(writer)
        for dataset in datasets:
            yield from _of(writer, dataset, simulated=dataset.key in simulated)


def _of(writer: Writer, dataset: Dataset, *, simulated: bool) -> Iterator[Row]:
    found: dict[Key, dict[str, int]] = defaultdict(lambda: dict.fromkeys(NAMES, 0))
    for (unit, day), counts in (*_landed(writer, dataset), *_aside(writer, dataset)):
        found[unit, day].update(counts)
    for (unit, day), counts in found.items():
        if not (code := _stands(unit, day)):
            continue
        asked = counts["dong_nap"] + counts["dong_sai"] + counts["dong_lap"]
        right = asked - counts["dong_sai"] - counts["dong_danh_dau"]
        sums = {"dong": asked, "dung_dat": right, "sach_dat": asked - counts["dong_lap"]}
        named = {"ngay": day, "bo_du_lieu": dataset.key, "dia_ban": code, "goi": dataset.pack}
        yield Row({**named, "phong_ban": dataset.owner.vi, **counts, **sums}, simulated)


def _landed(writer: Writer, dataset: Dataset) -> Iterator[tuple[Key, dict[str, int]]]:
    if "_mark" not in writer.columns(dataset.table):
        return
    marked = "count(*) FILTER (WHERE _mark NOT IN ('', 'mended-by-rule'))"
    facts = f"(SELECT _run, _unit, _mark FROM {lake_name(dataset.table)} WHERE _run >= (SELECT min(run) FROM of_days))"
    query = f"SELECT _unit, day, count(*), {marked} FROM {facts} f JOIN of_days ON run = _run WHERE _unit <> ''"
    for unit, day, many, odd in writer.sql(f"{query} GROUP BY ALL"):
        yield (unit, day), {"dong_nap": int(many), "dong_danh_dau": int(odd)}


def _aside(writer: Writer, dataset: Dataset) -> Iterator[tuple[Key, dict[str, int]]]:
    twice = "count(*) FILTER (WHERE code LIKE 'duplicate-%')"
    query = (
        f"SELECT unit, day, count(*) - {twice}, {twice}, count(*) FILTER (WHERE state = 'open') "
        f"FROM {lake_name('rejects')} JOIN of_days USING (run) "
        f"WHERE dataset = {quoted(dataset.key)} AND unit <> '' GROUP BY ALL"
    )
    for unit, day, wrong, repeated, waits in writer.sql(query):
        yield (unit, day), {"dong_sai": int(wrong), "dong_lap": int(repeated), "dong_cho": int(waits)}


def _stands(unit: str, day: date) -> str:
    """The code of a unit that stands on that day, else ""."""
    try:
        found = register().unit(unit)
    except Absent:
        return ""
    return found.code if found.stands(day) else ""


def _simulated(writer: Writer) -> set[str]:
    return {d for (d,) in writer.sql(f"SELECT DISTINCT dataset FROM {lake_name('runs')} WHERE simulated")}
