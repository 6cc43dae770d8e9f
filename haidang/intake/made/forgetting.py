"""Rows that are no more: an arrival may say by key which rows of a derived dataset its query no longer gives.

They leave the newest snapshot in one transaction with the observations they were in; earlier snapshots keep them.
Never: decides what is gone; touches a dataset that people or departments feed.
"""

from __future__ import annotations

import json
from pathlib import Path

from haidang.intake import merging, redeclared, whereabouts
from haidang.intake.merging import Counts, Job
from haidang.store.landing import Writer, lake_name, named


def written(keys: tuple[tuple[str, ...], ...]) -> bytes:
    """The bytes such an arrival is kept as."""
    return json.dumps({"gone": keys}, ensure_ascii=False).encode()


def commit(writer: Writer, job: Job, file: Path) -> tuple[str, Counts]:
    """Let the rows go, unless this very run has done it already; the run it is under and its counts."""
    keys = [tuple(key) for key in json.loads(file.read_text())["gone"]]
    with writer.transaction() as snapshot:
        if earlier := merging.recorded(writer, job.run, job.dataset.key, job.digest):
            return earlier
        counts = Counts(read=len(keys), superseded=_let_go(writer, job, keys), snapshot=snapshot)
        redeclared.derive(writer, job.dataset, job.run)
        merging.record(writer, job, counts)
    return job.run, counts


def _let_go(writer: Writer, job: Job, keys: list[tuple[str, ...]]) -> int:
    """Delete by key; leaves `touched`, the days to derive again."""
    unique, table = job.dataset.unique, lake_name(job.dataset.table)
    whereabouts.load(writer, "gone", {name: [key[at] for key in keys] for at, name in enumerate(unique)})
    same = " AND ".join(f"CAST(o.{named(name)} AS VARCHAR) = g.{named(name)}" for name in unique)
    writer.sql(
        f'CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT o._end AS "end" FROM {table} o JOIN gone g ON {same}'
    )
    return int(writer.one(f"DELETE FROM {table} o USING gone g WHERE {same}") or 0)
