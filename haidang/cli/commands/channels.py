"""`haidang channels`: by which channels reports come, saying how they are reached, testing them, sending once more.

Secrets are given as `--set name=@file` or asked for; what stands on a command line stands in its history too.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from haidang.cli import machine, show
from haidang.words.errors import BadQuestion
from haidang.words.texts import text

if TYPE_CHECKING:
    from haidang.cases.channels.reads import Face

HEADINGS = ("desk", "channel", "mode", "on", "simulated", "in", "out", "waiting", "failed", "problem")


def arguments(parser: ArgumentParser) -> None:
    show.add_as(parser)
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    acts.add_parser("list")
    for name in ("set", "test"):
        one = acts.add_parser(name)
        one.add_argument("desk")
        one.add_argument("kind")
        if name == "set":
            one.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="NAME=@FILE reads a file")
            one.add_argument("--on", action="store_true")
            one.add_argument("--simulated", action="store_true")
    connect = acts.add_parser("connect", help="settings of many kinds from one JSON file; {port} is filled in")
    connect.add_argument("desk")
    connect.add_argument("file", type=Path)
    connect.add_argument("--port", type=int, default=9410)
    again = acts.add_parser("again", help="send failed messages once more")
    again.add_argument("numbers", type=int, nargs="+")


def run(options: Namespace) -> None:
    {"list": _list, "set": _set, "test": _test, "connect": _connect, "again": _again}[options.act](options)


def _list(options: Namespace) -> None:
    from haidang.cases.channels import reads

    found = reads.every(machine.actor(options.who))
    if options.json:
        show.as_json({"channels": [{**asdict(one), "settings": [s.name for s in one.settings]} for one in found]})
    else:
        show.table(text("channel.title", options.lang), HEADINGS, [_row(one, options.lang) for one in found])


def _row(one: Face, language: str) -> list[str]:
    came, went = (f"{moment:%d/%m %H:%M}" if moment else "–" for moment in (one.last_in, one.last_out))
    problem = text(one.problem["code"], language, **one.problem) if one.problem else ""
    marks = ["x" if said else "" for said in (one.on, one.simulated)]
    return [one.desk, one.kind, one.mode, *marks, came, went, str(one.waiting), str(one.failed), problem]


def _set(options: Namespace) -> None:
    from haidang.cases.channels import actions, reads

    who = machine.actor(options.who)
    kept = reads.one(who, options.desk, options.kind).values
    values = {**kept, **dict(_said(pair) for pair in options.set)}
    actions.configure(who, options.desk, options.kind, actions.Said(values, options.on, options.simulated))
    show.console().print(text("channel.saved", options.lang))


def _said(pair: str) -> tuple[str, str]:
    """Raises BadQuestion('channel-choice')."""
    name, sign, value = pair.partition("=")
    if not sign:
        raise BadQuestion("channel-choice", found=pair[:40], expected="NAME=VALUE")
    return name, Path(value[1:]).read_text(encoding="utf-8").strip() if value.startswith("@") else value


def _test(options: Namespace) -> None:
    from haidang.cases.channels import actions

    actions.trial(machine.actor(options.who), options.desk, options.kind)
    show.console().print(text("channel.test-good", options.lang))


def _connect(options: Namespace) -> None:
    """Every kind of the file is switched on and marked as simulated: such a file is a sandbox's."""
    from haidang.cases.channels import actions

    told = options.file.read_text(encoding="utf-8")
    for name, port in (("port", 0), ("smtp_port", 1), ("imap_port", 2)):
        told = told.replace(f"{{{name}}}", str(options.port + port))
    for kind, values in json.loads(told).items():
        actions.configure(machine.actor(options.who), options.desk, kind, actions.Said(values, on=True, simulated=True))
    show.console().print(text("channel.saved", options.lang))


def _again(options: Namespace) -> None:
    from haidang.access import gate
    from haidang.cases.channels import actions
    from haidang.words.nouns import ANY, Subject

    gate.require(machine.actor(options.who), "manage", Subject(ANY, "channels"))
    done = sum(actions.again(number) for number in options.numbers)
    show.console().print(f"{text('channel.again', options.lang)}: {done}")
