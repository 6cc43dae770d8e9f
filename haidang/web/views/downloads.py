"""The figures of an indicator's page as a file: the same Answers, through the same gate. Never: computes."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse

from haidang.web import formats, page, reasons, sheets
from haidang.web.doors import door
from haidang.web.page import Visit
from haidang.web.views import indicators
from haidang.words.nouns import Answer, Cell
from haidang.words.texts import text

HEADS = ("kind", "key", "label", "value", "unit", "num", "den", "n", "why")


@door
def data(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The number, its history, its parts, by place and by group, with source and licence."""
    seen = page.visit(request)
    declared = seen.catalog.indicator(key)
    answers = [pair[1] for name, pair in indicators.asked_of(seen, declared).items() if not name.endswith("then")]
    language = seen.language
    sheet = sheets.Sheet(
        f"{declared.name}-{answers[0].place}-{answers[0].period or 'chua-co-so'}",
        [text(f"file.{head}", language) for head in HEADS],
        [line for answer in answers for line in _lines(answer, language)],
        about(seen, answers[0]),
        (text("file.figures", language), text("file.sources", language)),
    )
    return sheets.answer(sheet, kind)


def _lines(answer: Answer, language: str) -> Iterator[list[sheets.Value]]:
    if not answer.cells:
        own = Cell(answer.period, answer.place_name, answer.value, answer.num, answer.den, answer.n, answer.reason)
        yield _line("value", own, answer, language)
        yield from (_line("history", cell, answer, language) for cell in answer.series)
        yield from (_line("part", cell, answer, language) for cell in answer.parts)
    by = "place" if answer.question.by == "place" else "group"
    yield from (_line(by, cell, answer, language) for cell in answer.cells)


def _line(kind: str, cell: Cell, answer: Answer, language: str) -> list[sheets.Value]:
    label = formats.period(cell.key, language) if kind == "history" else cell.label
    why = reasons.missing(cell.reason, language) if cell.value is None else ""
    return [
        text(f"file.is-{kind}", language),
        cell.key,
        label,
        cell.value,
        formats.unit_in(answer.unit, language),
        cell.num if cell.den is not None else None,
        cell.den,
        cell.n,
        why,
    ]


def about(seen: Visit, answer: Answer) -> list[tuple[str, str]]:
    """Where the figures come from and under what licence, for the second sheet."""
    language = seen.language
    lines = [
        (text("fiche.indicator", language), f"{answer.title.in_(language)} ({answer.indicator})"),
        (text("tile.place", language), f"{answer.place_name} ({answer.place})"),
        (text("tile.period", language), formats.period(answer.period, language)),
        (text("file.taken", language), formats.moment(seen.now.isoformat()) + f" · {seen.who.name}"),
    ]
    if seen.choice.as_of:
        lines.append((text("frame.as-of", language), formats.day(seen.choice.as_of)))
    for origin in answer.sources:
        lines.append((text("fiche.source", language), origin.source))
        lines.append((text("fiche.licence", language), origin.licence))
        lines.append((text("fiche.run", language), f"{origin.run} · {origin.file} · {origin.landed_at}"))
        if origin.simulated:
            lines.append((text("note.simulated", language), origin.dataset))
    return lines
