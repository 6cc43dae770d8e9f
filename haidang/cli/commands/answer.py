"""`haidang answer`: one question to an indicator."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from haidang.cli import machine, question, show
from haidang.words.texts import text

if TYPE_CHECKING:
    from haidang.words.nouns import Answer, Cell


def arguments(parser: ArgumentParser) -> None:
    question.add_to(parser)


def run(options: Namespace) -> None:
    from haidang.indicators import answer as face

    found = face.answer(question.read(options), machine.actor(options.who))
    if options.json:
        show.as_json(face.answer_as_json(found))
    else:
        _print(found, options.lang)


def _print(found: Answer, language: str) -> None:
    title, value = found.title.in_(language), show.number(found.value, language=language)
    said = f"{title}: {value} {found.unit} · {found.place_name} · {found.period}".rstrip(" ·")
    out = show.console()
    out.print(said)
    if found.reason:
        out.print(text(found.reason, language, **dict(found.facts)))
    for name, cells in (("parts", found.parts), ("cells", found.cells), ("series", found.series)):
        if cells:
            _cells(text(f"cli.{name}", language), cells, language)
    for one in found.compare:
        difference = show.number(one.difference, language=language)
        percent = show.number(one.percent, 1, language)
        out.print(
            f"{one.against} ({one.period}): {show.number(one.value, language=language)} · {difference} · {percent} %"
        )
    for source in found.sources:
        out.print(text("cli.source", language, source=source.source, file=source.file, at=source.landed_at))


def _cells(title: str, cells: Sequence[Cell], language: str) -> None:
    rows = [
        (
            cell.key,
            cell.label,
            show.number(cell.value, language=language),
            show.number(cell.n),
            text(cell.reason, language),
        )
        for cell in cells
    ]
    show.table(title, ("", "", "", "n", ""), rows)
