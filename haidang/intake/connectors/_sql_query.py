"""The one SELECT a source is asked: proved to be one, and what is sent is written anew from what was proved.

Values never stand in its text: `:since`, `:start`, `:end` are bound. Never: connects.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from haidang.intake.connectors import Order
from haidang.words.errors import IntakeStopped

NAMES = ("since", "start", "end")
READS = {"postgresql": "postgres", "mysql": "mysql", "mssql": "tsql", "oracle": "oracle"}
"""Our dialects by the names of the parser."""
WRITES = (
    exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Create, exp.Drop, exp.Alter, exp.Command, exp.Into, exp.Lock,
    exp.Set, exp.Copy, exp.TruncateTable, exp.Grant, exp.Transaction, exp.Commit, exp.Rollback, exp.Use, exp.Pragma,
)  # fmt: skip
HARMFUL = frozenset(
    {
        *("pg_sleep", "pg_read_file", "pg_read_binary_file", "pg_ls_dir", "lo_import", "lo_export", "dblink"),
        *("dblink_exec", "pg_terminate_backend", "pg_cancel_backend", "set_config", "nextval", "setval"),
        *("query_to_xml", "database_to_xml", "load_file", "sleep", "benchmark", "get_lock", "sys_exec", "sys_eval"),
        *("xp_cmdshell", "openrowset", "openquery", "opendatasource", "utl_http", "utl_file", "utl_inaddr"),
    }
)
"""Functions that read the server's own files, reach elsewhere or hold it up; a read-only transaction lets them pass."""


@dataclass(frozen=True)
class Query:
    """`text` as the driver takes it; `names`: the bound values it needs."""

    text: str
    names: frozenset[str]


def built(order: Order, *, since: bool, inclusive: bool, window: bool) -> Query:
    """The SELECT for this fetch. `since`: rows after the cursor (`inclusive`: and at it); `window`: of a stretch.

    Raises IntakeStopped('query-not-a-select' | 'query-unreadable' | 'query-harmful' | 'setting-missing').
    """
    dialect = READS[order.value("dialect")]
    asked = proved(order.value("query"), dialect) if order.value("query") else _of_table(order, dialect)
    column = order.value("cursor_column")
    if column:
        asked = exp.select("*").from_(asked.subquery("asked"))
        at = exp.column(_name(column, dialect), table="asked")
        if window:
            asked = asked.where(
                exp.GTE(this=at, expression=_bound("start")), exp.LT(this=at.copy(), expression=_bound("end"))
            )
        elif since:
            asked = asked.where((exp.GTE if inclusive else exp.GT)(this=at, expression=_bound("since")))
        order_by = [column, *_list(order.value("order_by"))]
        asked = asked.order_by(*(exp.column(_name(name, dialect), table="asked") for name in order_by))
    return _written(asked, dialect)


def proved(text: str, dialect: str) -> exp.Query:
    """One SELECT and nothing else. Raises IntakeStopped."""
    try:
        found = [part for part in sqlglot.parse(text, dialect=dialect) if part is not None]
    except (SqlglotError, RecursionError) as error:
        raise IntakeStopped("query-unreadable", found=str(error).splitlines()[0][:200]) from error
    if len(found) != 1 or not isinstance(found[0], exp.Query) or found[0].find(*WRITES):
        raise IntakeStopped("query-not-a-select", found=text[:120])
    query = found[0]
    called = {str(call.name or call.sql_name()).lower() for call in query.find_all(exp.Func)}
    if harmful := called & HARMFUL:
        raise IntakeStopped("query-harmful", found=", ".join(sorted(harmful)))
    unknown = {str(mark.this) for mark in query.find_all(exp.Placeholder)} - set(NAMES)
    if unknown:
        raise IntakeStopped("template-unknown", found=", ".join(sorted(unknown)), expected=", ".join(NAMES))
    return query


def _of_table(order: Order, dialect: str) -> exp.Query:
    if not order.value("table"):
        raise IntakeStopped("setting-missing", found="query", expected="table")
    parts = [_name(part, dialect) for part in order.value("table").split(".")]
    if len(parts) > 3:
        raise IntakeStopped("query-unreadable", found=order.value("table")[:120])
    names = dict(zip(("this", "db", "catalog"), reversed(parts), strict=False))
    named = _list(order.value("columns"))
    if named:  # what rows are ordered by must be among them
        named += [name for name in (order.value("cursor_column"), *_list(order.value("order_by"))) if name not in named]
    columns: list[exp.Expr] = [exp.column(_name(name, dialect)) for name in named if name]
    return exp.select(*(columns or [exp.Star()])).from_(exp.Table(**names))


def _name(name: str, dialect: str) -> exp.Identifier:
    """A name as it is written; Oracle's own are in capitals unless they are quoted."""
    simple = name.replace("_", "a").isalnum() and name.isascii()
    return exp.to_identifier(name.strip(), quoted=not (simple and dialect == "oracle"))


def _bound(name: str) -> exp.Placeholder:
    return exp.Placeholder(this=name)


def _written(query: exp.Query, dialect: str) -> Query:
    """In the driver's way: `%(since)s` with doubled per cent signs, for Oracle `:since`."""
    names = frozenset(str(mark.this) for mark in query.find_all(exp.Placeholder))
    marked = query.transform(
        lambda node: exp.Var(this=f"@@{node.this}@@") if isinstance(node, exp.Placeholder) else node
    )
    text = marked.sql(dialect=dialect)
    text = text if dialect == "oracle" else text.replace("%", "%%")
    for name in names:
        text = text.replace(f"@@{name}@@", f":{name}" if dialect == "oracle" else f"%({name})s")
    return Query(text, names)


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
