"""Periods with far fewer or far more rows than those before: a feed that was cut off, or one sent twice.

`{kind: history, group: ma_tram, least: "8", back: "26", times: "5"}`: for every period the arrival brings (per `group`,
when named) the rows it will then have are compared with the median of the last `back` earlier periods (of a dataset by
day: the same weekday), give or take `times` the usual spread (1.4826 × median absolute deviation, at least 5 % of the
median and one row). Fewer than `least` such periods: nothing is asked. Too few is only said of periods that are over
(`open: "yes"`: of running ones too). For datasets that come by whole periods. Never: judges a single row; sees a group
that brings no row at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from haidang.intake import clock
from haidang.intake.checks import Bench, setting
from haidang.intake.checks.exists import NOTHING
from haidang.store.landing import named, quoted

GROUPS = True
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def faults(settings: Mapping[str, str], bench: Bench) -> str:
    """Every row of a period with too few or too many; found: its rows, expected: between which counts."""
    facts = bench.facts(bench.dataset.key, "_period")
    if not facts:
        return NOTHING
    groups = [name.strip() for name in settings.get("group", "").split(",") if name.strip()]
    odd = _odd([named(name) for name in groups], facts, settings, bench)
    about = quoted(groups[0] if groups else bench.dataset.period)
    same = " AND ".join(f"s.{name} IS NOT DISTINCT FROM o.{name}" for name in [*map(named, groups), "_period"])
    low, high = (f"CAST(CAST({end} AS BIGINT) AS VARCHAR)" for end in ("ceil(greatest(o.low, 0))", "floor(o.high)"))
    return (
        f'SELECT s._n, {about} AS "column", CAST(o.many AS VARCHAR) AS found, '
        f"{low} || ' … ' || {high} AS expected FROM standing s JOIN ({odd}) o ON {same}"
    )


def _odd(groups: list[str], facts: str, settings: Mapping[str, str], bench: Bench) -> str:
    """Groups of the arrival's periods outside what is usual: the groups, `_period`, many, low, high."""
    least, times = int(setting(settings, "least", "8")), float(setting(settings, "times", "5"))
    keys = "".join(f"{name}, " for name in groups)
    usual = (
        f"SELECT {keys}_period, _end, many, median(was) AS middle, list(was) AS were "
        f"FROM ({_pairs(groups, facts, bench)}) WHERE nth <= {int(setting(settings, 'back', '26'))} "
        f"GROUP BY ALL HAVING count(*) >= {least}"
    )
    apart = "list_median(list_transform(were, lambda was: abs(was - middle)))"
    spread = f"{times!r} * greatest(1.4826 * {apart}, 0.05 * middle, 1)"
    bounds = f"SELECT *, middle - {spread} AS low, middle + {spread} AS high FROM ({usual})"
    today = clock.now().astimezone(HERE).date()
    over = "true" if settings.get("open") == "yes" else f"_end < DATE '{today}'"
    return f"SELECT * FROM ({bounds}) WHERE many > high OR (many < low AND {over})"


def _pairs(groups: list[str], facts: str, bench: Bench) -> str:
    """Each period of the arrival with each comparable earlier one: `many`, `was`, `nth` (1: the last before it)."""
    arriving, earlier = _arriving(groups, facts, bench), _counted(groups, facts)
    same = "".join(f" AND p.{name} IS NOT DISTINCT FROM c.{name}" for name in groups)
    weekday = " AND dayofweek(p._end) = dayofweek(c._end)" if bench.dataset.grain == "day" else ""
    window = ", ".join([*(f"c.{name}" for name in groups), "c._period"])
    return (
        f"SELECT c.*, p.many AS was, row_number() OVER (PARTITION BY {window} ORDER BY p._end DESC) AS nth "
        f"FROM ({arriving}) c JOIN ({earlier}) p ON p._end < c._end{same}{weekday} "
        "WHERE p._period NOT IN (SELECT _period FROM standing WHERE _period IS NOT NULL)"
    )


def _arriving(groups: list[str], facts: str, bench: Bench) -> str:
    """The rows each period of the arrival will have: those it brings and those that stay beside them."""
    keys = ", ".join(map(named, bench.dataset.unique))
    columns = ", ".join([*groups, "_period", "_end"])
    staying = (
        f"SELECT {columns} FROM {facts} WHERE _period IN (SELECT _period FROM standing) "
        f"AND ({keys}) NOT IN (SELECT ({keys}) FROM standing)"
    )
    return _counted(groups, f"(SELECT {columns} FROM standing UNION ALL {staying})")


def _counted(groups: list[str], rows: str) -> str:
    columns = ", ".join([*groups, "_period", "_end"])
    return f"SELECT {columns}, count(*) AS many FROM {rows} GROUP BY ALL"
