"""From the rows that stand to the lake: merge by key, set-aside rows, observations, the run's row; all in the one
transaction.

Never: judges a row, commits.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC
from typing import NamedTuple

from haidang.catalog.declared import Catalog, Dataset, declared
from haidang.intake import adding, clock, derive
from haidang.intake.cells import ENGINE_TYPE
from haidang.intake.checks import not_secret
from haidang.store.landing import SYSTEM_COLUMNS, Writer, lake_name, named, quoted
from haidang.words.periods import Grain

_WEIGHED = ("_unit", "_period", "_mark")
"""Beside the declared columns: a row that changed in one of these is a new version too."""


@dataclass(frozen=True)
class Job:
    """One run as the lake records it. `closes`: the state given to the set-aside rows it replays; `source`: the
    declared source it came by ("" when by hand); `simulated`: what it brought is simulated; `little`: so few rows that
    what they add to the observations is told from them alone; `kind`: that of its Run.
    """

    run: str
    dataset: Dataset
    file: str
    digest: str
    actor: str
    closes: str = ""
    source: str = ""
    simulated: bool = False
    little: bool = False
    kind: str = ""


@dataclass
class Counts:
    """How a run ended, in rows; `reasons`: code → rows set aside; `marks`: code → rows that stand marked."""

    read: int = 0
    landed: int = 0
    set_aside: int = 0
    unchanged: int = 0
    superseded: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    snapshot: int = 0
    marks: dict[str, int] = field(default_factory=dict)


def columns_of(dataset: Dataset) -> dict[str, str]:
    """The columns of its table with the engine's types."""
    return {c.name: ENGINE_TYPE[c.type] for c in dataset.columns} | SYSTEM_COLUMNS


def merge(writer: Writer, job: Job) -> Counts:
    """Bring the rows of `standing` into the dataset's table; makes `touched("end")`, the days to derive again, unless a
    little run only adds.
    """
    dataset = job.dataset
    existed = bool(writer.columns(dataset.table))
    writer.ensure_table(dataset.table, columns_of(dataset))
    counts = Counts()
    fresh = not existed
    writer.sql("CREATE OR REPLACE TEMP TABLE met (_n BIGINT, same BOOLEAN, old_end DATE)")
    if not fresh and dataset.unique:
        counts.unchanged, counts.superseded = _meet(writer, dataset)
    counts.landed = _insert(writer, job, every=fresh or not counts.unchanged)
    if counts.superseded or not job.little:
        note_touched(writer)
    return counts


def _meet(writer: Writer, dataset: Dataset) -> tuple[int, int]:
    """Tell the rows whose key is known: unchanged, or of a new version (the old one is deleted; earlier snapshots
    keep it).
    """
    table = lake_name(dataset.table)
    keys = " AND ".join(f"t.{named(k)} = o.{named(k)}" for k in dataset.unique)
    weighed = [c.name for c in dataset.columns] + list(_WEIGHED)
    same = " AND ".join(f"t.{named(name)} IS NOT DISTINCT FROM o.{named(name)}" for name in weighed)
    writer.sql(f"INSERT INTO met SELECT t._n, {same}, o._end FROM standing t JOIN {table} o ON {keys}")
    superseded = int(writer.one("SELECT count(*) FROM met WHERE NOT same"))
    if superseded:
        plain = ", ".join(named(k) for k in dataset.unique)
        writer.sql(
            f"CREATE OR REPLACE TEMP TABLE leaving AS SELECT {plain} FROM typed WHERE _n IN (SELECT "
            "_n FROM met WHERE NOT same)"
        )
        writer.sql(f"DELETE FROM {table} o USING leaving t WHERE {keys}")
    return int(writer.one("SELECT count(*) FROM met WHERE same")), superseded


def _insert(writer: Writer, job: Job, *, every: bool) -> int:
    names = ", ".join(named(c.name) for c in job.dataset.columns)
    rows = "standing t" if every else "(SELECT * FROM standing WHERE _n NOT IN (SELECT _n FROM met WHERE same)) t"
    source, row = _told(writer, rows)
    arriving = (
        f"SELECT {names}, {quoted(job.run)} AS _run, {row.number} AS _row, coalesce(_unit, '') AS _unit, "
        f"coalesce(_period, '') AS _period, _end, _mark FROM {source}"
    )
    if job.little:
        writer.sql(f"CREATE OR REPLACE TEMP TABLE {adding.ADDED} AS {arriving}")
        arriving = f"SELECT * FROM {adding.ADDED}"
    return int(writer.one(f"INSERT INTO {lake_name(job.dataset.table)} BY NAME {arriving}") or 0)


