"""`haidang import`: files into a dataset, one Run each."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from haidang.cli import machine, show
from haidang.words.texts import text

if TYPE_CHECKING:
    from haidang.intake.actions import Landed


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("dataset", metavar="DATASET")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    show.add_as(parser)


def run(options: Namespace) -> None:
    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.intake import actions
    from haidang.words.nouns import Subject

    who = machine.actor(options.who)
    noun = declared().dataset(options.dataset)
    gate.require(who, "import", Subject(noun.pack, noun.key, noun.level))
    landed = []
    with show.progress(options) as shown:
        for file in options.files:
            steps = show.Steps(shown, file.name, options.lang)
            landed.append(actions.import_file(who, noun.key, file, progress=steps))
    if options.json:
        runs = [asdict(one) for one in landed]
        show.as_json(runs[0] if len(runs) == 1 else {"runs": runs})
    else:
        for one in landed:
            tell(one, options.lang)


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
