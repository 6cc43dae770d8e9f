"""`haidang runs`: what came, newest first, and what became of it."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from typing import Any

from haidang.cli import machine, show
from haidang.words.texts import text

COLUMNS = ("run", "dataset", "file", "read", "landed", "set_aside", "unchanged", "superseded")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--dataset", default="")
    parser.add_argument("--limit", type=int, default=200)
    show.add_as(parser)


def run(options: Namespace) -> None:
    runs = landed(options)
    if options.json:
        show.as_json({"runs": runs})
        return
    rows = [[_cell(row.get(name), options.lang) for name in COLUMNS] for row in runs]
    show.table(text("cli.runs", options.lang, total=len(rows)), COLUMNS, rows)


def landed(options: Namespace) -> list[dict[str, Any]]:
    """Rows of the ledger the actor may see; none when nothing has ever landed."""
    import ibis

    from haidang.access import gate
    from haidang.words.errors import Absent

    who = machine.actor(options.who)
    try:
        table = gate.ledger(who, "runs").table
    except Absent:
        return []
    if options.dataset:
        table = table.filter(table["dataset"] == options.dataset)
    return [_plain(row) for row in gate.fetch(table.order_by(ibis.desc("landed_at")).limit(max(1, options.limit)))]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    reasons = row.get("reasons")
    return {**row, "reasons": json.loads(reasons) if isinstance(reasons, str) else reasons or {}}


def _cell(value: object, language: str) -> str:
    return show.number(value, language=language) if isinstance(value, int) else str(value or "")
