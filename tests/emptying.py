"""Tests that commit empty their tables afterwards; the trace's guards stand down for that alone, and only in tests."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql.operations import DatabaseOperations as Postgresql
from django.db.backends.sqlite3.operations import DatabaseOperations as Sqlite


def let_tests_empty_the_trace() -> None:
    """What Django runs to empty a test's database first takes the guards down; they are put up again after it."""
    for operations, vendor in ((Sqlite, "sqlite"), (Postgresql, "postgresql")):
        _before_emptying(operations, vendor)


def _before_emptying(operations: Any, vendor: str) -> None:
    emptied = operations.sql_flush

    def sql_flush(self: Any, *args: Any, **named: Any) -> list[str]:
        from haidang.access.tracing import guards

        return [*guards.removal(vendor), *emptied(self, *args, **named)]

    operations.sql_flush = sql_flush