class _Row(NamedTuple):
    """SQL for a row's number in its own file and for that file's name."""

    number: str
    place: str


def _told(writer: Writer, rows: str) -> tuple[str, _Row]:
    """What to select from, of `rows` (alias t), and how each row is told; one file needs no join."""
    stretches = writer.sql("SELECT shift, place FROM stretches LIMIT 2")
    if len(stretches) == 1:
        return rows, _Row(f"t._n + {stretches[0][0]}", quoted(stretches[0][1]))
    return f"{rows} ASOF JOIN stretches p ON t._n >= p.first", _Row("t._n + p.shift", "p.place")


def note_touched(writer: Writer) -> None:
    """`touched`: the days of the rows that came or went."""
    writer.sql(
        'CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT _end AS "end" FROM standing '
        "WHERE _n NOT IN (SELECT _n FROM met WHERE same) UNION SELECT old_end FROM met WHERE NOT same"
    )


def write_aside(writer: Writer, job: Job) -> dict[str, int]:
    """Every row set aside into `rejects`; how many per reason."""
    dataset = job.dataset
    secret = f"SELECT _n FROM aside WHERE code = {quoted(not_secret.CODE)}"
    # Of a secret nothing is kept, whatever else was wrong with the row.
    writer.sql(f"DELETE FROM aside WHERE code <> {quoted(not_secret.CODE)} AND _n IN ({secret})")
    raw = ", ".join(f"{quoted(c.name)}: s.{named(c.name)}" for c in dataset.columns)
    kept = f"CASE WHEN a.code = {quoted(not_secret.CODE)} THEN '{{}}' ELSE CAST(to_json({{{raw}}}) AS VARCHAR) END"
    source, row = _told(writer, "(SELECT * FROM typed WHERE _n IN (SELECT _n FROM aside)) t")
    run = quoted(job.run)
    writer.sql(
        f"INSERT INTO {lake_name('rejects')} SELECT {run} || '-' || CAST(a._n + 1 AS VARCHAR), {run}, "
        f"{quoted(dataset.key)}, {quoted(dataset.pack)}, {quoted(job.file)}, {row.place}, {row.number}, "
        f'a."column", a.code, a.found, a.expected, {kept}, '
        f"coalesce(t._unit, ''), 'open', '' "
        f"FROM {source} JOIN aside a ON a._n = t._n JOIN texts s ON s._n = t._n"
    )
    return {code: int(n) for code, n in writer.sql("SELECT code, count(*) FROM aside GROUP BY code ORDER BY code")}


def marked(writer: Writer) -> dict[str, int]:
    """How many rows stand with each mark."""
    standing = "SELECT code, count(DISTINCT _n) FROM marks WHERE _n NOT IN (SELECT _n FROM aside)"
    return {code: int(n) for code, n in writer.sql(f"{standing} GROUP BY code ORDER BY code")}


def close_replayed(writer: Writer, job: Job) -> None:
    """The rejects this run replayed are closed by it; those of `still` stay open with the fault that remains, those of
    `outrun` (a later arrival brought their key) are closed unlanded.
    """
    rejects = lake_name("rejects")
    for table, state in (("replayed", job.closes), ("outrun", "discarded")):
        closed = f"state = {quoted(state)}, by_run = {quoted(job.run)}"
        writer.sql(f"UPDATE {rejects} SET {closed} WHERE id IN (SELECT id FROM {table})")
    remains = ", ".join(f"{name} = n.{name}" for name in ('"column"', "code", "found", "expected", "raw"))
    writer.sql(f"UPDATE {rejects} r SET {remains} FROM still n WHERE r.id = n.id")


