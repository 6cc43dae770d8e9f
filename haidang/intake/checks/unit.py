"""A column that states the unit must state the declared one; a value in another unit is set aside, never converted.

`{kind: unit, column: don_vi, of: gia_tri}`: the unit declared for the column `of`. Where each row's kind has its own
unit:
`{kind: unit, column: don_vi, by: thong_so, expect: thong-so, unit: don_vi}`: the column `unit` of the code list
`expect` for the row's `by`. Spelling is free (case, spaces, ³ and 3, µ and μ); `also: "mg/m3"` names further good
spellings. An empty unit passes. Never: judges more than one row at a time; guesses a factor.
"""

from __future__ import annotations

from collections.abc import Mapping

from haidang.intake.checks import Bench, setting
from haidang.store.landing import named, quoted

GROUPS = False
_SAME = {" ": "", "³": "3", "²": "2", "µ": "μ", "^": "", "·": "/", "°": "", "º": ""}


def faults(settings: Mapping[str, str], bench: Bench) -> str:
    """Rows whose unit is another; expected: the declared one."""
    column = setting(settings, "column")
    stated = f"s.{named(column)}"
    rows, declared = _declared(settings, bench)
    also = [name.strip() for name in settings.get("also", "").split(",") if name.strip()]
    good = ", ".join([_plain(declared), *(_plain(quoted(name)) for name in also)])
    return (
        f'SELECT s._n, {quoted(column)} AS "column", {stated} AS found, {declared} AS expected FROM {rows} '
        f"WHERE {stated} IS NOT NULL AND {declared} <> '' AND {_plain(stated)} NOT IN ({good})"
    )


def _declared(settings: Mapping[str, str], bench: Bench) -> tuple[str, str]:
    """What to select from and the SQL of the declared unit."""
    if "by" not in settings:
        of = setting(settings, "of")
        return "standing s", quoted(next((c.unit for c in bench.dataset.columns if c.name == of), ""))
    listed = bench.code_list(setting(settings, "expect"))
    by = next((c for c in bench.dataset.columns if c.name == settings["by"]), None)
    # A column that went through a code list holds what its codes became.
    key = "value" if by and by.codes else "code"
    unit = f"SELECT {key} AS key, any_value({named(setting(settings, 'unit'))}) AS unit FROM {listed} GROUP BY 1"
    return f"standing s JOIN ({unit}) e ON CAST(s.{named(settings['by'])} AS VARCHAR) = e.key", "coalesce(e.unit, '')"


def _plain(text: str) -> str:
    for one, other in _SAME.items():
        text = f"replace({text}, {quoted(one)}, {quoted(other)})"
    return f"lower({text})"
