"""Which rows an order is about, as conditions of the store's SQL; and which Runs brought them. Never: writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from haidang.catalog.declared import Dataset
from haidang.store.landing import Writer, lake_name, named, quoted
from haidang.store.upkeep import departed
from haidang.words import people


@dataclass(frozen=True)
class Test:
    """Conditions on the dataset's rows to empty, on rows to drop, on its set-aside rows; "" holds for none."""

    rows: str
    gone: str = ""
    rejects: str = ""


def test(dataset: Dataset, order: dict[str, Any]) -> Test:
    """Of an order to erase: by digests; of one of retention: by the last day of a row's period."""
    if order["kind"] != "erase":
        return _of_age(order)
    if dataset.subject is None or not order["digests"]:
        return Test("")
    names, digests = dataset.subject.id, ", ".join(quoted(digest) for digest in order["digests"])
    key = people.key_of(settings.SECRET_KEY)
    rows = (f"{people.digest_sql(named(name), key)} IN ({digests})" for name in names)
    raw = (f"{people.digest_sql(cell(name), key)} IN ({digests})" for name in names)
    return Test(" OR ".join(rows), rejects=" OR ".join(raw))


def cell(name: str) -> str:
    """A column's cell in the raw text of a set-aside row."""
    return f"json_extract_string(raw, {quoted('$.' + name)})"


def _of_age(order: dict[str, Any]) -> Test:
    personal, rows = (f"_end < DATE {quoted(order[name])}" if order[name] else "" for name in ("personal", "rows"))
    return Test(personal or rows, gone=rows)


def runs(writer: Writer, dataset: Dataset, found: Test) -> set[str]:
    """Runs whose bytes hold such a row: of those that stand, of those that were superseded, of those set aside."""
    table = lake_name(dataset.table)
    names = {row[0] for row in writer.sql(f"SELECT DISTINCT _run FROM {table} WHERE {found.rows}")}
    names |= set(departed(writer, dataset.table, found.rows))
    if found.rejects:
        names |= {
            row[0]
            for row in writer.sql(
                f"SELECT DISTINCT run FROM {lake_name('rejects')} WHERE dataset = ? AND ({found.rejects})",
                [dataset.key],
            )
        }
    return names
