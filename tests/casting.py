"""The cast of the demo in a test's database: acted out once by the core, afterwards the same rows again.

Nearly every test of a page or a right wants it, and acting it out took most of such a test's time. It is acted out anew
wherever what the rows rest on differs: another key, rows there before, no transaction that takes them back.
"""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.db import connection

Rows = dict[Any, tuple[Any, ...]]
"""By their first column, the key."""
LASTS = 1800.0
"""Seconds for which kept rows are new enough."""
_kept: dict[tuple[object, ...], tuple[float, dict[str, tuple[Rows, Rows]]]] = {}
"""When it was acted out, and of each table it changed the rows before and after."""


def create(password: str) -> None:
    """The offices, accounts, grants and factors of the cast, as `cast.create` makes them; the trace begins here."""
    from haidang.access import standing, trace
    from haidang.cli.demo import cast

    trace.forget_looks()
    if not connection.in_atomic_block:
        cast.create(password)
        return
    key = (password, settings.SECRET_KEY, settings.TRACE_KEY, tuple(settings.PASSWORD_HASHERS), connection.vendor)
    at, made = _kept.get(key, (0.0, {}))
    if made and time.time() - at < LASTS and all(_rows(table) == before for table, (before, _) in made.items()):
        for table, (before, after) in made.items():
            _put(table, before, after)
        standing._forget()
        return
    stood = {table: _rows(table) for table in connection.introspection.table_names()}
    cast.create(password)
    changed = {table: (rows, now) for table, rows in stood.items() if (now := _rows(table)) != rows}
    if all(before.keys() <= after.keys() for before, after in changed.values()):
        _kept[key] = time.time(), changed


def _rows(table: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_named(table)}")
        return {row[0]: row for row in cursor.fetchall()}


def _put(table: str, before: Rows, after: Rows) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_named(table)} LIMIT 0")
        names = [_named(column[0]) for column in cursor.description]
        told = ", ".join(f"{name} = %s" for name in names)
        for key in before:
            cursor.execute(f"UPDATE {_named(table)} SET {told} WHERE {names[0]} = %s", (*after[key], key))
        fresh = [row for key, row in after.items() if key not in before]
        cursor.executemany(f"INSERT INTO {_named(table)} VALUES ({', '.join(['%s'] * len(names))})", fresh)


def _named(name: str) -> str:
    return connection.ops.quote_name(name)
