"""`haidang rejects`: the rows of a run that were set aside, and why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from haidang.cli import machine, show
from haidang.words.texts import text

COLUMNS = ("id", "file", "sheet", "row", "column", "code", "found", "expected", "state")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("of_run", metavar="RUN")
    parser.add_argument("--code", default="")
    parser.add_argument("--limit", type=int, default=200)
    show.add_as(parser)


def run(options: Namespace) -> None:
    from haidang.access import gate
    from haidang.words.errors import Absent

    table = gate.ledger(machine.actor(options.who), "rejects").table
    table = table.filter(table["run"] == options.of_run)
    if options.code:
        table = table.filter(table["code"] == options.code)
    rows = gate.fetch(table.order_by(["code", "row"]).limit(max(1, options.limit)))
    total = int(gate.fetch(table.aggregate(total=table.count()))[0]["total"])
    if not total and not _known(options):
        raise Absent("unknown-run", found=options.of_run)
    if options.json:
        show.as_json({"run": options.of_run, "total": total, "rejects": rows})
        return
    shown = [["" if row.get(name) is None else str(row[name]) for name in COLUMNS] for row in rows]
    show.table(text("cli.rejects", options.lang, shown=len(rows), total=total), COLUMNS, shown)


def _known(options: Namespace) -> bool:
    from haidang.access import gate

    table = gate.ledger(machine.actor(options.who), "runs").table
    return bool(gate.fetch(table.filter(table["run"] == options.of_run).limit(1)))
