"""`haidang offices`: the tree of offices, one made or changed, the committees made from the register."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from haidang.cli import show
from haidang.words.texts import text


def arguments(parser: ArgumentParser) -> None:
    inside = parser.add_subparsers(dest="verb", required=True, metavar="list|add|seed")
    inside.add_parser("list")
    inside.add_parser("seed")
    add = inside.add_parser("add")
    add.add_argument("key", metavar="KEY")
    add.add_argument("--name", required=True, metavar="NAME")
    add.add_argument("--name-en", default="", metavar="NAME")
    add.add_argument("--above", default="", metavar="KEY")
    add.add_argument("--place", default="", metavar="CODE")
    add.add_argument("--head", default="", metavar="ACTOR")
    for one in inside.choices.values():
        one.add_argument("--json", action="store_true", default=False, dest="json_too")


def run(options: Namespace) -> None:
    options.json = options.json or options.json_too
    {"list": _list, "add": _add, "seed": _seed}[options.verb](options)


def _list(options: Namespace) -> None:
    from haidang.access.people import reads

    found = reads.offices()
    if options.json:
        same = ("key", "above", "place", "head", "people", "inside")
        plain = [{**{name: getattr(one, name) for name in same}, "name": one.name.vi} for one in found]
        show.as_json({"offices": plain})
        return
    rows = [["  " * one.depth + one.name.in_(options.lang), one.key, one.head, str(one.people)] for one in found]
    show.table("", [text(f"office.{name}", options.lang) for name in ("title", "key", "head", "people")], rows)


def _add(options: Namespace) -> None:
    from haidang.access import gate
    from haidang.access.people.offices import actions

    said = actions.Named(options.key, options.name, options.name_en, options.above, options.place, options.head)
    actions.set_office(gate.operator(), said)
    if options.json:
        show.as_json({"key": options.key})
    else:
        show.console().print(text("office.saved", options.lang, name=options.name))


def _seed(options: Namespace) -> None:
    from haidang.access import gate
    from haidang.access.people.offices import actions

    made = actions.seed(gate.operator())
    if options.json:
        show.as_json({"made": made})
    else:
        show.console().print(text("office.seeded", options.lang, count=made))
