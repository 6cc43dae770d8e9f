"""Declarations in an officer's words: how an indicator is made and adds up, what a dataset is keyed by, what a grant
allows.

Never: decides a right, makes a number.
"""

from __future__ import annotations

import re
from datetime import date

from haidang.access import gate
from haidang.catalog.declared import Catalog, Dataset, Indicator
from haidang.catalog.places import register
from haidang.web import formats
from haidang.web.page import Visit
from haidang.words.errors import Absent
from haidang.words.nouns import ANY, Grant
from haidang.words.places import Unit
from haidang.words.texts import text

IMPLIED = {"sum": ("sum", "sum"), "count": ("sum", "sum"), "last": ("sum", "last"), "distinct": ("facts", "facts")}
"""How the kinds add up over place and time when the pack does not say; the others re-divide their parts."""


def code(unit_id: str, today: date) -> str:
    """How an address names a unit: by its code while that means it, else with the last day it stood."""
    unit = register().unit(unit_id)
    if register().resolve(unit.code, today).id == unit.id or unit.end is None:
        return unit.code
    return f"{unit.code}@{unit.end.isoformat()}"


def parent(unit: Unit, today: date) -> str:
    """The place right above, as an address names it; "" for the country."""
    above = register().above(unit.id, unit.end or today)
    return code(above[0].id, today) if above else ""


def made(indicator: Indicator, catalog: Catalog, language: str) -> str:
    """`trung bình cột Điểm Toán`; of a formula the formula with the names of its parts."""
    if indicator.formula:
        return formula(indicator, catalog, language)
    if not indicator.dataset:
        return text("fiche.made-nothing", language)
    columns = {column.name: column.title.in_(language) for column in catalog.dataset(indicator.dataset).columns}
    kind = f"fiche.made-{indicator.kind}"
    kind += "-over" if indicator.over else ""
    words = text(kind, language, column=columns.get(indicator.column, ""), over=columns.get(indicator.over, ""))
    return words + (text("fiche.made-where", language, where=indicator.where) if indicator.where else "")


def formula(indicator: Indicator, catalog: Catalog, language: str) -> str:
    """The formula with the titles of the indicators it is made of."""

    def named(found: re.Match[str]) -> str:
        key = found[1] if "." in found[1] else f"{indicator.pack}.{found[1]}"
        return f"“{catalog.indicator(key).title.in_(language)}”"

    return re.sub(r"\{([^}]+)\}", named, indicator.formula).replace("*", "×").replace("/", "÷")


def adds_up(indicator: Indicator, language: str) -> str:
    place, time = IMPLIED.get(indicator.kind, ("redivide", "redivide"))
    place, time = indicator.adds_place or place, indicator.adds_time or time
    over_place, over_time = text(f"fiche.place-{place}", language), text(f"fiche.time-{time}", language)
    return f"{over_place}, {over_time}"


def dataset(noun: Dataset, language: str) -> str:
    """Its title and its key in the columns' names."""
    titles = {column.name: column.title.in_(language) for column in noun.columns}
    return text(
        "fiche.keyed",
        language,
        title=noun.title.in_(language),
        key=", ".join(titles[name] for name in noun.unique).lower(),
    )


def because(seen: Visit, ids: tuple[str, ...]) -> tuple[str, str]:
    """The grants that allow it in words, and until when."""
    found = [grant for grant in gate.grants(seen.who) if grant.id in ids]
    words = "; ".join(dict.fromkeys(_allowed(grant, seen) for grant in found))
    ends = [grant.until for grant in found if grant.until]
    until = text("fiche.until", seen.language, day=formats.day(max(ends).date())) if len(ends) == len(found) > 0 else ""
    return words or text("fiche.because-none", seen.language), until


def _allowed(grant: Grant, seen: Visit) -> str:
    language = seen.language
    if grant.actor != seen.who.name:
        return text("fiche.allowed-public", language)
    pack = text("fiche.every-pack", language)
    if grant.pack != ANY:
        pack = seen.catalog.pack(grant.pack).title.in_(language)
    return text("fiche.allowed", language, place=_place(grant, language), pack=pack, level=level(grant.level, language))


def _place(grant: Grant, language: str) -> str:
    if grant.place == ANY:
        return text("fiche.every-place", language)
    try:
        return register().unit(grant.place).name
    except Absent:
        return grant.place


def level(number: int, language: str) -> str:
    return text(f"fiche.level-{int(number)}", language)


_CHARACTERS = re.compile(r"(\[(?P<of>[^\]^\\]+)\]|(?P<digits>\\d))\{(?P<count>\d+)\}")


def pattern(written: str, language: str) -> str:
    """What a column's pattern asks, in words where it is simple: so many characters of a kind, or one of some words."""
    found = _CHARACTERS.fullmatch(written)
    if found and found["digits"]:
        return text("expected.digits", language, count=found["count"])
    if found:
        kinds = ", ".join(re.findall(r".-.|.", found["of"])).replace("-", "–")
        return text("expected.characters", language, count=found["count"], of=kinds)
    if re.fullmatch(r"\w+(\|\w+)+", written):
        return text("expected.one-of", language, words=written.replace("|", ", "))
    return text("expected.pattern", language, pattern=written)
