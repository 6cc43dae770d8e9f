"""The independent count: from the lives in the sandbox's own table, by SQL, on its own way past states and fields.

The on-time rule (for QĐ 766, in our words). The end of a dossier is when it was processed (9), else handed over (10),
else refused or stopped (8), else withdrawn (7), each only after it had been received. While it waits for the citizen's
papers the end is the request; otherwise an open dossier ends now. It is on time when the end is not after the promise;
asked for papers more than once, it is not. The promise moves with the papers (NgayHenTra is the moved one); without a
promise it is receipt + legal time + the time the papers took. What was never received is outside the rule.
Never: calls anything that makes or shows dossiers.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sandbox.clock import at
from sandbox.dossiers.catalogue import procedures, units
from sandbox.world import World

NEVER = 1 << 40
ROWS = 5000


def _legal() -> str:
    """Seconds of legal time of procedures counted in hours."""
    cases = " ".join(f"when {n} then {p.time * 3600}" for n, p in enumerate(procedures()) if p.in_hours)
    return f"(case tthc {cases} else {NEVER} end)"


JUDGED = f"""
with known as (
  select ma, don_vi, kenh, tthc, tiep_nhan,
    case when ket_thuc <= :t then ket_qua end as ending,
    case when ket_thuc <= :t then ket_thuc end as ended,
    case when tra <= :t then tra end as handed,
    (bo_sung_1 <= :t) + (bo_sung_2 <= :t) as asks,
    case when bo_sung_2 <= :t and da_bo_sung_2 > :t then bo_sung_2
         when bo_sung_1 <= :t and da_bo_sung_1 > :t then bo_sung_1 end as waiting,
    (case when da_bo_sung_1 <= :t then da_bo_sung_1 - bo_sung_1 else 0 end)
      + (case when da_bo_sung_2 <= :t then da_bo_sung_2 - bo_sung_2 else 0 end) as papers,
    case when da_bo_sung_2 <= :t then hen_2 when da_bo_sung_1 <= :t then hen_1 else hen_dau end as promise
  from ho_so where tiep_nhan <= :t
), judged as (
  select *, case when promise < {NEVER} then promise else tiep_nhan + {_legal()} + papers end as due,
    coalesce(ended, waiting, :t) as finish from known
), told as (select *, asks <= 1 and finish <= due as on_time from judged)
"""
DAY = "(({} + 25200) / 86400)"
FIRST, LAST = date(1970, 1, 1), date(9999, 12, 31)
COUNTS = "count(*) as received, sum(kenh = 2) as received_online"
RESOLVED = "count(*) as resolved, sum(on_time) as resolved_on_time"
COUNTED = ("received", "received_online", "resolved", "resolved_on_time")
DONE = "ending in (7, 9)"
TIMES = {"received": "tiep_nhan", "due": "due", "ended": "ended", "handed": "handed"}


def truth(world: World, as_of: datetime, query: dict[str, str]) -> dict[str, Any]:
    """Totals, and ?by=day|unit|day,unit, ?rows=overdue|all (?after=MaHoSo&limit=), ?since=&until= (days).

    received: NgayTiepNhan up to as_of; resolved: ended as 9 (or 10) or 7; on time by the rule above.
    """
    told: dict[str, Any] = {"totals": _totals(world, as_of)}
    span = {
        name: (date.fromisoformat(query[name]) if name in query else usual).toordinal() - FIRST.toordinal()
        for name, usual in (("since", FIRST), ("until", LAST))
    }
    if by := query.get("by"):
        told["by"] = _by(world, as_of, by, span)
    if query.get("rows") == "overdue":
        told["overdue"] = _overdue(world, as_of)
    if query.get("rows") == "all":
        told["rows"] = _all(world, as_of, query, span)
    return told


def _ask(world: World, as_of: datetime, sql: str, **values: Any) -> list[dict[str, Any]]:
    found = world.database.rows(JUDGED + sql, {"t": int(as_of.timestamp()), **values})  # type: ignore[arg-type]  # by name
    return [dict(row) for row in found]


def _totals(world: World, as_of: datetime) -> dict[str, int]:
    found = _ask(
        world,
        as_of,
        f"""select {COUNTS}, sum({DONE}) as resolved, sum({DONE} and on_time) as resolved_on_time,
        sum(ending = 8) as stopped,
        sum(ending is null) as in_process, sum(ending is null and waiting is not null) as waiting_for_papers,
        sum(ending is null and not on_time) as overdue from told where ending is null or ending <> 3""",
    )[0]
    return {name: int(value or 0) for name, value in found.items()}


def _by(world: World, as_of: datetime, by: str, span: dict[str, int]) -> list[dict[str, Any]]:
    """One row per day and/or unit; received by the day of receipt, resolved by the day of the end."""
    wanted = [part for part in by.split(",") if part in {"day", "unit"}]
    if not wanted:
        raise ValueError("by: day, unit or day,unit")
    merged: dict[tuple[Any, ...], dict[str, Any]] = {}
    for column, what, where in (("tiep_nhan", COUNTS, "1"), ("ended", RESOLVED, DONE)):
        keys = [DAY.format(column) if part == "day" else "don_vi" for part in wanted]
        named = ", ".join(f"{key} as {part}" for key, part in zip(keys, wanted, strict=True))
        days = f"{DAY.format(column)} between :since and :until"
        sql = f"select {named}, {what} from told where {where} and {days} group by {', '.join(keys)}"
        for row in _ask(world, as_of, sql, **span):
            key = tuple(row[part] for part in wanted)
            merged.setdefault(key, dict.fromkeys(COUNTED, 0)).update(row)
    return [_named(merged[key]) for key in sorted(merged)]


def _named(row: dict[str, Any]) -> dict[str, Any]:
    if "day" in row:
        row["day"] = date.fromordinal(row["day"] + FIRST.toordinal()).isoformat()
    if "unit" in row:
        unit = units()[row["unit"]]
        row |= {"unit": unit.code, "place": unit.place}
    return row


def _told(row: dict[str, Any]) -> dict[str, Any]:
    unit = units()[row["don_vi"]]
    end = row["ending"]
    times = {name: _iso(row[key]) for name, key in TIMES.items()}
    asks, on_time = row["asks"], bool(row["on_time"])
    return {
        "MaHoSo": row["ma"],
        "unit": unit.code,
        "place": unit.place,
        **times,
        "result": end,
        "asks": asks,
        "on_time": on_time,
    }


def _iso(seconds: int | None) -> str | None:
    return at(seconds).isoformat() if seconds is not None and seconds < NEVER else None


def _overdue(world: World, as_of: datetime) -> list[dict[str, Any]]:
    return [
        _told(row) for row in _ask(world, as_of, "select * from told where ending is null and not on_time order by ma")
    ]


def _all(world: World, as_of: datetime, query: dict[str, str], span: dict[str, int]) -> list[dict[str, Any]]:
    """Every received dossier by MaHoSo; received within the days."""
    limit = min(int(query.get("limit", ROWS)), 20 * ROWS)
    days = f"{DAY.format('tiep_nhan')} between :since and :until"
    sql = f"select * from told where ma > :after and {days} order by ma limit :limit"
    return [_told(row) for row in _ask(world, as_of, sql, after=query.get("after", ""), limit=limit, **span)]
