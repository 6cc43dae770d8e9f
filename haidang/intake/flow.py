"""The way of one run from staged text to the lake: judge, find repeats, table checks, merge, derive, record.

Never: opens a file, writes a Django row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from haidang.catalog.declared import Check, Dataset, declared
from haidang.intake import adding, checking, checks, clock, merging, redeclared, whereabouts
from haidang.intake.merging import Counts, Job
from haidang.intake.staging import Staged, tell
from haidang.store.landing import Writer, lake_name, quoted

Report = Callable[[str, int, int], None]


def check(writer: Writer, dataset: Dataset, staged: Staged, *, groups: bool = True) -> None:
    """Judge what is staged; leaves `typed`, `aside`, `marks` and the view `standing`. Raises IntakeStopped."""
    styles = checking.take(writer, dataset, staged)
    maps = whereabouts.lookups(writer, dataset)
    whereabouts.locate(writer, dataset, today=clock.now().date())
    checking.judge(writer, dataset, staged, (styles, maps))
    checking.repeated(writer, dataset)
    open_standing(writer)
    for declared_check in dataset.checks:
        if groups or not checks.of_groups(declared_check):
            _check_table(writer, dataset, declared_check)


def open_standing(writer: Writer, *, but: str = "") -> None:
    """The view of the rows that stand so far; `but`: a table of further rows that do not."""
    others = f" AND t._n NOT IN (SELECT _n FROM {but})" if but else ""
    writer.sql(
        "CREATE OR REPLACE TEMP VIEW standing AS SELECT t.*, coalesce(m.code, '') AS _mark FROM typed t "
        "LEFT JOIN (SELECT _n, min(code) AS code FROM marks GROUP BY _n) m ON m._n = t._n "
        f"WHERE t._n NOT IN (SELECT _n FROM aside){others}"
    )


def _check_table(writer: Writer, dataset: Dataset, check: Check) -> None:
    bench = checks.Bench(
        dataset,
        lambda name: _code_list(writer, dataset.pack, name),
        lambda key, column: _facts(writer, key, column),
    )
    code = quoted(check.kind)
    writer.sql(
        f"CREATE OR REPLACE TEMP TABLE faults AS SELECT _n, \"column\", {code} AS code, coalesce(found, '') AS found, "
        f"coalesce(expected, '') AS expected FROM ({checks.faults(check, bench)})"
    )
    if check.on_fail == "stop":
        checking.stop_at_first(writer, "faults")
    if check.on_fail == "mark":
        writer.sql("INSERT INTO marks SELECT _n, code FROM faults")
    else:
        writer.sql("INSERT INTO aside SELECT * FROM faults")


def _code_list(writer: Writer, pack: str, name: str) -> str:
    """A code list of the pack as a temporary table; its name."""
    rows = [dict(row) for row in declared().code_list(pack, name).rows]
    columns = dict.fromkeys(column for row in rows for column in row)
    whereabouts.load(writer, "code_list", {column: [row.get(column, "") for row in rows] for column in columns})
    return "code_list"


def _facts(writer: Writer, key: str, column: str) -> str:
    """What has landed of a dataset, "" when nothing has, or nothing with that column."""
    table = declared().dataset(key).table
    return lake_name(table) if column in writer.columns(table) else ""


def commit(writer: Writer, job: Job, staged: Staged, report: Report) -> tuple[str, Counts]:
    """Everything of a checked run into the lake at once, unless it is there already; the run it is under and its
    counts.
    """
    with writer.transaction() as snapshot:
        if earlier := merging.recorded(writer, job.run, job.dataset.key, job.digest):
            return earlier
        report("merge", 0, staged.rows)
        job = replace(job, little=staged.rows <= adding.LITTLE and not job.closes)
        counts = merging.merge(writer, job)
        counts.read, counts.snapshot = staged.rows, snapshot
        if job.closes:
            merging.close_replayed(writer, job)
        report("set-aside", counts.landed, staged.rows)
        tell(writer, staged, "aside")
        counts.reasons = merging.write_aside(writer, job)
        counts.set_aside = sum(counts.reasons.values())
        counts.marks = merging.marked(writer)
        report("derive", staged.rows, staged.rows)
        redeclared.derive(writer, job.dataset, job.run, added=job.little and not counts.superseded)
        merging.record(writer, job, counts)
        report("commit", staged.rows, staged.rows)
    return job.run, counts
