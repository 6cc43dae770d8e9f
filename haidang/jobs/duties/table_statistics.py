"""The database measures its tables, so that it knows the quick way to a list among a hundred thousand rows.

Of SQLite alone: PostgreSQL does so by itself. Looks at a few thousand rows of each table. Never: changes a row of ours.
"""

from __future__ import annotations

from datetime import datetime, timedelta

EVERY = timedelta(hours=1)
LOOKS_AT = 2000
"""Rows of an index it looks at."""


def run(now: datetime) -> None:
    del now
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={LOOKS_AT}")
        cursor.execute("ANALYZE")
