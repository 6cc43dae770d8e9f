"""What personal data may be looked at for: the list beside this file (purposes.csv), or somebody's own words.

A purpose is kept as one text: a code of the list, `code: own words`, or own words. Never: decides who may look.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from haidang.words.errors import BadQuestion
from haidang.words.nouns import Label

TABLE = Path(__file__).with_name("purposes.csv")
LEAST, MOST = 10, 200
"""Letters of somebody's own words: fewer say nothing."""


@dataclass(frozen=True)
class Purpose:
    """One purpose of the list. `verified`: its basis was checked against the law's text."""

    code: str
    title: Label
    basis: Label
    verified: bool


@cache
def purposes() -> tuple[Purpose, ...]:
    """The list, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_purpose(line) for line in csv.DictReader(file))


def _purpose(line: dict[str, str]) -> Purpose:
    title, basis = Label(line["vi"], line["en"]), Label(line["basis_vi"], line["basis_en"])
    return Purpose(line["code"], title, basis, line["verified"] == "true")


def said(code: str, words: str = "") -> str:
    """The purpose as it is kept; raises BadQuestion('purpose-unknown' | 'purpose-too-short' | 'purpose-too-long')."""
    code, words = code.strip(), " ".join(words.split())
    if code and code not in {purpose.code for purpose in purposes()}:
        raise BadQuestion("purpose-unknown", found=code[:60])
    if not code and len(words) < LEAST:
        raise BadQuestion("purpose-too-short", least=LEAST)
    if len(words) > MOST:
        raise BadQuestion("purpose-too-long", most=MOST)
    return f"{code}: {words}" if code and words else code or words


def read(text: str) -> str:
    """The same from one text, as machines and the terminal give it: a code, `code: words` or words; "" says none."""
    code, colon, words = (part.strip() for part in text.partition(":"))
    if code in {purpose.code for purpose in purposes()}:
        return said(code, words if colon else "")
    return said("", text) if text.strip() else ""


def told(purpose: str, language: str) -> str:
    """A kept purpose in words for a screen."""
    code, _, words = purpose.partition(": ")
    known = next((one for one in purposes() if one.code == code), None)
    if known is None:
        return purpose
    return known.title.in_(language) + (f" ({words})" if words else "")
