"""What an indicator's page says about its number: what it is set against, what it is made of, where it comes from.

Never: asks for an Answer, computes a number: it chooses and writes.
"""

from __future__ import annotations

from dataclasses import dataclass

from haidang.catalog.declared import Indicator
from haidang.catalog.places import register
from haidang.web import formats, meaning, reasons, tiles
from haidang.web.charts import Style
from haidang.web.page import Visit
from haidang.web.tiles import Change
from haidang.words.nouns import Answer, Cell, Comparison
from haidang.words.periods import parse_range
from haidang.words.texts import text, texts

FLOWS = ("sum", "count")


@dataclass(frozen=True)
class Versus:
    """One line of the comparisons: against what, that value, the change (None when there is none)."""

    against: str
    period: str
    value: str
    change: Change | None


@dataclass(frozen=True)
class Part:
    """One old place a rebuilt number was joined from, every figure written."""

    name: str
    url: str
    value: str
    num: str
    den: str
    n: str


@dataclass(frozen=True)
class Step:
    """One step of where the number comes from."""

    name: str
    words: str
    when: str = ""
    url: str = ""


@dataclass(frozen=True)
class Share:
    """One of the four qualities with what it means here."""

    name: str
    value: str
    note: str
    url: str = ""


def flows(indicator: Indicator) -> bool:
    """Whether it may be taken from the year's first day: a flow kept more finely than by the year."""
    adds = indicator.adds_time or ("sum" if indicator.kind in FLOWS else "")
    return adds == "sum" and indicator.grain != "year"


def versus(answer: Answer, style: Style) -> list[Versus]:
    """Every period compared with once; the plan only when it is not drawn as a bar."""
    drawn = any(found.reached is not None for found in answer.compare)
    chosen = answer.compare[0].against if answer.compare else ""
    others = [one for one in answer.compare if not (drawn and one.against == "plan")]
    others = [
        one
        for one in others
        if one.value is not None or (one.against == chosen and one.period and answer.value is not None)
    ]
    once = {one.period: one for one in reversed(others)}
    return [_versus(found, answer, style) for found in reversed(once.values())]


def _versus(found: Comparison, answer: Answer, style: Style) -> Versus:
    language = style.language
    return Versus(
        tiles.against(found, language),
        formats.period(found.period, language),
        formats.with_unit(found.value, answer.unit, language, style.digits)
        if found.value is not None
        else reasons.missing(found.reason, language),
        tiles.change(found, answer, style),
    )


def parts(seen: Visit, answer: Answer, style: Style) -> list[Part]:
    """What the number was rebuilt from; none when the place stood by itself then (its own are in the table)."""
    if not answer.period or register().unit(answer.facts["unit"]).stands(parse_range(answer.period)[-1].end):
        return []
    return [_part(seen, cell, answer, style) for cell in answer.parts]


def _part(seen: Visit, cell: Cell, answer: Answer, style: Style) -> Part:
    language = style.language
    value = formats.number(cell.value, language, style.digits)
    return Part(
        cell.label,
        seen.choice.url(f"/indicators/{answer.indicator}", place=meaning.code(cell.key, seen.today)),
        value if cell.value is not None else reasons.missing(cell.reason, language),
        formats.number(cell.num, language) if cell.den is not None else "",
        formats.number(cell.den, language) if cell.den is not None else "",
        formats.number(cell.n, language, 0) if cell.n is not None else "",
    )


def steps(seen: Visit, indicator: Indicator, answer: Answer) -> list[Step]:
    """Source → run → dataset → indicator → why one may see it."""
    language = seen.language
    found: list[Step] = []
    for origin in answer.sources[:1]:
        more = len({source.source for source in answer.sources}) - 1
        words = origin.source + (f" +{more}" if more > 0 else "")
        found.append(
            Step(text("fiche.source", language), _capital(words), formats.moment(origin.landed_at), _sources_url(seen))
        )
        count = len(answer.sources)
        run = text("fiche.run-of", language, file=origin.file, more=count - 1) if count > 1 else origin.file
        found.append(Step(text("fiche.run", language), run, origin.run, f"/runs/{origin.run}"))
    if indicator.dataset:
        words = meaning.dataset(seen.catalog.dataset(indicator.dataset), language)
        found.append(Step(text("fiche.dataset", language), words, indicator.dataset))
    how = f"{meaning.made(indicator, seen.catalog, language)}; {meaning.adds_up(indicator, language)}"
    version = text("fiche.pack", language, version=seen.catalog.pack(indicator.pack).version)
    found.append(Step(text("fiche.indicator", language), _capital(how), version))
    why, until = meaning.because(seen, answer.because)
    found.append(Step(text("fiche.because", language), _capital(why), until))
    return found


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _sources_url(seen: Visit) -> str:
    return seen.choice.url("/sources/")


def quality(answer: Answer, language: str) -> list[Share]:
    """Đủ, đúng, sạch, sống: each share with its note."""
    notes = dict(answer.quality.notes)
    run = answer.sources[0].run if answer.sources else ""
    aside = {code.partition(":")[2]: count for code, count in notes.items() if code.startswith("set-aside:")}
    wrong = {code: count for code, count in aside.items() if not code.startswith("duplicate")}
    twice = {code: count for code, count in aside.items() if code.startswith("duplicate")}
    covered = notes.get("coverage") or notes.get("coverage-low") or ""
    rows = (
        ("complete", answer.quality.complete, text("fiche.parts-of", language, detail=covered) if covered else "", ""),
        ("correct", answer.quality.correct, _aside(wrong, language), _rejects(run, wrong)),
        ("clean", answer.quality.clean, _aside(twice, language), _rejects(run, twice)),
        ("alive", answer.quality.alive, text("fiche.no-promise", language) if answer.quality.alive is None else "", ""),
    )
    return [
        Share(text(f"fiche.{name}", language), formats.share(share, language), *more) for name, share, *more in rows
    ]


def _aside(found: dict[str, str], language: str) -> str:
    total = sum(int(count) for count in found.values())
    return text("fiche.aside", language, count=formats.number(total, language, 0)) if total else ""


def _rejects(run: str, found: dict[str, str]) -> str:
    return f"/runs/{run}?code={next(iter(found))}#aside" if run and found else ""


def notes(answer: Answer, language: str) -> list[tuple[str, str]]:
    """Every note of quality in words with the address of the rows it speaks of."""
    run = answer.sources[0].run if answer.sources else ""
    return [_note(code, detail, run, language) for code, detail in answer.quality.notes]


def _note(code: str, detail: str, run: str, language: str) -> tuple[str, str]:
    kind, _, reason = code.partition(":")
    written = formats.number(float(detail), language, 0) if detail.isdigit() else detail
    words = text(f"note.{kind}", language, detail=written, reason=text(f"reason.{reason}", language).lower())
    return words, f"/runs/{run}?code={reason}#aside" if reason and run else ""


def why_nothing(answer: Answer, language: str) -> str:
    """In a full sentence why there is no number."""
    code = f"reason.{answer.reason}"
    return text(code, language) if code in texts() else reasons.missing(answer.reason, language)
