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
from haidang.store.landing import Writer, lake_name
from haidang.words.errors import Absent
from haidang.words.places import Register

NAMES = ("dong_nap", "dong_danh_dau", "dong_sai", "dong_lap", "dong_cho")
Key = tuple[str, date]


def rows(span: Span) -> Iterator[Row]:
    """A row for every dataset, place and day on which the place had any row."""
    known = register()
    with Writer() as writer:
        runs = f"SELECT run, dataset, {DAY} AS day FROM {lake_name('runs')} WHERE {arrivals(span.since, span)}"
        writer.sql(f"CREATE OR REPLACE TEMP TABLE of_days AS {runs}")
        simulated, aside = _simulated(writer), _aside(writer)
        for dataset in _datasets(writer):
            found: dict[Key, dict[str, int]] = defaultdict(lambda: dict.fromkeys(NAMES, 0))
            for key, counts in (*_landed(writer, dataset), *aside.get(dataset.key, ())):
                found[key].update(counts)
            for (unit, day), counts in found.items():
                if code := _stands(known, unit, day):
                    cells = {"ngay": day, "dia_ban": code, **_cells(dataset, counts)}
                    yield Row(cells, dataset.key in simulated)


def _datasets(writer: Writer) -> list[Dataset]:
    """Those with places that anything came of on these days, but for what the centre makes itself."""
    own = {source.dataset for source in declared().sources() if source.connector == "own"}
    came = {key for (key,) in writer.sql("SELECT DISTINCT dataset FROM of_days")} - own
    return [d for pack in declared().packs for d in pack.datasets if d.place and d.key in came]


def _cells(dataset: Dataset, counts: dict[str, int]) -> dict[str, object]:
    asked = counts["dong_nap"] + counts["dong_sai"] + counts["dong_lap"]
    right = asked - counts["dong_sai"] - counts["dong_danh_dau"]
    sums = {"dong": asked, "dung_dat": right, "sach_dat": asked - counts["dong_lap"]}
    return {"bo_du_lieu": dataset.key, "goi": dataset.pack, "phong_ban": dataset.owner.vi, **counts, **sums}


def _landed(writer: Writer, dataset: Dataset) -> Iterator[tuple[Key, dict[str, int]]]:
    if "_mark" not in writer.columns(dataset.table):
        return
    marked = "count(*) FILTER (WHERE _mark NOT IN ('', 'mended-by-rule'))"
    facts = f"(SELECT _run, _unit, _mark FROM {lake_name(dataset.table)} WHERE _run >= (SELECT min(run) FROM of_days))"
    query = f"SELECT _unit, day, count(*), {marked} FROM {facts} f JOIN of_days ON run = _run WHERE _unit <> ''"
    for unit, day, many, odd in writer.sql(f"{query} GROUP BY ALL"):
        yield (unit, day), {"dong_nap": int(many), "dong_danh_dau": int(odd)}


def _aside(writer: Writer) -> dict[str, list[tuple[Key, dict[str, int]]]]:
    twice = "count(*) FILTER (WHERE code LIKE 'duplicate-%')"
    query = (
        f"SELECT r.dataset, unit, day, count(*) - {twice}, {twice}, count(*) FILTER (WHERE state = 'open') "
        f"FROM {lake_name('rejects')} r JOIN of_days d ON d.run = r.run WHERE unit <> '' GROUP BY ALL"
    )
    found: dict[str, list[tuple[Key, dict[str, int]]]] = defaultdict(list)
    for dataset, unit, day, wrong, repeated, waits in writer.sql(query):
        counts = {"dong_sai": int(wrong), "dong_lap": int(repeated), "dong_cho": int(waits)}
        found[dataset].append(((unit, day), counts))
    return found


def _stands(known: Register, unit: str, day: date) -> str:
    """The code of a unit that stands on that day, else ""."""
    try:
        found = known.unit(unit)
    except Absent:
        return ""
    return found.code if found.stands(day) else ""


def _simulated(writer: Writer) -> set[str]:
    return {d for (d,) in writer.sql(f"SELECT DISTINCT dataset FROM {lake_name('runs')} WHERE simulated")}
