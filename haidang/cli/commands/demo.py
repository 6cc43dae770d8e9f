"""`haidang demo`: the centre of Lạng Sơn with its real reference data, filled and served by one command."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from haidang.cli import exits, servers, show
from haidang.cli.demo import beside, cast, desk, fill
from haidang.words.errors import IntakeStopped
from haidang.words.texts import say, text

if TYPE_CHECKING:
    from haidang.intake.actions import Landed

HOST = "127.0.0.1"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, metavar="N")
    parser.add_argument("--fill", action="store_true")
    parser.add_argument("--code", default="", metavar="NAME")
    parser.add_argument("--beside", default="", metavar="FOLDER")
    parser.add_argument("--beside-port", type=int, default=9400, metavar="N")
    parser.add_argument("--years", type=float, default=2, metavar="N")
    parser.add_argument("--scale", type=float, default=0.1, metavar="X")
    parser.add_argument("--speed", type=float, default=1, metavar="X")


def run(options: Namespace) -> int:
    if options.code:
        print(cast.code(options.code.strip().lower()))
        return exits.DONE
    if not options.fill:
        servers.free_or_refuse(HOST, options.port)
    password = cast.password()
    people = cast.create(password)
    failed = _fill(options)
    if options.beside:
        failed += _stand_beside(options)
    if options.fill:
        return exits.BAD_INPUT if failed else exits.DONE
    also = [beside.command(options), *desk.beside(options)] if options.beside else []
    return servers.run(HOST, options.port, lambda: _ready(options, people, password), also=also)


def _stand_beside(options: Namespace) -> int:
    """The past of the program beside and the connections to it; how many files could not be read."""
    from django.conf import settings

    from haidang.access import gate
    from haidang.intake.made import actions as made

    os.environ["HAIDANG_DROPS"] = os.pathsep.join([*(str(root) for root in settings.DROPS), str(beside.home())])
    beside.command(options)
    beside.write_history(options)
    failed = _tell(options, beside.land_history(options))
    made.settle(gate.operator())
    beside.connect(options)
    return failed


def _fill(options: Namespace) -> int:
    """Import what the packs ship, and the desk's past; gives how many files could not be read."""
    failed = _tell(options, fill.fill(options))
    brought = desk.fill(options)
    if brought and brought.landed:
        desk.keep_up()
    return failed


def _tell(options: Namespace, files: Iterator[tuple[Path, Landed | IntakeStopped]]) -> int:
    from haidang.cli.commands.import_ import tell

    failed = 0
    for file, done in files:
        if isinstance(done, IntakeStopped):
            failed += 1
            show.console().print(f"{file.name}: {say(done, options.lang)}")
        elif not done.repeated:
            tell(done, options.lang)
    return failed


def _ready(options: Namespace, people: list[tuple[str, str]], password: str) -> None:
    names = ", ".join(name for name, _ in people)
    print(
        f"ready http://{HOST}:{options.port}/ · {names} · {text('cli.password-is', options.lang, password=password)}",
        flush=True,
    )
    print(text("cli.demo-codes", options.lang, names=", ".join(cast.guarded())), flush=True)
