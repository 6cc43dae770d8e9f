"""`haidang grants`: list grants, give one, withdraw one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from haidang.cli import question, show
from haidang.words.texts import text

if TYPE_CHECKING:
    from haidang.words.nouns import Grant


def arguments(parser: ArgumentParser) -> None:
    inside = parser.add_subparsers(dest="verb", required=True, metavar="list|add|withdraw")
    inside.add_parser("list").add_argument("name", metavar="ACTOR")
    add = inside.add_parser("add")
    add.add_argument("name", metavar="ACTOR")
    add.add_argument("--action", default="read", metavar="read|import|mend|manage|*")
    add.add_argument("--pack", default="*", metavar="PACK|*")
    add.add_argument("--place", default="*", metavar="CODE|*")
    add.add_argument("--level", default="public", metavar="public|internal|restricted|personal")
    add.add_argument("--until", default="", metavar="DATE")
    inside.add_parser("withdraw").add_argument("number", type=int, metavar="NUMBER")
    for one in inside.choices.values():
        one.add_argument("--json", action="store_true", default=False, dest="json_too")


def run(options: Namespace) -> None:
    options.json = options.json or options.json_too
    {"list": _list, "add": _add, "withdraw": _withdraw}[options.verb](options)


def _list(options: Namespace) -> None:
    from haidang.access import gate

    grants = [_plain(grant) for grant in gate.grants(gate.actor(options.name))]
    if options.json:
        show.as_json({"grants": grants})
        return
    columns = ("id", "actor", "action", "pack", "place", "level", "until")
    show.table("", columns, [[str(grant[name] or "") for name in columns] for grant in grants])


def _add(options: Namespace) -> None:
    from haidang.access import actions, gate
    from haidang.words.nouns import ANY, Grant

    if options.pack != ANY:
        from haidang.catalog.declared import declared

        declared().pack(options.pack)
    level = actions.level(options.level)
    wanted = Grant("", options.name, options.action, options.pack, options.place, level, _until(options.until))
    given = actions.give(gate.operator(), wanted)
    if options.json:
        show.as_json(_plain(given))
    else:
        show.console().print(text("cli.given", options.lang, grant=given.id))


def _withdraw(options: Namespace) -> None:
    from haidang.access import actions, gate

    actions.withdraw(gate.operator(), options.number)
    show.console().print(text("cli.withdrawn", options.lang, number=options.number))


def _until(words: str) -> datetime | None:
    """The end of that day, Việt Nam time."""
    from django.utils import timezone

    day = question.day(words)
    return datetime.combine(day, time.max, timezone.get_default_timezone()) if day else None


def _plain(grant: Grant) -> dict[str, Any]:
    until = grant.until.isoformat() if grant.until else None
    return {**asdict(grant), "level": grant.level.name.lower(), "until": until}
