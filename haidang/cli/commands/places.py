"""`haidang places`: find a place, show one with its history, take in an update file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from haidang.cli import machine, question, show
from haidang.words.texts import text

if TYPE_CHECKING:
    from haidang.words.places import Unit


def arguments(parser: ArgumentParser) -> None:
    inside = parser.add_subparsers(dest="verb", required=True, metavar="find|show|import")
    find = inside.add_parser("find")
    find.add_argument("text", metavar="TEXT")
    find.add_argument("--day", default="", metavar="DATE")
    find.add_argument("--level", default="", choices=("", "country", "province", "district", "commune"))
    find.add_argument("--limit", type=int, default=20)
    shown = inside.add_parser("show")
    shown.add_argument("text", metavar="CODE")
    taken = inside.add_parser("import")
    taken.add_argument("file", type=Path, metavar="FILE")
    for one in (find, shown, taken):
        # After the verb too, without undoing what stood before it.
        one.add_argument("--json", action="store_true", default=False, dest="json_too")


def run(options: Namespace) -> None:
    options.json = options.json or options.json_too
    {"find": _find, "show": _show, "import": _import}[options.verb](options)


def _find(options: Namespace) -> None:
    from haidang.catalog.places import register

    day = question.day(options.day)
    found = register().find(options.text, day=day, level=options.level, limit=max(1, options.limit))
    if options.json:
        show.as_json({"places": [_unit(unit) for unit in found]})
    else:
        _table(text("cli.places", options.lang, total=len(found)), found)


def _show(options: Namespace) -> None:
    from django.utils import timezone

    from haidang.catalog.places import register

    known = register()
    unit = known.resolve(options.text, timezone.localdate())
    before, after = known.predecessors(unit.id), known.successors(unit.id)
    if options.json:
        steps = {"predecessors": [asdict(s) for s in before], "successors": [asdict(s) for s in after]}
        show.as_json({**_unit(unit), **steps})
        return
    _table("", (unit,))
    if before:
        _table(text("cli.came-from", options.lang), tuple(known.unit(step.old) for step in before))
    if after:
        _table(text("cli.became", options.lang), tuple(known.unit(step.new) for step in after))


def _import(options: Namespace) -> None:
    from haidang.access import gate
    from haidang.catalog.places import import_update
    from haidang.words.nouns import ANY, Subject

    gate.require(gate.operator(), "manage", Subject(ANY, "places"))
    done = import_update(options.file, machine.home())
    if options.json:
        begun, ended = [_unit(unit) for unit in done.begun], [_unit(unit) for unit in done.ended]
        show.as_json({"file": options.file.name, "begun": begun, "ended": ended})
        return
    counts = {"begun": len(done.begun), "ended": len(done.ended), "file": options.file.name}
    show.console().print(text("cli.places-taken", options.lang, **counts))


def _table(title: str, units: tuple[Unit, ...]) -> None:
    rows = [(u.code, u.name, u.level, str(u.start), str(u.end or ""), u.id) for u in units]
    show.table(title, ("code", "name", "level", "start", "end", "unit"), rows)


def _unit(unit: Unit) -> dict[str, Any]:
    return {**asdict(unit), "start": unit.start.isoformat(), "end": unit.end.isoformat() if unit.end else None}
