"""`haidang backup`: everything kept into an empty folder, while the centre goes on being read."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from haidang.cli import show
from haidang.words.texts import text


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR")


def run(options: Namespace) -> None:
    from django.db import connection

    from haidang.intake import actions
    from haidang.words.errors import Unavailable

    if connection.vendor != "sqlite":
        raise Unavailable("only-embedded", found=connection.vendor, retry=0)
    done = actions.backup(options.folder.resolve())
    if options.json:
        show.as_json(done)
    else:
        size = show.number(done["bytes"] / 2**20, 1, options.lang)
        show.console().print(text("cli.saved", options.lang, folder=done["folder"], size=size))
