"""Groups that end exactly where a crawler turns the page: a source that stopped between two pages.

`{kind: page, group: hoi_dong, size: "100", rest: "99", at_least: "1000"}`: the rows of a group leave `rest` when
divided by `size`
(default 100 and 99: a page whose first line was lost) and there are at least `at_least` of them; with `expect`,
`column` and
`below` (a share) only groups whose count is also under that share of the median ratio, as `volume` reckons it.
Never: judges a single row.
"""

from __future__ import annotations

from collections.abc import Mapping

from haidang.intake.checks import Bench, setting, volume
from haidang.store.landing import named, quoted

GROUPS = True


def faults(settings: Mapping[str, str], bench: Bench) -> str:
    """Every row of a group whose count ends at a page."""
    groups = [name.strip() for name in setting(settings, "group").split(",")]
    keys = ", ".join(named(name) for name in groups)
    size, rest = int(setting(settings, "size", "100")), int(setting(settings, "rest", "99"))
    least = int(setting(settings, "at_least", "1"))
    at_page = f"many % {size} = {rest} AND many >= {least}"
    ends = f"SELECT {keys}, count(*) AS many FROM standing GROUP BY {keys} HAVING {at_page}"
    query = (
        f'SELECT s._n, {quoted(groups[0])} AS "column", CAST(e.many AS VARCHAR) AS found, '
        f"{quoted(f'… % {size} ≠ {rest}')} AS expected FROM standing s JOIN ({ends}) e USING ({keys})"
    )
    if "expect" not in settings:
        return query
    fewer = {name: value for name, value in settings.items() if name != "size"}
    low = volume.faults({**fewer, "at_least": setting(settings, "below", "0.8")}, bench)
    return f"SELECT * FROM ({query}) WHERE _n IN (SELECT _n FROM ({low}))"
