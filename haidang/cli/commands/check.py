"""`haidang check`: packs, settings, connections; every problem at once, with file and line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from haidang.cli import exits, minding, show
from haidang.words.errors import HaiDangError, PackProblem, Problem
from haidang.words.texts import say, text

NEEDS_HOME = False


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("packs", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--examples", action="store_true")


def run(options: Namespace) -> int:
    from haidang.catalog.declared import check, pack_folders

    problems = list(check(*(options.packs or pack_folders())))
    minded: list[Problem] = []
    if not options.packs:
        problems += _machine()
        minded += _minded(problems)
    if options.examples and not problems:
        problems += _examples()
    if options.json:
        told = [{**asdict(p), "facts": dict(p.facts), "message": say(p, options.lang)} for p in problems]
        warned = [{"code": p.code, "where": p.where, "message": say(p, options.lang)} for p in minded]
        show.as_json({"sound": not problems, "problems": told, "warnings": warned})
    else:
        for problem in problems:
            print(say(problem, options.lang))
        for one in minded:
            print(f"! {say(one, options.lang)}")
        print(text("cli.unsound" if problems else "cli.sound", options.lang, count=len(problems)))
    return exits.BAD_INPUT if problems else exits.DONE


def _minded(problems: list[Problem]) -> list[Problem]:
    """What is unwise; nothing while the database itself is not there."""
    if any(problem.code == "cli.no-database" for problem in problems):
        return []
    return list(minding.warnings())


def _machine() -> Iterator[Problem]:
    """The database, the place of this centre, Django's own checks."""
    from django.conf import settings
    from django.core.checks import ERROR, run_checks
    from django.db import DatabaseError, connection
    from django.utils import timezone

    from haidang.catalog.places import register

    yield from (Problem("cli.setting", str(e.id), e.msg) for e in run_checks() if e.level >= ERROR)
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Problem("cli.no-database", "HAIDANG_DATABASE", str(error).strip().splitlines()[0])
    try:
        register().resolve(settings.PLACE, timezone.localdate())
    except PackProblem as error:
        yield from error.problems
    except HaiDangError as error:
        yield Problem(error.code, "HAIDANG_PLACE", settings.PLACE, nearest=str(error.facts.get("nearest", "")))


def _examples() -> Iterator[Problem]:
    """Asks every pack's examples of this home; an answer off by more than the tolerance is a problem."""
    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.indicators import answer as face
    from haidang.words.nouns import Question

    for pack in declared().packs:
        for example in pack.examples:
            asked = Question(example.indicator, example.place, example.period)
            found = face.answer(asked, gate.operator()).value
            none = found is None or example.value is None
            if (
                (found != example.value)
                if none
                else abs(float(found or 0) - float(example.value or 0)) > example.tolerance
            ):
                where = f"{example.indicator} {example.place} {example.period}"
                yield Problem("cli.example", where, str(found), str(example.value))
