"""`haidang sources`: how every source stands; say how one is reached, pause it, go on."""

from __future__ import annotations

import json
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from haidang.cli import machine, show
from haidang.words.errors import BadQuestion
from haidang.words.texts import text

if TYPE_CHECKING:
    from haidang.intake.sources.reads import SourceFace

COLUMNS = ("source", "connector", "state", "owed", "due_at", "arrived_at", "next_at", "problem")
SAID = ("values", "secrets", "simulated", "owner", "duty", "connected", "restart")
"""What a file of many may say of a source."""


def arguments(parser: ArgumentParser) -> None:
    show.add_as(parser)
    inside = parser.add_subparsers(dest="verb", metavar="set|pause|resume")
    one = inside.add_parser("set")
    one.add_argument("source", nargs="?", default="", metavar="SOURCE")
    one.add_argument("values", nargs="*", metavar="KEY=VALUE")
    one.add_argument("--secret", action="append", default=[], metavar="KEY=VALUE")
    one.add_argument("--simulated", action="store_true", default=None)
    one.add_argument("--owner", metavar="ACTOR")
    one.add_argument("--duty", metavar="ACTOR")
    one.add_argument("--off", action="store_true")
    one.add_argument("--restart", action="store_true")
    one.add_argument("--from", dest="file", type=Path, metavar="FILE")
    for verb in ("pause", "resume"):
        inside.add_parser(verb).add_argument("source", metavar="SOURCE")
    for one in inside.choices.values():
        # Also after the verb; not said there, what stands before it holds.
        one.add_argument("--as", dest="who", default=SUPPRESS, metavar="ACTOR")
        one.add_argument("--lang", choices=("vi", "en"), default=SUPPRESS)


def run(options: Namespace) -> None:
    {None: _list, "set": _set, "pause": _pause, "resume": _pause}[options.verb](options)


def _list(options: Namespace) -> None:
    faces = seen(machine.actor(options.who))
    if options.json:
        show.as_json({"sources": [plain(face) for face in faces]})
        return
    rows = [[_cell(name, plain(face)[name], options.lang) for name in COLUMNS] for face in faces]
    show.table(text("cli.sources", options.lang, total=len(rows)), COLUMNS, rows)


def seen(who: Any) -> list[SourceFace]:
    """The sources of datasets the actor may see."""
    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.intake.sources import reads
    from haidang.words.nouns import Subject

    may = gate.sees(who)
    nouns = {d.key: d for pack in declared().packs for d in pack.datasets}
    return [
        face for face in reads.sources() if may(Subject(face.pack, face.dataset, nouns[face.dataset].level))
    ]  # fmt: skip


def plain(face: SourceFace) -> dict[str, Any]:
    """A source as JSON: its settings without secrets, of which only the names are told."""
    same = ("source", "dataset", "pack", "connector", "format", "state", "simulated", "owner", "duty", "values")
    more = ("secrets", "problem", "failures", "tried_at", "arrived_at", "next_at", "due_at", "owed", "running")
    title = {"title": face.title.vi, "department": face.department.vi}
    return {**{name: getattr(face, name) for name in (*same, *more)}, **title}


def _cell(name: str, value: Any, language: str) -> str:
    from django.utils import timezone

    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    if name == "state":
        return text(f"source-state.{value}", language)
    if name == "problem":
        return str(value.get("code", "")) if value else ""
    return str(value) if value else ""


def _set(options: Namespace) -> None:
    """One source from the line, or many from a JSON file `{source: {values, secrets, simulated, owner, duty}}`."""
    told = _file(options.file) if options.file else {options.source: _line(options)}
    for source, said in told.items():
        _may(options, source)
        _configure(options, source, said)
    show.console().print(text("cli.sources-set", options.lang, total=len(told), names=", ".join(told)))


def _configure(options: Namespace, source: str, said: dict[str, Any]) -> None:
    from haidang.intake.sources import actions

    more = {name: said[name] for name in SAID[2:] if said.get(name) is not None}
    values, secrets = said.get("values", {}), said.get("secrets", {})
    actions.configure(machine.actor(options.who), source, values=values, secrets=secrets, **more)


def _line(options: Namespace) -> dict[str, Any]:
    if not options.source:
        raise BadQuestion("cli.sources-which")
    said = {"values": _pairs(options.values), "secrets": _pairs(options.secret), "connected": not options.off}
    return {**said, **{name: getattr(options, name) for name in ("simulated", "owner", "duty", "restart")}}


def _pairs(words: Iterable[str]) -> dict[str, str]:
    for word in words:
        if "=" not in word:
            raise BadQuestion("cli.not-a-pair", found=word[:40].partition("=")[0])
    return {word.partition("=")[0]: word.partition("=")[2] for word in words}


def _file(file: Path) -> dict[str, dict[str, Any]]:
    """Raises BadQuestion('cli.sources-file'): unreadable, or not of that shape."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadQuestion("cli.sources-file", found=str(file), why=str(error)[:120]) from error
    sound = isinstance(told, dict) and all(isinstance(said, dict) and set(said) <= set(SAID) for said in told.values())
    if not sound:
        raise BadQuestion("cli.sources-file", found=str(file), why=", ".join(SAID))
    return {
        source: {**said, **{name: _texts(said.get(name, {})) for name in ("values", "secrets")}}
        for source, said in told.items()
    }


def _texts(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}


def _pause(options: Namespace) -> None:
    from haidang.intake.sources import actions

    _may(options, options.source)
    actions.pause(machine.actor(options.who), options.source, options.verb == "pause")
    show.console().print(text(f"cli.sources-{options.verb}", options.lang, source=options.source))


def _may(options: Namespace, source: str) -> None:
    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.words.nouns import Subject

    noun = declared().source(source)
    gate.require(machine.actor(options.who), "manage", Subject(noun.pack, noun.key))
