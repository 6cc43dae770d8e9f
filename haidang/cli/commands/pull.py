"""`haidang pull`: fetch a source now and land what came."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from haidang.cli import exits, machine, show
from haidang.words.errors import HaiDangError, IntakeStopped, Problem
from haidang.words.texts import say, text

if TYPE_CHECKING:
    from haidang.intake.actions import Landed


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE")
    show.add_as(parser)


def run(options: Namespace) -> int:
    from haidang.access import gate
    from haidang.catalog.declared import declared
    from haidang.intake.made import actions as made
    from haidang.intake.sources import actions
    from haidang.words.nouns import Subject

    noun = declared().source(options.source)
    dataset = declared().dataset(noun.dataset)
    gate.require(machine.actor(options.who), "import", Subject(noun.pack, dataset.key, dataset.level))
    done = actions.fetch(noun.key, name=_name())
    landed = [_land(run) for run in done.runs]
    stopped = [one for one in landed if isinstance(one, IntakeStopped)]
    made.settle(gate.operator())
    if options.json:
        told = [asdict(one) for one in landed if not isinstance(one, HaiDangError)]
        problems = [say(one, options.lang) for one in stopped]
        fetched = {"outcome": done.outcome, "parcels": done.parcels, "code": done.code, "facts": done.facts}
        show.as_json({**fetched, "runs": told, "stopped": problems})
    else:
        _tell(done.outcome, _why(done.code, done.facts, options.lang), landed, options.lang)
    if stopped:
        return exits.BAD_INPUT
    return exits.BROKEN if done.outcome == "failed" else exits.DONE


def _name() -> str:
    import os

    return f"pull:{os.getpid()}"


def _land(run: str) -> Landed | IntakeStopped:
    from haidang.intake import actions
    from haidang.intake.sources.actions import met

    try:
        done = actions.land(run)
    except IntakeStopped as stopped:
        return stopped
    met(run)
    return done


def _why(code: str, facts: dict[str, str], language: str) -> str:
    if not code:
        return ""
    own = {name: facts.get(name, "") for name in ("found", "expected", "nearest")}
    rest = tuple((name, value) for name, value in facts.items() if name not in {*own, "where"})
    return say(Problem(code, "", **own, facts=rest), language)


def _tell(outcome: str, why: str, landed: list[Landed | IntakeStopped], language: str) -> None:
    from haidang.cli.commands.import_ import tell

    show.console().print(" · ".join(filter(None, (text(f"outcome.{outcome}", language), why))))
    for one in landed:
        if isinstance(one, IntakeStopped):
            show.console().print(say(one, language))
        else:
            tell(one, language)
