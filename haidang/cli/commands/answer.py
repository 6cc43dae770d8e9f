"""`haidang answer`: one question to an indicator."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from haidang.cli import machine, question, show
from haidang.words.texts import text

if TYPE_CHECKING:
    from haidang.words.nouns import Answer, Cell, Comparison

MOST_LINES = 20
"""Of a table on the screen; the whole is in --json."""


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
    digits = int(found.facts.get("digits", "2"))
    title, value = found.title.in_(language), show.number(found.value, digits, language)
    out = show.console()
    out.print(f"{title}: {value} {found.unit} · {found.place_name} · {found.period}".rstrip(" ·"))
    if found.reason:
        out.print(_reason(found.reason, language))
    for one in found.compare:
        out.print(_compared(one, digits, language))
    for name, cells in (("parts", found.parts), ("cells", found.cells), ("series", found.series)):
        if cells:
            _cells(text(f"cli.{name}", language), cells, (digits, language))
    for code, detail in found.quality.notes:
        out.print(f"{text('cli.quality', language)}: {_note(code, detail, language)}")
    for source in found.sources:
        out.print(text("cli.source", language, source=source.source, file=source.file, at=source.landed_at))


def _reason(code: str, language: str) -> str:
    """In words; a code nobody has put into words stands as it is."""
    return text(f"reason.{code}", language).removeprefix("reason.") if code else ""


def _note(code: str, detail: str, language: str) -> str:
    """`set-aside:volume`, `5099` → the words of the note, with the reason it names."""
    name, _, reason = code.partition(":")
    return text(f"note.{name}", language, detail=detail, reason=_reason(reason, language)).removeprefix("note.")


def _compared(one: Comparison, digits: int, language: str) -> str:
    against = text(f"cli.against-{one.against}", language).removeprefix("cli.against-")
    if one.value is None:
        return f"{against}{_in(one.period)}: — · {_reason(one.reason, language)}"
    value, difference = (show.number(n, digits, language) for n in (one.value, one.difference))
    return f"{against}{_in(one.period)}: {value} · {difference} · {show.number(one.percent, 1, language)} %"


def _in(period: str) -> str:
    return f" ({period})" if period else ""


def _cells(title: str, cells: Sequence[Cell], how: tuple[int, str]) -> None:
    digits, language = how
    known_first = sorted(cells, key=lambda cell: cell.value is None)
    shown = cells if len(cells) <= MOST_LINES else known_first[: MOST_LINES - 1]
    rows = [
        (
            cell.key.partition("@")[0],
            cell.label,
            show.number(cell.value, digits, language),
            show.number(cell.n, language=language),
            _reason(cell.reason, language),
        )
        for cell in shown
    ]
    if rest := len(cells) - len(shown):
        rows.append(("…", text("cli.more", language, count=rest), "", "", ""))
    heads = [text(f"cli.column-{name}", language) for name in ("code", "name", "value", "records", "reason")]
    show.table(title, heads, rows)
