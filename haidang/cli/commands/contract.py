"""`haidang contract`: a dataset as an Open Data Contract Standard document, and pack files made of one."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from haidang.cli import exits, machine, show
from haidang.words.texts import say, text


def arguments(parser: ArgumentParser) -> None:
    show.add_as(parser)
    inside = parser.add_subparsers(dest="verb", required=True, metavar="export|import")
    out = inside.add_parser("export")
    out.add_argument("dataset", metavar="DATASET")
    out.add_argument("-o", dest="out", type=Path, metavar="FILE")
    into = inside.add_parser("import")
    into.add_argument("file", type=Path, metavar="FILE")
    into.add_argument("--pack", type=Path, required=True, metavar="FOLDER")


def run(options: Namespace) -> int:
    return _export(options) if options.verb == "export" else _import(options)


def _export(options: Namespace) -> int:
    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.intake.contracts import odcs
    from haidang.words.nouns import Subject

    noun = declared().dataset(options.dataset)
    gate.require(machine.actor(options.who), "read", Subject(noun.pack, noun.key, noun.level))
    told = odcs.as_yaml(noun.key)
    if options.out:
        options.out.write_text(told, encoding="utf-8")
        print(text("cli.contract.written", options.lang, path=options.out))
    else:
        sys.stdout.write(told)
    return exits.DONE


def _import(options: Namespace) -> int:
    from haidang.intake.contracts import imported
    from haidang.words.errors import Absent, IntakeStopped

    if not (options.pack / "pack.yaml").is_file():
        raise Absent("no-pack-yaml", found=options.pack.name)
    try:
        draft = imported.read(options.file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeStopped("not-a-contract", found=type(error).__name__) from error
    for name, told in draft.files.items():
        _write(options, options.pack / name, told)
    for problem in draft.problems:
        print(say(problem, options.lang), file=sys.stderr)
    return exits.BAD_INPUT if draft.problems else exits.DONE


def _write(options: Namespace, path: Path, told: str) -> None:
    """A file that is there already stays: what a person wrote goes before what a contract says."""
    if path.exists():
        print(text("cli.contract.kept", options.lang, path=path), file=sys.stderr)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(told, encoding="utf-8")
    print(text("cli.contract.written", options.lang, path=path))
