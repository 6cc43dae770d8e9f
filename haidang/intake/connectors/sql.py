"""SQL: rows of another system's database, by a query of the pack or a table (docs/connectors.md).

Only one SELECT is ever sent, in a read-only transaction, with a limit on its time; rows come through a cursor on the
server, in batches, each a CSV. Modules beside it: `_sql_query` proves and builds the SELECT, `_sql_server` opens the
connection, `_sql_rows` writes the batches. Never: writes a row over there.
"""

from __future__ import annotations

from collections.abc import Iterator

from haidang.intake.connectors import Order, Parcel, Setting

MODE = "pull"
SETTINGS = (
    Setting("dialect", home="either", required=True, choices=("postgresql", "mysql", "mssql", "oracle")),
    Setting("address", required=True, kind="address"),
    Setting("database", required=True),
    Setting("username", required=True),
    Setting("password", secret=True),
    Setting("security", default="prefer", choices=("off", "prefer", "require", "verify")),
    Setting("ca", kind="long"),
    Setting("query", home="pack", kind="long"),
    Setting("table", home="either"),
    Setting("columns", home="either"),
    Setting("cursor_column", home="either"),
    Setting("order_by", home="either"),
    Setting("since_first", home="either"),
    Setting("overlap", home="either", default="0", kind="integer"),
    Setting("batch", home="either", default="50000", kind="integer"),
    Setting("timeout", home="either", default="300", kind="integer"),
)


def fetch(order: Order) -> Iterator[Parcel]:
    """One parcel a batch. Raises Unavailable, IntakeStopped('query-not-a-select' | 'login-refused' …)."""
    from haidang.intake.connectors._sql_rows import parcels  # the library is loaded when a source needs it

    yield from parcels(order)
