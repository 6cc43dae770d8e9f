"""The queries of derived datasets: what they may be and which tables they read. Pure: parses, never runs one.

One SELECT (with its WITH), over the datasets and code lists that were declared for it; no function that reads a file,
the network, the environment or the catalogue.
"""

from __future__ import annotations

import re

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from haidang.words.errors import PackProblem, Problem

_SHUT = re.compile(
    "^(read_|glob|getenv|current_setting|parquet_|sniff_|query|pragma_|duckdb_|sqlite_|postgres_|ducklake_|http|iceberg_)"
)


def name_of(dataset: str, pack: str) -> str:
    """What a dataset (full key) is called in a query of `pack`: `ho_so`, `van_ban__van_ban`."""
    own, name = dataset.split(".", 1)
    plain = name.replace("-", "_")
    return plain if own == pack else f"{own.replace('-', '_')}__{plain}"


def tables(text: str) -> frozenset[str]:
    """The tables a query reads beside its own WITH; raises PackProblem for what is no such query."""
    tree = _parsed(text)
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    for function in tree.find_all(exp.Func):
        name = (function.name if isinstance(function, exp.Anonymous) else function.sql_name()).lower()
        if _SHUT.match(name):
            raise _problem("query-function", name)
    found = set()
    for table in tree.find_all(exp.Table):
        if isinstance(table.this, exp.Func):
            continue  # range(…), unnest(…): proven above
        if table.db or table.catalog:
            raise _problem("query-table", table.sql())
        found.add(table.name)
    return frozenset(found - own)


def _parsed(text: str) -> exp.Query:
    try:
        statements = sqlglot.parse(text, read="duckdb")
    except (SqlglotError, RecursionError) as error:
        raise _problem("query-broken", str(error).splitlines()[0]) from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise _problem("query-not-select", text.strip()[:60])
    if any(statements[0].find_all(exp.Insert, exp.Update, exp.Delete, exp.Command, exp.Create)):
        raise _problem("query-not-select", text.strip()[:60])
    return statements[0]


def _problem(code: str, found: str) -> PackProblem:
    return PackProblem((Problem(code, found=found[:120]),))
