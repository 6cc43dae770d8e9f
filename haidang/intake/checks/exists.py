"""A value must be one that another dataset knows.

`{kind: exists, column: ma_tthc, dataset: thu-tuc, key: ma}`: `ma_tthc` must stand in the column `ma` of the landed rows
of `thu-tuc` (`pack.name` for another pack's). Empty passes; while nothing of the other dataset has landed nothing is
asked, since then no row could stand. Rows set aside because the other side came later are replayed by their reason.
Never: judges more than one row at a time.
"""

from __future__ import annotations

from collections.abc import Mapping

from haidang.catalog.declared import declared
from haidang.intake.checks import Bench, setting
from haidang.store.landing import named, quoted

GROUPS = False


def faults(settings: Mapping[str, str], bench: Bench) -> str:
    """Rows whose value the other dataset does not know; expected: the other dataset's title."""
    column, key = setting(settings, "column"), setting(settings, "key")
    other = bench.full(setting(settings, "dataset"))
    facts = bench.facts(other, key)
    if not facts:
        return NOTHING
    value = f"CAST(s.{named(column)} AS VARCHAR)"
    known = f"SELECT CAST({named(key)} AS VARCHAR) AS known FROM {facts} WHERE {named(key)} IS NOT NULL"
    return (
        f'SELECT s._n, {quoted(column)} AS "column", {value} AS found, '
        f"{quoted(declared().dataset(other).title.vi)} AS expected FROM standing s "
        f"WHERE {value} IS NOT NULL AND {value} NOT IN ({known}) AND EXISTS ({known})"
    )


NOTHING = "SELECT _n, '' AS \"column\", '' AS found, '' AS expected FROM standing WHERE false"
"""No fault: the other side has never landed, or not yet with that column."""
