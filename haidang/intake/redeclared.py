"""Observations follow what is declared: a dataset whose indicators are declared otherwise is derived anew, whole.

The lake's table `declared` holds, per dataset, a digest of what its observations were last made by.
Never: judges a row.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict

from haidang.catalog.declared import Dataset, declared
from haidang.intake import adding, clock, merging
from haidang.intake.derive import REDECLARED
from haidang.intake.merging import Counts, Job
from haidang.store.landing import Writer, lake_name

WORDS = frozenset(
    {"title", "definition", "legal", "verified", "owner", "group", "digits", "direction", "amber", "red", "unit"}
)
"""What is said about an indicator or judged by when asked: it changes no observation."""


def digest(dataset: Dataset) -> str:
    """Of all that decides the observations of a dataset."""
    catalog = declared()
    parts = [
        [sorted((k, str(v)) for k, v in asdict(i).items() if k not in WORDS), int(catalog.level_of(i))]
        for i in sorted(catalog.indicators_of(dataset.key), key=lambda i: i.key)
    ]
    return hashlib.blake2b(repr((dataset.grain, dataset.person, parts)).encode(), digest_size=16).hexdigest()


def derive(writer: Writer, dataset: Dataset, run: str, *, added: bool = False) -> None:
    """Within a landing: the periods touched, or everything when the declarations changed since.

    `added`: the run only added a few rows, and `intake.adding` has them: what they add is enough where it adds up.
    """
    now = digest(dataset)
    if known(writer).get(dataset.key) == now:
        if added and adding.derive(writer, dataset, run):
            return
        if added:
            merging.note_touched(writer)
        merging.derive_again(writer, dataset, run)
        return
    merging.derive_all(writer, dataset, run)
    writer.sql(f"DELETE FROM {lake_name('declared')} WHERE dataset = ?", [dataset.key])
    writer.sql(f"INSERT INTO {lake_name('declared')} VALUES (?, ?)", [dataset.key, now])


def known(writer: Writer) -> dict[str, str]:
    return dict(writer.sql(f"SELECT dataset, digest FROM {lake_name('declared')}"))


def stale(writer: Writer) -> tuple[tuple[Dataset, str], ...]:
    """Datasets with landed facts whose declarations changed, each with the newest run that landed any."""
    landed = writer.sql(f"SELECT dataset, max(run) FROM {lake_name('runs')} WHERE landed > 0 GROUP BY 1 ORDER BY 1")
    datasets = {dataset.key: dataset for pack in declared().packs for dataset in pack.datasets}
    before = known(writer)
    return tuple(
        (datasets[key], run) for key, run in landed if key in datasets and before.get(key) != digest(datasets[key])
    )


def catch_up(writer: Writer, dataset: Dataset, run: str, actor: str) -> None:
    """Derive one of `stale` anew in a transaction; its row in the ledger tells readers that something changed."""
    with writer.transaction() as snapshot:
        writer.ensure_table(dataset.table, merging.columns_of(dataset))
        derive(writer, dataset, run)
        name = f"{clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
        job = Job(name, dataset, "", f"{REDECLARED}{digest(dataset)}-{secrets.token_hex(4)}", actor)
        merging.record(writer, job, Counts(snapshot=snapshot))
