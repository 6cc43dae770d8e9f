"""Pages of the table in the order (last change, MaHoSo), safe against dossiers that change during a walk.

A changed dossier moves to the end of the order; by counting offsets the next page would then skip one. So the last
row of every page served is remembered, and the following page begins after it, whoever asks.
Never: shows a dossier not yet handed in.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.database import Database
from sandbox.dossiers.book import OVER
from sandbox.dossiers.fields import SELECT

KEPT = 64
Key = tuple[int, str]
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Asked:
    """`since`, `until`: seconds, both inclusive, on the last change; `unit`: its number or -1 for all; pages from 1."""

    since: int
    size: int
    page: int
    unit: int = -1
    until: int = OVER - 1

    @property
    def walk(self) -> tuple[int, int, int]:
        return self.since, self.size, self.unit


@dataclass
class _Walk:
    total: int
    ends: dict[int, Key]  # page → its last (changed, MaHoSo)


class Walks:
    """The walks of all callers over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._walks: OrderedDict[tuple[int, int, int], _Walk] = OrderedDict()

    def page(self, asked: Asked) -> tuple[list[Row], int]:
        """(rows with the columns of book.COLUMNS, how many there were when the walk began)."""
        walk = self._walk(asked)
        after = walk.ends.get(asked.page - 1) if asked.page > 1 else (asked.since, "")
        if after is None:
            rows = self._rows(asked, (asked.since, ""), (asked.page - 1) * asked.size)
        else:
            rows = self._rows(asked, after, 0)
        if rows:
            with self._lock:
                walk.ends[asked.page] = (rows[-1][-2], rows[-1][0])
        return rows, walk.total

    def _walk(self, asked: Asked) -> _Walk:
        with self._lock:
            known = self._walks.get(asked.walk)
        if known is None or asked.page == 1:
            known = _Walk(self._count(asked), {})
            with self._lock:
                self._walks[asked.walk] = known
                self._walks.move_to_end(asked.walk)
                while len(self._walks) > KEPT:
                    self._walks.popitem(last=False)
        return known

    def _count(self, asked: Asked) -> int:
        where, values = _where(asked, "doi >= ?", [asked.since])
        found: int = self._database.rows(f"select count(*) from ho_so where {where}", values)[0][0]
        return found

    def _rows(self, asked: Asked, after: Key, skip: int) -> list[Row]:
        where, values = _where(asked, "(doi, ma) > (?, ?)", list(after))
        sql = f"{SELECT} where {where} order by doi, ma limit ? offset ?"
        cursor = self._database.read().cursor()
        cursor.row_factory = _plain
        return cursor.execute(sql, (*values, asked.size, skip)).fetchall()


_plain: Callable[[Any, Any], Any] = lambda _cursor, row: row  # noqa: E731  # sqlite wants a callable, rows stay tuples


def _where(asked: Asked, order: str, values: list[Any]) -> tuple[str, list[Any]]:
    parts, given = ["trang_thai > 0", order, "doi <= ?"], [*values, asked.until]
    if asked.unit >= 0:
        parts.append("don_vi = ?")
        given.append(asked.unit)
    return " and ".join(parts), given
