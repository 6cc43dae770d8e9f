"""`haidang restore`: makes the home what a backup holds; the centre must be stopped."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from haidang.cli import machine, show
from haidang.words.texts import text

NEEDS_HOME = False


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--replace", action="store_true")


def run(options: Namespace) -> None:
    from haidang.intake import actions

    # Settings make a key in an empty home on the way here; it must not stand in the way of the one restored.
    made = set(machine.home().iterdir())
    only_a_key = made <= {machine.home() / "secret"}
    done = actions.restore(options.folder.resolve(), replace=options.replace or only_a_key)
    machine.migrate()
    if options.json:
        show.as_json(done)
    else:
        show.console().print(text("cli.restored", options.lang, folder=options.folder))
