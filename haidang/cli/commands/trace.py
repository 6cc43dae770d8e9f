"""`haidang trace`: read the trace, prove it and its files, take it away, put the database's guards up again."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from haidang.cli import exits, machine, question, show
from haidang.words.errors import BadQuestion
from haidang.words.texts import text

if TYPE_CHECKING:
    from haidang.access.tracing.reads import Wanted

MOST = 100_000
COLUMNS = ("number", "at", "sentence", "address", "door")


def arguments(parser: ArgumentParser) -> None:
    show.add_as(parser)
    inside = parser.add_subparsers(dest="verb", required=True, metavar="list|verify|export|guard")
    _filters(inside.add_parser("list")).add_argument("--most", type=int, default=50, metavar="N")
    inside.add_parser("verify").add_argument("files", nargs="*", type=Path, metavar="FILE")
    _filters(inside.add_parser("export")).add_argument("file", type=Path, metavar="FILE.jsonl|FILE.csv")
    inside.add_parser("guard")
    for one in inside.choices.values():
        # Also after the verb; not said there, what stands before it holds.
        one.add_argument("--as", dest="who", default=SUPPRESS, metavar="ACTOR")
        one.add_argument("--lang", choices=("vi", "en"), default=SUPPRESS)
        one.add_argument("--json", action="store_true", default=SUPPRESS)


def _filters(parser: ArgumentParser) -> ArgumentParser:
    for name in ("who", "action", "subject", "outcome", "address", "door", "text"):
        parser.add_argument(f"--by-{name}" if name == "who" else f"--{name}", dest=f"of_{name}", default="")
    parser.add_argument("--from", dest="start", default="", metavar="DATE")
    parser.add_argument("--to", dest="end", default="", metavar="DATE")
    parser.add_argument("--personal", action="store_true")
    return parser


def run(options: Namespace) -> int:
    verbs = {"list": _list, "verify": _verify, "export": _export, "guard": _guard}
    return verbs[options.verb](options)


def _wanted(options: Namespace) -> Wanted:
    from haidang.access.tracing.reads import Wanted

    names = ("who", "action", "subject", "outcome", "address", "door", "text")
    said = {name: getattr(options, f"of_{name}") for name in names}
    start, end = question.day(options.start), question.day(options.end)
    return Wanted(**said, start=start, end=end, personal=options.personal)


def _list(options: Namespace) -> int:
    from haidang.access.tracing import reads, telling

    found = reads.search(machine.actor(options.who), _wanted(options), options.most)
    names = reads.titles()
    told = [{**plain(row), "sentence": telling.sentence(row, options.lang, names)} for row in found.rows]
    if options.json:
        show.as_json({"rows": told, "older": found.older})
    else:
        show.table("", COLUMNS, [[str(row[name]) for name in COLUMNS] for row in told])
    return exits.DONE


def plain(row: Any) -> dict[str, Any]:
    """A row as JSON: what it says, its digest."""
    names = ("number", "who", "real", "action", "subject", "outcome", "because", "purpose", "address", "door")
    more = {name: getattr(row, name) for name in ("privilege", "times", "digest")}
    return {**{name: getattr(row, name) for name in names}, **more, "at": row.at.isoformat(timespec="seconds")}


def _verify(options: Namespace) -> int:
    """The chain in the database and every file put away, or the files named; exit 1 when anything is not whole."""
    from haidang.access.tracing import archive, reads, telling
    from haidang.access.tracing.chain import Verified

    told: list[tuple[str, Verified]] = []
    if not options.files:
        told.append(("", reads.verify()))
    for file in options.files or archive.files():
        held, broken = archive.prove(file)
        told.append((str(file), Verified(held.last - held.first + 1, held.first, held.last, broken)))
    if not options.files and (gap := archive.gaps()):
        told.append((str(archive.folder()), Verified(0, 0, 0, gap)))
    lines = [f"{name}: {telling.proved(found, options.lang)}".removeprefix(": ") for name, found in told]
    well = not any(found.broken for _, found in told)
    if options.json:
        show.as_json({"well": well, "said": lines})
    else:
        show.console().print("\n".join(lines))
    return exits.DONE if well else exits.BROKEN


def _export(options: Namespace) -> int:
    from haidang.access.tracing import exporting, reads

    kind = options.file.suffix.removeprefix(".")
    if kind not in ("jsonl", "csv"):
        raise BadQuestion("cli.trace-file", found=str(options.file))
    rows = reads.taken(machine.actor(options.who), _wanted(options), MOST)
    content = exporting.jsonl(rows) if kind == "jsonl" else exporting.table_csv(rows, options.lang)
    options.file.touch(mode=0o600)
    options.file.write_bytes(content)
    show.console().print(text("cli.trace-exported", options.lang, count=len(rows), file=str(options.file)))
    return exits.DONE


def _guard(options: Namespace) -> int:
    from django.db import connection

    from haidang.access import gate, trace
    from haidang.access.tracing import guards

    gone = guards.missing(connection)
    guards.install(connection)
    trace.note(gate.operator(), "trace-guard", " ".join(gone))
    show.console().print(text("cli.trace-guarded", options.lang))
    return exits.DONE
