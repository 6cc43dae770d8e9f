"""The table of dossiers in the sandbox's database: whole lives, and the state up to which the province has come.

`trang_thai` and `doi` (status, changed) are what the one-stop system shows; `sap_toi` is when that changes next.
A dossier not handed in yet has `trang_thai` 0 and is shown to nobody.
Never: decides a life (plan does).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from sandbox.clock import VN
from sandbox.database import Database
from sandbox.dossiers.catalogue import units
from sandbox.dossiers.plan import NEVER, Columns, day_of
from sandbox.dossiers.states import EVENTS, states
from sandbox.world import World

LIFE = (
    "ngay", "so", "don_vi", "tthc", "kenh", "doi_tuong", "nguoi", "vneid", "thanh_toan", "so_hoa", "phi",
    "nop", "tiep_nhan", "xu_ly", "hen_dau", "hen_1", "hen_2", "bo_sung_1", "da_bo_sung_1", "bo_sung_2", "da_bo_sung_2",
    "nop_tien", "da_nop_tien", "ket_thuc", "tra", "ket_qua",
)  # fmt: skip
COLUMNS = ("ma", *LIFE, "trang_thai", "doi", "sap_toi")
OVER = int(NEVER)
TABLE = f"create table if not exists ho_so ({', '.join(COLUMNS)});"
INDEXES = """
create unique index if not exists ho_so_ma on ho_so (ma);
create index if not exists ho_so_doi on ho_so (doi, ma) where trang_thai > 0;
create index if not exists ho_so_sap_toi on ho_so (sap_toi) where sap_toi < 1099511627776;
"""
INSERT = f"insert or ignore into ho_so values ({', '.join('?' * len(COLUMNS))})"


def codes(made: Columns) -> list[str]:
    """MaHoSo, e.g. H37.21-261122-0001."""
    names = [f"{u.code}-" for u in units()]
    days = {int(n): date.fromordinal(int(n)).strftime("%y%m%d-") for n in np.unique(made["ngay"])}
    return [
        f"{names[unit]}{days[day]}{number:04}"
        for unit, day, number in zip(made["don_vi"].tolist(), made["ngay"].tolist(), made["so"].tolist(), strict=True)
    ]


def tuples(made: Columns, moment: int) -> Iterable[tuple[Any, ...]]:
    """Rows for INSERT, with their state at a moment."""
    state = [column.tolist() for column in states(made, moment)]
    return zip(codes(made), *(made[name].tolist() for name in LIFE), *state, strict=True)


def planned(database: Database) -> date | None:
    """The last day whose dossiers are in the table."""
    found = database.get("dossiers.planned")
    return date.fromisoformat(found) if found else None


def plan_days(world: World, first: date, last: date, moment: int) -> None:
    """Bring the dossiers of these days into the table, as they are at the moment; a day is one transaction."""
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        with world.database.write() as rows:
            rows.executemany(INSERT, tuples(day_of(world, day), moment))
            world.database.put("dossiers.planned", day.isoformat())


def move(database: Database, until: datetime) -> int:
    """Everything that happens up to `until`; how many dossiers changed."""
    moment = int(until.timestamp())
    names = [name for name, _ in EVENTS]
    with database.write() as rows:
        found = rows.execute(
            f"select rowid, ket_qua, {', '.join(names)} from ho_so where sap_toi <= ? and sap_toi < {OVER}", (moment,)
        ).fetchall()
        _change(rows, found, names, moment)
    return len(found)


def _change(rows: sqlite3.Connection, found: list[sqlite3.Row], names: list[str], moment: int) -> None:
    if not found:
        return
    table = np.array([tuple(r) for r in found], dtype=np.int64)
    life = {"ket_qua": table[:, 1], **{name: table[:, n + 2] for n, name in enumerate(names)}}
    status, changed, coming = states(life, moment)
    rows.executemany(
        "update ho_so set trang_thai = ?, doi = ?, sap_toi = ? where rowid = ?",
        zip(status.tolist(), changed.tolist(), coming.tolist(), table[:, 0].tolist(), strict=True),
    )


def catch_up(world: World, until: datetime) -> None:
    """Plan the days up to `until` that are not planned yet."""
    last = until.astimezone(VN).date()
    done = planned(world.database)
    first = last if done is None else done + timedelta(days=1)
    if first <= last:
        plan_days(world, first, last, -1)
