"""The face of the room: questions in, answers out.

Never: opens the store (it asks the gate), decides a right, renders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from django.conf import settings

from haidang.catalog.declared import declared
from haidang.catalog.places import register
from haidang.indicators import load
from haidang.indicators.as_json import answer_as_json
from haidang.indicators.asked import Asked, Reader
from haidang.indicators.lens import Lens
from haidang.indicators.load import Read
from haidang.indicators.making import Desk, blank, make
from haidang.indicators.quality import HERE
from haidang.indicators.reckon import Reckoner, Wanted, World
from haidang.indicators.records import Records, records
from haidang.words.errors import Denied
from haidang.words.nouns import Actor, Answer, Question

__all__ = ["Records", "answer", "answer_as_json", "answer_many", "records"]

MOST_PASSES = 4
"""Distinct counts are asked of the facts once they are known to be needed; no question needs more rounds than this."""


def answer(question: Question, who: Actor, *, today: date | None = None) -> Answer:
    """One question. Raises Absent (unknown indicator or place), Denied, BadQuestion."""
    (found,) = answer_many((question,), who, today=today)
    if found.reason == "denied":
        raise Denied("no-grant", pack=found.indicator.split(".")[0])
    return found


def answer_many(
    questions: Sequence[Question],
    who: Actor,
    *,
    today: date | None = None,
    lenient: bool = False,
    offered: bool = False,
) -> tuple[Answer, ...]:
    """All of a board in one pass: one query for the observations of all of them (per as-of), never one per tile.

    An indicator the actor may not see gives an Answer with value None and reason `denied` (a board shows it as absent);
    it says nothing of the indicator but the key that was asked. `lenient`: so does one that does not exist.
    `offered`: a page asks all it could show of its own accord, so that what it may not is no refusal of anybody's.
    `today`: what `latest` means (default: today in Việt Nam, or the day of as_of when that is earlier).
    """
    now = today or datetime.now(HERE).date()
    found: dict[int, Answer] = {}
    for as_of in dict.fromkeys(question.as_of for question in questions):
        day = min(now, as_of) if as_of else now
        reader = Reader(declared(), register(), settings.PLACE, day, offered=offered)
        asked = {i: reader.read(q, who, lenient=lenient) for i, q in enumerate(questions) if q.as_of == as_of}
        found |= _answered(asked, who, (reader, as_of))
    return tuple(found[index] for index in range(len(questions)))


def _answered(asked: dict[int, Asked], who: Actor, terms: tuple[Reader, date | None]) -> dict[int, Answer]:
    reader, as_of = terms
    allowed = [one for one in asked.values() if one.scope is not None]
    if not allowed:
        return {index: blank(one, "denied") for index, one in asked.items()}
    home = reader.register.resolve(reader.home, reader.today).id
    world = World(reader.register, reader.catalog.indicator, reader.today, home, reader.catalog.every_level)
    read = load.observations(who, load.reach(((one.pages, one.unit) for one in allowed), world), as_of)
    desk = Desk(reader.catalog, load.ledger(who, read), as_of)
    return _made(asked, (read, world, desk), lambda wanted: load.distinct(who, read, wanted))


Counted = Callable[[Iterable[Wanted]], dict[Wanted, int | None]]


def _made(asked: dict[int, Asked], means: tuple[Read, World, Desk], counted: Counted) -> dict[int, Answer]:
    """Every answer; those that turn out to need a distinct count are made again once it is there."""
    read, world, desk = means
    found: dict[int, Answer] = {}
    distinct: dict[Wanted, int | None] = {}
    waiting = dict(asked)
    for _ in range(MOST_PASSES):
        reckoner = Reckoner(read.book, world, distinct)
        again: dict[int, Asked] = {}
        for index, one in waiting.items():
            before = len(reckoner.wanted)
            found[index] = make(one, Lens(reckoner, one.floor), desk)
            if len(reckoner.wanted) > before or _counts_distinct(one, reckoner):
                again[index] = one
        if not reckoner.wanted:
            break
        distinct |= counted(reckoner.wanted)
        waiting = again
    return found


def _counts_distinct(asked: Asked, reckoner: Reckoner) -> bool:
    """Whether it may rest on a count another question has already asked for."""
    return bool(reckoner.wanted) and any(leaf.kind == "distinct" for leaf in asked.leaves)
