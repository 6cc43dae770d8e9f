"""`haidang users`: list accounts, open one, close one, give one a token."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import ArgumentParser, Namespace

from haidang.cli import show
from haidang.words.texts import text


def arguments(parser: ArgumentParser) -> None:
    inside = parser.add_subparsers(dest="verb", required=True, metavar="list|add|close|token")
    inside.add_parser("list")
    add = inside.add_parser("add")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--title", default="")
    add.add_argument("--kind", default="officer")
    add.add_argument("--place", default="", metavar="CODE")
    add.add_argument("--email", metavar="ADDRESS")
    add.add_argument("--no-password", action="store_true")
    add.add_argument("--own", action="store_true")
    for verb in ("close", "token"):
        inside.add_parser(verb).add_argument("name", metavar="NAME")
    for one in inside.choices.values():
        one.add_argument("--json", action="store_true", default=False, dest="json_too")


def run(options: Namespace) -> None:
    options.json = options.json or options.json_too
    {"list": _list, "add": _add, "close": _close, "token": _token}[options.verb](options)


def _list(options: Namespace) -> None:
    from haidang.access import gate

    people = gate.accounts(gate.operator())
    if options.json:
        show.as_json({"users": people})
        return
    columns = ("name", "title", "kind", "unit", "active")
    show.table("", columns, [[str(person[name]) for name in columns] for person in people])


def _add(options: Namespace) -> None:
    from haidang.access import actions, gate

    person = actions.Person(options.name, options.title, options.kind, options.place, options.email)
    password = None if options.no_password else _password(options.lang)
    opened = actions.open_account(gate.operator(), person, password, own=options.own)
    if options.json:
        show.as_json({"name": opened.name, "title": opened.title, "kind": opened.kind})
    else:
        show.console().print(text("cli.opened", options.lang, name=opened.name))


def _close(options: Namespace) -> None:
    from haidang.access import actions, gate

    actions.close_account(gate.operator(), options.name)
    show.console().print(text("cli.closed", options.lang, name=options.name))


def _token(options: Namespace) -> None:
    from haidang.access import actions, gate

    token = actions.issue_token(gate.operator(), options.name)
    if options.json:
        show.as_json({"name": options.name, "token": token})
    else:
        show.console().print(text("cli.token", options.lang, name=options.name, token=token))


def _password(language: str) -> str:
    """From HAIDANG_PASSWORD, the screen, or the first line of a pipe.

    Never from the command line, which others can read.
    """
    if given := os.environ.get("HAIDANG_PASSWORD"):
        return given
    if sys.stdin.isatty():
        return getpass.getpass(text("cli.password", language))
    return sys.stdin.readline().rstrip("\n")
