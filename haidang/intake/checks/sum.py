"""Parts that must add up to a total: `{kind: sum, parts: "a, b, c", total: tong, tolerance: "0.5"}`.

Rows without a total or without any part pass; an empty part counts as nothing. Never: judges more than one row at a
time.
"""

from __future__ import annotations

from collections.abc import Mapping

from haidang.intake.checks import Bench, setting
from haidang.store.landing import named, quoted

GROUPS = False


def faults(settings: Mapping[str, str], bench: Bench) -> str:
    """Rows where the parts differ from the total by more than `tolerance` (in the column's unit)."""
    total = setting(settings, "total")
    parts = [part.strip() for part in setting(settings, "parts").split(",")]
    added = " + ".join(f"coalesce({named(part)}, 0)" for part in parts)
    tolerance = float(setting(settings, "tolerance", "1e-9"))
    some = ", ".join(named(part) for part in parts)
    wrong = f"abs({named(total)} - ({added})) > {tolerance!r} AND coalesce({some}) IS NOT NULL"
    return (
        f'SELECT _n, {quoted(total)} AS "column", CAST({named(total)} AS VARCHAR) AS found, '
        f"CAST(round({added}, 6) AS VARCHAR) AS expected FROM standing WHERE {wrong}"
    )
