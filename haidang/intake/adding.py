"""Observations kept up by what a few new rows add to them, without looking at the facts beneath again.

Holds where num, den and n of all indicators of a dataset add up over facts, and the run only added rows. A cell whose
parts may be hidden (a ratio that had no value yet) sends the run the long way. Never: judges a row, commits.
"""

from __future__ import annotations

from haidang.catalog.declared import Catalog, Dataset, declared
from haidang.intake import derive as registry
from haidang.store.landing import Writer, lake_name, quoted

ADDED = "rows_added"
"""The temporary table of the rows a little run added, with the columns of the dataset's table."""
LITTLE = 20_000
"""Rows of a run that is little."""
_CELL = ("indicator", "unit", "grain", "period", "period_end", "kind", "slice", "item")
_KEPT = "pack, dataset, indicator, level, unit, grain, period, period_end, kind, slice, item"

_known: dict[tuple[object, ...], tuple[Catalog, list[str]]] = {}


def derive(writer: Writer, dataset: Dataset, run: str) -> bool:
    """Add what `rows_added` brings to the observations; False when that cannot be told from the rows alone."""
    queries = _queries(writer, dataset)
    if not queries or not writer.one(f"SELECT count(*) FROM {ADDED}"):
        return False
    writer.sql(f"CREATE OR REPLACE TEMP TABLE parts AS {' UNION ALL BY NAME '.join(queries)}")
    _meet(writer, dataset)
    if writer.one("SELECT count(*) FROM summed WHERE hides AND lacking AND (num <> 0 OR den <> 0 OR n > 0)"):
        return False
    _replace(writer, dataset, run)
    return True


def _queries(writer: Writer, dataset: Dataset) -> list[str]:
    """The parts of `rows_added`, compiled once per process."""
    key = (dataset.key, registry.adding(), *writer.columns(dataset.table).items())
    catalog, queries = _known.get(key, (None, []))
    if catalog is not declared():
        added = writer.temporary(ADDED)
        made = [parts(dataset, added.filter(added["_end"].notnull())) for parts in registry.adding()]
        queries = [] if any(rows is None for rows in made) else [writer.compiled(rows) for rows in made]
        _known[key] = (declared(), queries)
    return queries


def _meet(writer: Writer, dataset: Dataset) -> None:
    """`before`: the observations of the days concerned; `summed`: the parts with those of the observation each belongs
    to, `lacking` where there is none yet.
    """
    same = " AND ".join(f"o.{name} = p.{name}" for name in _CELL)
    writer.sql(f"CREATE OR REPLACE TEMP TABLE before AS SELECT * FROM {_days(writer, dataset)}")
    sums = ", ".join(f"coalesce(o.{name} + p.{name}, o.{name}, p.{name}) AS {name}" for name in ("num", "den", "n"))
    writer.sql(
        f"CREATE OR REPLACE TEMP TABLE summed AS SELECT p.* EXCLUDE (num, den, n, value), {sums}, "
        f"o.n IS NULL AS lacking FROM parts p LEFT JOIN before o ON {same}"
    )


def _replace(writer: Writer, dataset: Dataset, run: str) -> None:
    """The observations of the days concerned, all anew: by a plain condition the store lets whole files go."""
    same = " AND ".join(f"o.{name} = s.{name}" for name in _CELL)
    value = "CASE WHEN scale IS NULL THEN num WHEN den <> 0 THEN num / den * scale END"
    made = f"SELECT {_KEPT}, {value} AS value, num, den, n, {quoted(run)} AS run, counts FROM summed"
    stays = f"SELECT * FROM before o WHERE NOT EXISTS (SELECT 1 FROM summed s WHERE {same})"
    writer.sql(f"DELETE FROM {_days(writer, dataset)}")
    writer.sql(
        f"INSERT INTO {lake_name('observations')} BY NAME SELECT * EXCLUDE (counts) FROM ({made}) "
        f"WHERE value IS NOT NULL AND (n > 0 OR counts) UNION ALL BY NAME {stays}"
    )


def _days(writer: Writer, dataset: Dataset) -> str:
    first, last = writer.sql("SELECT min(period_end), max(period_end) FROM parts")[0]
    return (
        f"{lake_name('observations')} WHERE dataset = {quoted(dataset.key)} "
        f"AND period_end BETWEEN DATE '{first}' AND DATE '{last}'"
    )
