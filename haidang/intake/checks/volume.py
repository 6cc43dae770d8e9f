"""Groups with far fewer rows than they should have: a source that was cut off.

`{kind: volume, group: hoi_dong, expect: hoi-dong-thi, column: dan_so, at_least: "0.5"}`: for every group of rows (one
or more
columns, comma-separated; several columns: the first is the one found in the list) the rows are counted against the
number in
`column` of the code list `expect`. With `per: "1"` that number is what must be there (at least the share `at_least`
of it); without,
it is a size (inhabitants): the ratio rows/size is compared with the median ratio of all groups. A group the list does
not know passes.
With `page: "100"` a low group is at fault only when its rows also end where a crawler turns a page (rows % 100 = 99).
Never: judges a single row.
"""

from __future__ import annotations

from collections.abc import Mapping

from haidang.intake.checks import Bench, setting
from haidang.store.landing import named, quoted

GROUPS = True


def faults(settings: Mapping[str, str], bench: Bench) -> str:
    """Every row of a group that has less than `at_least` of what it should."""
    groups = [name.strip() for name in setting(settings, "group").split(",")]
    expected = bench.code_list(setting(settings, "expect"))
    size = f"TRY_CAST(e.{named(setting(settings, 'column'))} AS DOUBLE)"
    share = float(setting(settings, "at_least", "0.5"))
    keys = ", ".join(named(name) for name in groups)
    usual = f"1 / {float(settings['per'])!r}" if "per" in settings else "median(ratio) OVER ()"
    first = next(column for column in bench.dataset.columns if column.name == groups[0])
    # A column that went through a code list holds what its codes became.
    by = "value" if first.codes else "code"
    sizes = f"SELECT {by} AS key, sum({size}) AS size FROM {expected} e WHERE {size} > 0 GROUP BY {by}"
    counted = (
        f"SELECT c.*, size, many / size AS ratio FROM (SELECT {keys}, count(*) AS many FROM standing "
        f"GROUP BY {keys}) c "
        f"JOIN ({sizes}) e ON CAST(c.{named(groups[0])} AS VARCHAR) = e.key"
    )
    fewer = f"ratio < {share!r} * usual{_at_page(settings)}"
    low = f"SELECT * FROM (SELECT *, {usual} AS usual FROM ({counted})) WHERE {fewer}"
    return (
        f'SELECT s._n, {quoted(groups[0])} AS "column", CAST(l.many AS VARCHAR) AS found, '
        f"CAST(CAST(ceil({share!r} * l.usual * l.size) AS BIGINT) AS VARCHAR) AS expected "
        f"FROM standing s JOIN ({low}) l USING ({keys})"
    )


def _at_page(settings: Mapping[str, str]) -> str:
    if "page" not in settings:
        return ""
    # The page's first line was taken for a heading, so the last full page leaves one row short.
    return f" AND many % {int(settings['page'])} = {int(settings['page']) - 1}"
