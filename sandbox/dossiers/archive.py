"""The past of the one-stop system: years of dossiers into the table, and files a quarter for the centre to import.

Files: history/dich-vu-cong.ho-so/ho-so-2025-q1.csv.gz, heading = the names of the API's fields (lists as JSON text),
each dossier once, as it was at `until`, in the file of the quarter it was handed in.
Never: overwrites a past.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sandbox.clock import VN
from sandbox.dossiers.book import INDEXES, INSERT, TABLE, tuples
from sandbox.dossiers.fields import HEADING, values
from sandbox.dossiers.plan import day_of
from sandbox.world import World

SOURCE = "dich-vu-cong.ho-so"
STATUS = -3


def history(world: World, since: datetime, until: datetime, folder: Path) -> None:
    """Everything handed in from the day of `since` to the day of `until`, as it stands at `until`."""
    world.database.script(TABLE)
    first, last = since.astimezone(VN).date(), until.astimezone(VN).date()
    for quarter, days in _quarters(first, last):
        with world.database.write() as rows, _file(folder / SOURCE / f"ho-so-{quarter}.csv.gz") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(HEADING)
            for day in days:
                made = list(tuples(day_of(world, day), int(until.timestamp())))
                rows.executemany(INSERT, made)
                out.writerows(values(row) for row in made if row[STATUS])
            world.database.put("dossiers.planned", days[-1].isoformat())
    world.database.script(INDEXES)


def _quarters(first: date, last: date) -> Iterator[tuple[str, list[date]]]:
    days: dict[str, list[date]] = {}
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        days.setdefault(f"{day.year}-q{(day.month + 2) // 3}", []).append(day)
    yield from days.items()


class _file:  # noqa: N801  # used as a function: `with _file(path) as file`
    """A compressed text file that appears when it is whole; the same content gives the same bytes."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path, self._hidden = path, path.with_name(f".{path.name}.writing")

    def __enter__(self) -> io.TextIOWrapper:
        self._raw = self._hidden.open("wb")
        packed: Any = gzip.GzipFile("", "wb", compresslevel=1, fileobj=self._raw, mtime=0)
        self._text = io.TextIOWrapper(io.BufferedWriter(packed, 1 << 20), encoding="utf-8", newline="")
        return self._text

    def __exit__(self, kind: object, *_: object) -> None:
        self._text.close()
        self._raw.close()
        if kind is None:
            self._hidden.replace(self._path)
