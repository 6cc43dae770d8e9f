"""`haidang subjects find|export|purge`: what is held of a person; letting go of the past after an erasure."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from haidang.cli import machine, show
from haidang.words.errors import BadQuestion
from haidang.words.texts import text


def arguments(parser: ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    for name in ("find", "export"):
        act = acts.add_parser(name)
        act.add_argument("identifier")
        act.add_argument("--why", default="", help="what the request rests on")
        show.add_as(act)
    purge = acts.add_parser("purge")
    purge.add_argument("--yes", action="store_true", help="let go of every look into the past")


def run(options: Namespace) -> None:
    """Raises Denied, BadQuestion; `purge` without --yes says what it costs and does nothing."""
    {"find": _find, "export": _export, "purge": _purge}[options.act](options)


def _find(options: Namespace) -> None:
    from haidang.access.personal.subjects import reads as subjects

    found = subjects.find(machine.actor(options.who), options.identifier, why=options.why)
    if options.json:
        show.as_json(
            {"datasets": [{"dataset": one.dataset, "rows": len(one.rows), "erase": one.erase} for one in found]}
        )
        return
    heads = [text(f"subject.{name}", options.lang) for name in ("dataset", "rows", "law")]
    lines = [(one.dataset, str(len(one.rows)), one.basis.in_(options.lang)) for one in found]
    show.table(text("subject.found", options.lang), heads, lines)


def _export(options: Namespace) -> None:
    from haidang.access.personal.subjects import actions as subjects

    if not options.why.strip():
        raise BadQuestion("subject-no-why")
    found, looks = subjects.exported(machine.actor(options.who), options.identifier, options.why)
    show.as_json({"datasets": [asdict(one) for one in found], "looks": [asdict(look) for look in looks]})


def _purge(options: Namespace) -> None:
    from haidang.access import gate, trace
    from haidang.intake.erasing import actions

    if not options.yes:
        raise BadQuestion("purge-costs")
    done = actions.purge()
    trace.note(gate.operator(), "purge", f"snapshots={done.snapshots} files={done.files[0]}-{done.files[1]}")
    if options.json:
        show.as_json(asdict(done))
        return
    facts = {"snapshots": done.snapshots, "before": done.bytes[0], "after": done.bytes[1]}
    show.console().print(text("purge.done", options.lang, **facts))
