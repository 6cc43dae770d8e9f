"""Dates or moments of a row that must follow each other: `{kind: order, columns: "ngay_nhan, ngay_hen, ngay_tra"}`.

Each filled column must not lie before the filled ones named before it; empty ones are passed over. Never: judges more
than one row at a time.
"""

from __future__ import annotations

from collections.abc import Mapping

from haidang.intake.checks import Bench, setting
from haidang.store.landing import named, quoted

GROUPS = False


def faults(settings: Mapping[str, str], bench: Bench) -> str:
    """The first column of a row that lies before an earlier one; expected: not before that one."""
    del bench
    names = [name.strip() for name in setting(settings, "columns").split(",")]
    cases = []
    for at, name in enumerate(names[1:], 1):
        last = f"greatest({', '.join(map(_moment, names[:at]))})"
        told = (
            f"{{'column': {quoted(name)}, 'found': CAST({named(name)} AS VARCHAR), 'least': CAST({last} AS VARCHAR)}}"
        )
        cases.append(f"WHEN {_moment(name)} < {last} THEN {told}")
    first = f"CASE {' '.join(cases)} END"
    return (
        "SELECT _n, f['column'] AS \"column\", f['found'] AS found, '>= ' || f['least'] AS expected "
        f"FROM (SELECT _n, {first} AS f FROM standing) WHERE f IS NOT NULL"
    )


def _moment(name: str) -> str:
    return f"CAST({named(name)} AS TIMESTAMP)"
