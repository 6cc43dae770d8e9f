"""Expressions as the engine's SQL, remembered by their shape: the same look at a later snapshot is not compiled again.

A table at a snapshot is a leaf whose catalogue carries the number (`lake@…-17`); in the text that is said as
`AT (VERSION => 17)`. What is remembered has the numbers left out, so a text never goes with a snapshot it was not asked
for.
Never: runs anything, opens a connection.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable

import ibis.expr.operations as ops
import ibis.expr.schema as sch
import ibis.expr.types as ir

from haidang.store.engine import LAKE

MOST_TEXTS = 400
_MARK = f"{LAKE}@{secrets.token_hex(6)}-"
"""Nobody can write it into a text that is searched for."""
_LEAF = re.compile(rf'"{_MARK}(\d+)"\."main"\.("(?:[^"]|"")+")( AS "t\d+")?')


def leaf(name: str, snapshot: int, schema: sch.Schema, source: object) -> ir.Table:
    """A table of the lake as it was at that snapshot."""
    namespace = ops.Namespace(catalog=f"{_MARK}{snapshot}", database="main")
    found: ir.Table = ops.DatabaseTable(name=name, schema=schema, source=source, namespace=namespace).to_expr()
    return found


class Texts:
    """The texts of one lake. Thread-safe."""

    def __init__(self) -> None:
        self._known: OrderedDict[ops.Node, str] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, table: ir.Table, compiled: Callable[[ir.Table], str]) -> str:
        """The SQL of an expression; `compiled` makes it when its shape is new."""
        shape, snapshots = _without_snapshots(table.op())
        with self._lock:
            text = self._known.get(shape)
        if text is None:
            text = compiled(shape.to_expr())
            with self._lock:
                self._known[shape] = text
                while len(self._known) > MOST_TEXTS:
                    self._known.popitem(last=False)
        return _LEAF.sub(lambda met: _said(met, snapshots), text)


def _without_snapshots(node: ops.Node) -> tuple[ops.Node, list[int]]:
    """The expression with its snapshots numbered 0, 1, … in their order of appearance, and which they are."""
    leaves = [found for found in node.find(ops.DatabaseTable) if (found.namespace.catalog or "").startswith(_MARK)]
    snapshots = sorted({_snapshot(found) for found in leaves})
    plain = {found: _numbered(found, snapshots.index(_snapshot(found))) for found in leaves}
    return (node.replace(plain) if plain else node), snapshots


def _snapshot(found: ops.DatabaseTable) -> int:
    return int(found.namespace.catalog.removeprefix(_MARK))


def _numbered(found: ops.DatabaseTable, number: int) -> ops.Node:
    return leaf(found.name, number, found.schema, found.source).op()


def _said(met: re.Match[str], snapshots: list[int]) -> str:
    number, name, alias = met.groups()
    return f'"{LAKE}"."main".{name}{alias or ""} AT (VERSION => {snapshots[int(number)]})'
