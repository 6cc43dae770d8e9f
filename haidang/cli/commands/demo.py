"""`haidang demo`: the centre of Lạng Sơn with its real reference data, filled and served by one command."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from haidang.cli import exits, servers, show
from haidang.cli.demo import cast, fill
from haidang.words.errors import IntakeStopped
from haidang.words.texts import say, text

HOST = "127.0.0.1"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, metavar="N")
    parser.add_argument("--fill", action="store_true")


def run(options: Namespace) -> int:
    if not options.fill:
        servers.free_or_refuse(HOST, options.port)
    password = cast.password()
    people = cast.create(password)
    failed = _fill(options)
    if options.fill:
        return exits.BAD_INPUT if failed else exits.DONE
    return servers.run(HOST, options.port, lambda: _ready(options, people, password))


def _fill(options: Namespace) -> int:
    """Import what the packs ship, saying what became of each file; gives how many could not be read."""
    from haidang.cli.commands.import_ import tell

    failed = 0
    for file, done in fill.fill(options):
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
