"""The database's own guard of the trace: triggers that refuse to change or take out a row. SQLite and PostgreSQL.

Put up after every migration (a table made anew loses its triggers). They stop slips and whoever has the program's
rights but not the owner's; whoever takes them down is found by the chain. Never: stands in for the chain.
"""

from __future__ import annotations

from typing import Any

from haidang.access.tracing import chain

TRACE, HEAD = "access_trace", "access_tracehead"
NAMES = ("haidang_trace_kept", "haidang_trace_let_go", "haidang_trace_head", "haidang_trace_head_kept")
SEALED = ("id", *chain.FIELDS)
WORDS = "the trace is only ever added to"


def install(connection: Any) -> None:
    """Put the triggers up, whether or not they stood."""
    if connection.vendor not in _MADE or not {TRACE, HEAD} <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for statement in (*removal(connection.vendor), *_MADE[connection.vendor]()):
            cursor.execute(statement)


def missing(connection: Any) -> tuple[str, ...]:
    """The names of triggers that do not stand."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        standing = {row[0] for row in cursor.fetchall()}
    return tuple(name for name in NAMES if name not in standing)


def removal(vendor: str) -> list[str]:
    """What takes them down again (a table is made anew; tests empty theirs)."""
    tables = dict(zip(NAMES, (TRACE, TRACE, HEAD, HEAD), strict=True))
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in NAMES]
    more = [f"DROP TRIGGER IF EXISTS haidang_emptied ON {table}" for table in (TRACE, HEAD)]
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table in tables.items()] + more


def _let_go() -> str:
    """A row may go once retention has moved on beyond it."""
    return f"OLD.number IS NULL OR OLD.number >= COALESCE((SELECT MIN(kept_from) FROM {HEAD}), 0)"


def _sqlite() -> list[str]:
    same = " AND ".join(f"OLD.{name} IS NEW.{name}" for name in SEALED)
    raised = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    numbered = f"OLD.number IS NULL AND NEW.number IS NOT NULL AND {same}"
    back = "NEW.number < OLD.number OR NEW.kept_from < OLD.kept_from OR NEW.id IS NOT OLD.id"
    return [
        f"CREATE TRIGGER {NAMES[0]} BEFORE UPDATE ON {TRACE} WHEN NOT ({numbered}) {raised}",
        f"CREATE TRIGGER {NAMES[1]} BEFORE DELETE ON {TRACE} WHEN {_let_go()} {raised}",
        f"CREATE TRIGGER {NAMES[2]} BEFORE UPDATE ON {HEAD} WHEN {back} {raised}",
        f"CREATE TRIGGER {NAMES[3]} BEFORE DELETE ON {HEAD} {raised}",
    ]


def _postgresql() -> list[str]:
    same = " AND ".join(f"OLD.{name} IS NOT DISTINCT FROM NEW.{name}" for name in SEALED)
    conditions = {
        "kept": f"NOT (OLD.number IS NULL AND NEW.number IS NOT NULL AND {same})",
        "let_go": _let_go(),
        "head": "NEW.number < OLD.number OR NEW.kept_from < OLD.kept_from OR NEW.id <> OLD.id",
        "head_kept": "TRUE",
    }
    made = []
    for name, (rule, condition) in zip(NAMES, conditions.items(), strict=True):
        table, event = (HEAD if "head" in rule else TRACE), ("UPDATE" if rule in ("kept", "head") else "DELETE")
        given = "NEW" if event == "UPDATE" else "OLD"
        made += [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} "
            f"THEN RAISE EXCEPTION '{WORDS}'; END IF; RETURN {given}; END $$",
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    refuse = (
        "CREATE OR REPLACE FUNCTION haidang_emptied() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$"
    )
    emptied = [
        f"CREATE TRIGGER haidang_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION haidang_emptied()"
        for table in (TRACE, HEAD)
    ]
    return [*made, refuse, *emptied]


_MADE = {"sqlite": _sqlite, "postgresql": _postgresql}
