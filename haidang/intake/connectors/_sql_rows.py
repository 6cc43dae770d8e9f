"""Rows in batches, each a CSV (RFC 4180: a heading, CRLF; NULL is empty), and how far they were read.

The cursor keeps the highest value of `cursor_column` with its type. In the midst of a reading it says so: a reading
that was cut goes on *at* that value, so that rows that share it are not lost; one that ended goes on *after* it.
Never: builds the query (`_sql_query` does).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from itertools import chain, islice
from typing import Any

from haidang.intake import clock
from haidang.intake.connectors import Order, Parcel
from haidang.intake.connectors._keeping import keep, plain
from haidang.intake.connectors._sql_query import Query, built
from haidang.intake.connectors._sql_server import connected
from haidang.intake.connectors._templates import ZONE
from haidang.words.errors import IntakeStopped

FETCHED = 1000
"""Rows taken from the server at once, and written at once."""
TRIED = 200
"""Rows of a trial."""


def parcels(order: Order) -> Iterator[Parcel]:
    """Every batch of the rows asked for."""
    since, cut = _since(order), order.cursor.get("cut") == "1"
    window = order.start is not None and isinstance(since, datetime | None)
    query = built(order, since=since is not None, inclusive=cut, window=window)
    with connected(order) as connection:
        result = connection.exec_driver_sql(query.text, _values(order, query, since))
        heading = list(result.keys())
        at = _place(heading, order)
        rows = iter(result.yield_per(FETCHED))
        for number, batch in enumerate(_batches(rows, order), 1):
            yield batch.parcel(number, heading, at)
            if order.trial:
                return


class _Batch:
    """One batch: its rows are written as they come; the row after it is known before it is given away."""

    def __init__(self, order: Order, first: Sequence[Any], rows: Iterator[Sequence[Any]]) -> None:
        self.order, self.first, self.rows = order, first, rows
        self.after: Sequence[Any] | None = None
        self.high: Any = None

    def parcel(self, number: int, heading: list[str], at: int | None) -> Parcel:
        name = f"{self.order.value('table') or self.order.source}-{number:05d}.csv"
        path, _ = keep(self.order, name, self._written(heading, at))
        self.after = next(self.rows, None)
        return Parcel(path, plain(name), self._cursor())

    def _written(self, heading: list[str], at: int | None) -> Iterator[bytes]:
        most = TRIED if self.order.trial else max(self.order.number("batch", 50_000), 1)
        rows = chain([self.first], islice(self.rows, most - 1))
        yield _csv([heading])
        while block := list(islice(rows, FETCHED)):
            if at is not None:
                self.high = next((row[at] for row in reversed(block) if row[at] is not None), self.high)
            yield _csv([[_cell(value) for value in row] for row in block])

    def _cursor(self) -> dict[str, str]:
        cursor = dict(self.order.cursor)
        cursor.pop("cut", None)
        if self.high is None or self.order.start is not None:
            return cursor
        kind, text = _kept(self.high)
        return {**cursor, "since": text, "type": kind} | ({"cut": "1"} if self.after is not None else {})


def _batches(rows: Iterator[Sequence[Any]], order: Order) -> Iterator[_Batch]:
    first = next(rows, None)
    while first is not None:
        batch = _Batch(order, first, rows)
        yield batch
        first = batch.after


def _place(heading: list[str], order: Order) -> int | None:
    """Which column is the cursor's."""
    wanted = order.value("cursor_column").lower()
    names = [name.lower() for name in heading]
    if wanted and wanted not in names:
        raise IntakeStopped("query-refused", found=order.value("cursor_column"))
    return names.index(wanted) if wanted else None


def _values(order: Order, query: Query, since: Any) -> dict[str, Any]:
    """The bound values; moments as the database's own clock shows them in Việt Nam."""
    start, end = order.start, order.end or clock.now()
    if "start" in query.names and start is None:
        raise IntakeStopped("setting-missing", found="start", expected="query")
    if "since" in query.names and since is None and start is None:
        raise IntakeStopped("setting-missing", found="since_first", expected="query")
    if start is not None and (since is None or isinstance(since, datetime)):
        since = _local(start)
    values = {"since": since, "start": start and _local(start), "end": _local(end)}
    return {name: values[name] for name in query.names}


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZONE).replace(tzinfo=None)


def _since(order: Order) -> Any:
    """The cursor's value in its own type, less the overlap; None the first time."""
    text, kind = order.cursor.get("since", ""), order.cursor.get("type", "")
    value = _read(text, kind) if text else _guessed(order.value("since_first"))
    overlap = order.number("overlap", 0)
    if not overlap or value is None:
        return value
    if isinstance(value, datetime):
        return value - timedelta(seconds=overlap)
    if isinstance(value, date):
        return value - timedelta(days=-(-overlap // 86400))
    return value if isinstance(value, str) else value - overlap


def _kept(value: Any) -> tuple[str, str]:
    """Type and text of a cursor's value."""
    match value:
        case datetime():
            return "datetime", value.isoformat()
        case date():
            return "date", value.isoformat()
        case bool() | int():
            return "integer", str(int(value))
        case Decimal() | float():
            return "decimal", str(value)
    return "text", str(value)


def _read(text: str, kind: str) -> Any:
    readers: dict[str, Callable[[str], Any]] = {
        "datetime": datetime.fromisoformat,
        "date": date.fromisoformat,
        "integer": int,
        "decimal": Decimal,
    }
    try:
        return readers.get(kind, str)(text)
    except (ValueError, InvalidOperation) as error:
        raise IntakeStopped("since-not-a-time", found=text[:60], expected=kind) from error


def _guessed(text: str) -> Any:
    """`since_first` as a person writes it: a whole number, a day, a moment, else text."""
    if not text:
        return None
    if text.isdecimal():
        return int(text)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text


def _csv(rows: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    """A value as a file would have it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.isoformat(sep=" ")
        case Decimal():
            return format(value, "f")
        case bytes() | bytearray() | memoryview():
            return bytes(value).hex()
        case timedelta():
            return str(value)
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