def derive_again(writer: Writer, dataset: Dataset, run: str) -> int:
    """Observations of every span touched, made anew by all registered derivations; how many."""
    spans = _spans(writer, dataset)
    if not spans:
        return 0
    writer.sql('CREATE OR REPLACE TEMP TABLE spans (start DATE, "end" DATE)')
    for span in spans:
        writer.sql("INSERT INTO spans VALUES (?, ?)", span)
    writer.sql(
        f"DELETE FROM {lake_name('observations')} WHERE dataset = {quoted(dataset.key)} AND EXISTS "
        '(SELECT 1 FROM spans WHERE period_end BETWEEN spans.start AND spans."end")'
    )
    writer.sql(
        f"CREATE OR REPLACE TEMP TABLE ends AS SELECT DISTINCT _end FROM {lake_name(dataset.table)} o JOIN spans "
        'ON o._end BETWEEN spans.start AND spans."end"'
    )
    return sum(writer.insert("observations", query, run=run) for query in _derivations(writer, dataset))


def derive_all(writer: Writer, dataset: Dataset, run: str) -> int:
    """Observations of every fact, made anew; how many."""
    writer.sql(f"DELETE FROM {lake_name('observations')} WHERE dataset = {quoted(dataset.key)}")
    facts = lake_name(dataset.table)
    writer.sql(f'CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT _end AS "end" FROM {facts}')
    return derive_again(writer, dataset, run)


_known: dict[tuple[object, ...], tuple[Catalog, list[str]]] = {}
"""The queries of the derivations, by dataset and columns: building them takes longer than most of them run."""


def _derivations(writer: Writer, dataset: Dataset) -> list[str]:
    """What every registered derivation makes of the facts whose `_end` is in `ends`, compiled once per process."""
    key = (dataset.key, derive.registered(), *writer.columns(dataset.table).items())
    catalog, queries = _known.get(key, (None, []))
    if catalog is not declared():
        facts = writer.table(dataset.table).semi_join(writer.temporary("ends"), "_end")
        made = (derivation(dataset, facts) for derivation in derive.registered())
        queries = [writer.compiled(rows) for rows in made if rows is not None]
        _known[key] = (declared(), queries)
    return queries


def _spans(writer: Writer, dataset: Dataset) -> list[tuple[object, object]]:
    """The days touched, widened to whole periods of the coarsest indicator over the dataset."""
    grains = [Grain(i.grain) for i in declared().indicators_of(dataset.key)] or [Grain(dataset.grain)]
    unit = {Grain.DAY: "day", Grain.MONTH: "month", Grain.QUARTER: "quarter", Grain.YEAR: "year"}
    coarsest = max((*grains, Grain(dataset.grain)), key=lambda grain: grain.rank)
    if coarsest is Grain.HALF:
        coarsest = Grain.YEAR
    step = unit[coarsest]
    months = f"date_trunc('{step}', \"end\")"
    return writer.sql(
        f"SELECT DISTINCT CAST({months} AS DATE), CAST({months} + INTERVAL 1 {step} - INTERVAL 1 day AS DATE) "
        'FROM touched WHERE "end" IS NOT NULL'
    )


def record(writer: Writer, job: Job, counts: Counts) -> None:
    """The row that proves the run whole."""
    landed_at = clock.now().astimezone(UTC).replace(tzinfo=None)
    row = [job.run, job.dataset.key, job.dataset.pack, job.file, job.digest, landed_at]
    row += [counts.read, counts.landed, counts.set_aside, counts.unchanged, counts.superseded]
    row += [json.dumps(counts.reasons), job.actor, counts.snapshot, job.source, job.simulated]
    row += [job.kind, json.dumps(counts.marks)]
    writer.sql(f"INSERT INTO {lake_name('runs')} VALUES ({', '.join('?' * len(row))})", row)


def recorded(writer: Writer, run: str, dataset: str, digest: str) -> tuple[str, Counts] | None:
    """The run whose row is in the lake: this one, or an earlier one of the same bytes; with its counts."""
    columns = "run, read, landed, set_aside, unchanged, superseded, reasons, snapshot"
    found = f"SELECT {columns} FROM {lake_name('runs')}"
    # By its own id alone where no other run's bytes are the same: the store then looks into the newest files only.
    rows = writer.sql(f"{found} WHERE run = ?", [run])
    if not rows and not digest.endswith(f"@{run}"):
        rows = writer.sql(f"{found} WHERE dataset = ? AND digest = ? ORDER BY run LIMIT 1", [dataset, digest])
    if not rows:
        return None
    name, read, landed, aside, unchanged, superseded, reasons, snapshot = rows[0]
    return name, Counts(read, landed, aside, unchanged, superseded, json.loads(reasons), int(snapshot))
