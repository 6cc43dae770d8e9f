"""A row that says it is a state secret is refused: set aside without its content, and the bytes it came in are let go.

`{kind: not-secret, column: do_mat}`: the column with the degree of secrecy (MẬT, TỐI MẬT, TUYỆT MẬT, spelled anyhow).
It judges every row read, also those already set aside for something else. Never: keeps what stood in the row.
"""

from __future__ import annotations

from collections.abc import Mapping

from haidang.intake.checks import Bench, setting
from haidang.store.landing import named, quoted

GROUPS = False
CODE = "not-secret"
DEGREES = ("MAT", "TOIMAT", "TUYETMAT")


def faults(settings: Mapping[str, str], bench: Bench) -> str:
    """Rows whose degree is one of secrecy; nothing of them is found."""
    column = setting(settings, "column")
    plain = f"regexp_replace(upper(strip_accents({named(column)})), '[^A-Z]', '', 'g')"
    degrees = ", ".join(quoted(degree) for degree in DEGREES)
    told = f"{quoted(column)} AS \"column\", '' AS found, '' AS expected"
    return f"SELECT _n, {told} FROM typed WHERE {plain} IN ({degrees})"
