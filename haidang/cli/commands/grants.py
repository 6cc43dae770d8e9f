"""`haidang grants`: list grants, give one, withdraw one; requests that wait, and the operator's answer to them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from haidang.cli import question, show
from haidang.words.texts import text

if TYPE_CHECKING:
    from haidang.words.nouns import Grant

VERBS = "list|add|withdraw|requests|approve|refuse"


def arguments(parser: ArgumentParser) -> None:
    inside = parser.add_subparsers(dest="verb", required=True, metavar=VERBS)
    inside.add_parser("list").add_argument("name", metavar="ACTOR", nargs="?", default="")
    add = inside.add_parser("add")
    add.add_argument("name", metavar="ACTOR|OFFICE/POST")
    add.add_argument("--action", default="read", metavar="read|import|mend|manage|people|audit|personal|*")
    add.add_argument("--pack", default="*", metavar="PACK|*")
    add.add_argument("--place", default="*", metavar="CODE|*")
    add.add_argument("--level", default="public", metavar="public|internal|restricted|personal")
    add.add_argument("--until", default="", metavar="DATE")
    add.add_argument("--over", default="", metavar="OFFICE|*")
    add.add_argument("--why", default="", metavar="WORDS")
    inside.add_parser("withdraw").add_argument("number", type=int, metavar="NUMBER")
    inside.add_parser("requests")
    for verb in ("approve", "refuse"):
        answer = inside.add_parser(verb)
        answer.add_argument("number", type=int, metavar="NUMBER")
        answer.add_argument("--words", default="", metavar="WORDS")
    for one in inside.choices.values():
        one.add_argument("--json", action="store_true", default=False, dest="json_too")


def run(options: Namespace) -> None:
    options.json = options.json or options.json_too
    verbs = {"list": _list, "add": _add, "withdraw": _withdraw, "requests": _requests}
    (verbs.get(options.verb) or _answer)(options)


def _list(options: Namespace) -> None:
    from haidang.access import gate
    from haidang.access.people.granting import reads

    if options.name:
        grants = [_plain(grant) for grant in gate.grants(gate.actor(options.name))]
    else:
        grants = [_plain(line.grant) for line in reads.grants(gate.operator())]
    if options.json:
        show.as_json({"grants": grants})
        return
    columns = ("id", "actor", "through", "action", "pack", "place", "level", "until")
    show.table("", columns, [[str(grant[name] or "") for name in columns] for grant in grants])


def _add(options: Namespace) -> None:
    from haidang.access import actions, gate
    from haidang.access.people.granting import offerable

    wanted = _wanted(options)
    offerable(gate.operator(), wanted)
    given = actions.give(gate.operator(), wanted, options.why)
    if options.json:
        show.as_json(_plain(given))
    else:
        show.console().print(text("cli.given", options.lang, grant=given.id))


def _wanted(options: Namespace) -> Grant:
    """To an account, or to `office/post` when the name holds a slash; raises Absent('unknown-pack')."""
    from haidang.access import actions
    from haidang.words.nouns import ANY, Grant

    if options.pack != ANY:
        from haidang.catalog.declared import declared

        declared().pack(options.pack)
    level, shared = actions.level(options.level), "/" in options.name
    what = (options.action, options.pack, options.place, level, _until(options.until), options.over)
    return Grant("", "" if shared else options.name, *what, options.name if shared else "")


def _withdraw(options: Namespace) -> None:
    from haidang.access import actions, gate

    actions.withdraw(gate.operator(), options.number)
    show.console().print(text("cli.withdrawn", options.lang, number=options.number))


def _requests(options: Namespace) -> None:
    from haidang.access import gate
    from haidang.access.people.granting import words
    from haidang.access.people.requests import reads

    rows = [
        {
            "number": one.number,
            "asker": one.asker,
            "for": words.recipient(one.grant, options.lang),
            "what": words.said(one.grant, options.lang),
            "why": one.why,
            "at": one.at.isoformat(),
            "first_by": one.first_by,
        }
        for one in reads.to_answer(gate.operator())
    ]
    if options.json:
        show.as_json({"requests": rows})
        return
    columns = ("number", "asker", "for", "what", "why", "first_by")
    show.table("", columns, [[str(row[name]) for name in columns] for row in rows])


def _answer(options: Namespace) -> None:
    """As the operator of the machine: where two administrators are needed and the second cannot be."""
    from haidang.access import gate
    from haidang.access.people.requests import actions

    if options.verb == "approve":
        given = actions.approve(gate.operator(), options.number, words=options.words)
        show.console().print(text("cli.given", options.lang, grant=given.id if given else ""))
    else:
        actions.refuse(gate.operator(), options.number, options.words)
        show.console().print(text("request.said-no", options.lang))


def _until(words: str) -> datetime | None:
    """The end of that day, Việt Nam time."""
    from django.utils import timezone

    day = question.day(words)
    return datetime.combine(day, time.max, timezone.get_default_timezone()) if day else None


def _plain(grant: Grant) -> dict[str, Any]:
    until = grant.until.isoformat() if grant.until else None
    return {**asdict(grant), "level": grant.level.name.lower(), "until": until}
