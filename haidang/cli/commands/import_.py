"""`haidang import`: files into a dataset, one Run each."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from haidang.cli import exits, machine, show
from haidang.words.errors import IntakeStopped
from haidang.words.texts import say, text

if TYPE_CHECKING:
    from haidang.intake.actions import Landed
    from haidang.words.nouns import Actor


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("dataset", metavar="DATASET")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    show.add_as(parser)


def run(options: Namespace) -> int:
    """Every file is tried: one that is refused is told and does not stop the others."""
    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.words.nouns import Subject

    who = machine.actor(options.who)
    noun = declared().dataset(options.dataset)
    gate.require(who, "import", Subject(noun.pack, noun.key, noun.level))
    with show.progress(options) as shown:
        done = [_one(who, noun.key, file, show.Steps(shown, file.name, options.lang)) for file in options.files]
    for file, one in zip(options.files, done, strict=True):
        if isinstance(one, IntakeStopped):
            print(f"{file}: {say(one, options.lang)}", file=sys.stderr)
        elif not options.json:
            tell(one, options.lang)
    if options.json:
        runs = [_plain(file, one, options.lang) for file, one in zip(options.files, done, strict=True)]
        show.as_json(runs[0] if len(runs) == 1 else {"runs": runs})
    return exits.BAD_INPUT if any(isinstance(one, IntakeStopped) for one in done) else exits.DONE


def _one(who: Actor, dataset: str, file: Path, steps: show.Steps) -> Landed | IntakeStopped:
    from haidang.intake import actions

    try:
        return actions.import_file(who, dataset, file, progress=steps)
    except IntakeStopped as stopped:
        return stopped


def _plain(file: Path, one: Landed | IntakeStopped, language: str) -> dict[str, Any]:
    if isinstance(one, IntakeStopped):
        return {"file": file.name, "landed": 0, "error": {"code": one.problem.code, "message": say(one, language)}}
    return asdict(one)


def tell(one: Landed, language: str) -> None:
    """A line about what landed, and one per reason for setting aside."""
    out = show.console()
    out.print(text("cli.repeated" if one.repeated else "cli.landed", language, **_written(one, language)))
    for code, count in sorted(one.reasons.items(), key=lambda item: -item[1]):
        out.print(
            f"    {show.number(count, language=language)} · {text(f'reason.{code}', language).removeprefix('reason.')}"
        )


def _written(one: Landed, language: str) -> dict[str, str]:
    counts = ("read", "landed", "set_aside", "unchanged", "superseded")
    return {
        **{name: show.number(getattr(one, name), language=language) for name in counts},
        "file": one.file,
        "run": one.run,
    }
