"""The command `haidang`.

Reads the line, finds the command, turns errors into sentences. Never: does a command's work.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from itertools import pairwise
from types import ModuleType
from typing import NoReturn

from haidang.cli import commands, exits, machine
from haidang.words.errors import HaiDangError, PackProblem
from haidang.words.texts import say, text


class Parser(argparse.ArgumentParser):
    """argparse whose complaint is a sentence an officer can read."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(exits.BAD_USE, text("cli.bad-use", language(sys.argv), found=message) + "\n")


def language(words: Sequence[str]) -> str:
    """The language of what is said, before anything is parsed: `--lang en`, else Vietnamese."""
    given = list(words)
    return "en" if "--lang=en" in given or ("--lang", "en") in pairwise(given) else "vi"


def every_command() -> dict[str, ModuleType]:
    """Command name → its module, by listing the folder (`import_.py` is `import`)."""
    names = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    return {name.rstrip("_"): importlib.import_module(f"{commands.__name__}.{name}") for name in names}


def parser(tongue: str) -> Parser:
    shared = Parser(add_help=False)
    shared.add_argument("--json", action="store_true", help=text("cli.help.json", tongue))
    shared.add_argument("--lang", choices=("vi", "en"), default="vi", help=text("cli.help.lang", tongue))
    top = Parser(prog="haidang", description=text("cli.help", tongue), allow_abbrev=False)
    inside = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    for name, module in every_command().items():
        told = text(f"cli.help.{name}", tongue)
        one = inside.add_parser(name, help=told, description=told, parents=[shared], allow_abbrev=False)
        module.arguments(one)
        one.set_defaults(module=module)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status (0 done, 1 broken, 2 bad use, 3 denied, 4 bad input)."""
    given = list(sys.argv[1:] if words is None else words)
    try:
        options = parser(language(given)).parse_args(given)
    except SystemExit as ended:
        return int(ended.code or 0)
    try:
        machine.start(needs_home=getattr(options.module, "NEEDS_HOME", True))
        with machine.traced():
            return int(options.module.run(options) or 0)
    except HaiDangError as error:
        return complain(error, options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # `haidang … | head`: nobody reads on. Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.BROKEN
    except Exception as error:
        if os.environ.get("HAIDANG_DEBUG"):
            raise
        print(text("cli.broken", options.lang, kind=type(error).__name__, found=str(error)[:300]), file=sys.stderr)
        return exits.BROKEN


def complain(error: HaiDangError, options: argparse.Namespace) -> int:
    """Say what is wrong on stderr; gives the exit status."""
    error = exits.seen_from_outside(error, acting_as=getattr(options, "who", ""))
    if isinstance(error, PackProblem):
        for problem in error.problems:
            print(say(problem, options.lang), file=sys.stderr)
    print(say(error, options.lang), file=sys.stderr)
    return exits.of(error)


if __name__ == "__main__":
    sys.exit(main())
