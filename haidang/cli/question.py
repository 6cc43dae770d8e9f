"""From the words after `haidang answer` and `haidang records` to a Question. Never: asks it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date

from haidang.cli import show
from haidang.words.errors import BadQuestion
from haidang.words.nouns import Question


def add_to(parser: ArgumentParser) -> None:
    parser.add_argument("indicator", metavar="INDICATOR")
    parser.add_argument("--place", default="", metavar="CODE")
    parser.add_argument("--period", default="latest", metavar="P")
    parser.add_argument("--by", default="", metavar="place|month|SLICE")
    parser.add_argument("--compare", default="", metavar="previous,same-period,plan")
    parser.add_argument("--where", action="append", default=[], metavar="SLICE=ITEM")
    parser.add_argument("--cumulative", action="store_true")
    parser.add_argument("--history", type=int, default=0, metavar="N")
    parser.add_argument("--as-of", dest="as_of", default="", metavar="DATE")
    show.add_as(parser)


def read(options: Namespace) -> Question:
    """Raises BadQuestion('bad-where' | 'bad-date')."""
    return Question(
        indicator=options.indicator,
        place=options.place,
        period=options.period,
        by=options.by,
        compare=tuple(part.strip() for part in options.compare.split(",") if part.strip()),
        where=tuple(_item(part) for part in options.where),
        cumulative=options.cumulative,
        history=max(0, options.history),
        as_of=day(options.as_of),
    )


def _item(text: str) -> tuple[str, str]:
    name, equals, item = text.partition("=")
    if not equals or not name.strip():
        raise BadQuestion("bad-where", found=text[:80])
    return name.strip(), item.strip()


def day(text: str) -> date | None:
    """`2026-05-31` or `31/05/2026`; "" is None. Raises BadQuestion('bad-date')."""
    if not text:
        return None
    parts = text.split("/")
    try:
        return date(*(int(part) for part in reversed(parts))) if len(parts) == 3 else date.fromisoformat(text)
    except ValueError:
        raise BadQuestion("bad-date", found=text[:40]) from None
