"""`haidang rejects`: the rows of a run that were set aside, and why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from haidang.catalog.declared import declared
from haidang.cli import machine, show
from haidang.words.nouns import Actor
from haidang.words.texts import text

COLUMNS = ("id", "file", "sheet", "row", "column", "code", "found", "expected", "state")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("of_run", metavar="RUN")
    parser.add_argument("--code", default="")
    parser.add_argument("--limit", type=int, default=200)
    show.add_as(parser)
    show.add_purpose(parser)


def run(options: Namespace) -> None:
    from haidang.access import gate
    from haidang.words.errors import Absent

    who = machine.actor(options.who, options.purpose)
    table = gate.ledger(who, "rejects", clear=True).table
    table = table.filter(table["run"] == options.of_run)
    if options.code:
        table = table.filter(table["code"] == options.code)
    rows = gate.fetch(table.order_by(["code", "row"]).limit(max(1, options.limit)))
    total = int(gate.fetch(table.aggregate(total=table.count()))[0]["total"])
    if not total and not _known(options):
        raise Absent("unknown-run", found=options.of_run)
    _tell(who, rows)
    if options.json:
        show.as_json({"run": options.of_run, "total": total, "rejects": rows})
        return
    shown = [["" if row.get(name) is None else str(row[name]) for name in COLUMNS] for row in rows]
    show.table(text("cli.rejects", options.lang, shown=len(rows), total=total), COLUMNS, shown)


def _tell(who: Actor, rows: list[dict[str, Any]]) -> None:
    """Trace what was shown of people."""
    from haidang.access import gate

    for dataset in {row["dataset"] for row in rows}:
        clear = gate.mends_people(who, dataset)
        told = sum(row["dataset"] == dataset and clear(row["unit"] or "") for row in rows)
        if told and declared().dataset(dataset).personal:
            gate.shown(who, dataset, f"set-aside rows={told} run={rows[0]['run']}")


def _known(options: Namespace) -> bool:
    from haidang.access import gate

    table = gate.ledger(machine.actor(options.who), "runs").table
    return bool(gate.fetch(table.filter(table["run"] == options.of_run).limit(1)))
