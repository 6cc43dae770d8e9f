"""Orders to empty what is a person's, as Runs of their own, and how the worker lands one.

The raw bytes go first: killed in between, the order is simply landed again, since the rows still stand. Never: asks
whether one may; touches a column that is not personal (but for rows whose whole time is over).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from haidang.catalog.declared import declared
from haidang.intake import kept, merging, redeclared
from haidang.intake.erasing import matching
from haidang.intake.erasing.raw import actions as raw
from haidang.intake.merging import Counts, Job
from haidang.intake.models import ERASE, RETAIN
from haidang.store import upkeep
from haidang.store.landing import Writer, home, lake_name, named
from haidang.words.errors import IntakeStopped
from haidang.words.nouns import Actor

ERASED = "erased"
"""State of a row set aside whose cells were emptied; it is open no more."""


def erase(who: Actor, dataset: str, digests: Iterable[str], *, name: str) -> str:
    """Open the Run that empties the personal columns of everything a dataset holds of a person; its id.

    Raises Absent('unknown-dataset'), IntakeStopped('not-to-be-erased').
    """
    noun = declared().dataset(dataset)
    if noun.subject is None or noun.subject.erase != "allowed":
        raise IntakeStopped("not-to-be-erased", found=dataset)
    return _open(who, ERASE, dataset, {"digests": sorted(set(digests)), "name": name})


def retain(who: Actor, dataset: str, *, personal: date | None, rows: date | None) -> str:
    """Open the Run that empties personal columns of rows that ended before `personal`, and drops rows before `rows`."""
    order = {"personal": personal.isoformat() if personal else "", "rows": rows.isoformat() if rows else ""}
    return _open(who, RETAIN, dataset, {**order, "name": f"retain {rows or personal}"})


def purge() -> upkeep.Purged:
    """Take what was erased off the disk: every snapshot but the newest goes, so as-of answers begin anew.

    Raises NotNow('store-busy').
    """
    return upkeep.purge()


def _open(who: Actor, kind: str, dataset: str, order: dict[str, Any]) -> str:
    from haidang.intake.actions import Origin, open_run  # the face itself asks for this module

    body = json.dumps({**order, "kind": kind, "dataset": dataset}, ensure_ascii=False, sort_keys=True)
    return open_run(
        who, dataset, order["name"], kept.keep_bytes(home(), body.encode(), ".order"), origin=Origin(kind)
    ).id


def commit(writer: Writer, job: Job, file: Path) -> tuple[str, Counts]:
    """Land one order, unless this very Run has done it already; the Run it is under and its counts."""
    order = json.loads(file.read_text())
    known = bool(writer.columns(job.dataset.table))
    if earlier := merging.recorded(writer, job.run, job.dataset.key, job.digest):
        return earlier
    test = matching.test(job.dataset, order)
    if known and test.rows:
        raw.bury(job.dataset, matching.runs(writer, job.dataset, test), by=job.run)
    with writer.transaction() as snapshot:
        counts = Counts(snapshot=snapshot)
        if known and test.rows:
            counts.superseded = _empty(writer, job, test, drops=bool(order.get("rows")))
        counts.read = counts.superseded
        _note(writer, job, order, snapshot)
        redeclared.derive(writer, job.dataset, job.run)
        merging.record(writer, job, counts)
    raw.unsay(job.dataset, order.get("digests", ()))
    return job.run, counts


def _empty(writer: Writer, job: Job, test: matching.Test, *, drops: bool) -> int:
    """Null in the personal columns (or no row at all) where the test holds; leaves `touched`. How many rows."""
    table, dataset = lake_name(job.dataset.table), job.dataset
    held = [column.name for column in dataset.personal if column.name in writer.columns(dataset.table)]
    gone = test.gone or "false"
    writer.sql(
        f'CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT _end AS "end" FROM {table} '
        f"WHERE ({test.rows}) OR ({gone})"
    )
    count = int(writer.one(f"DELETE FROM {table} WHERE {gone}") or 0) if drops else 0
    if held:
        empty = ", ".join(f"{named(name)} = NULL" for name in held)
        some = " OR ".join(f"{named(name)} IS NOT NULL" for name in held)
        count += int(writer.one(f"UPDATE {table} SET {empty} WHERE ({test.rows}) AND ({some})") or 0)
    if test.rejects:
        writer.sql(
            f"UPDATE {lake_name('rejects')} SET raw = NULL, found = NULL, state = ? WHERE dataset = ? "
            f"AND raw IS NOT NULL AND ({test.rejects})",
            [ERASED, dataset.key],
        )
    return count


def _note(writer: Writer, job: Job, order: dict[str, Any], snapshot: int) -> None:
    """Whom older snapshots hide from now on."""
    for digest in order.get("digests", ()):
        writer.sql(
            f"INSERT INTO {lake_name('erased')} VALUES (?, ?, ?, now()::TIMESTAMP, ?)",
            [job.dataset.key, digest, snapshot, job.run],
        )
