"""How a reader refuses: an IntakeStopped with its place and facts, and names made safe to show. Never: holds a text."""

from __future__ import annotations

import re
import unicodedata

from haidang.intake.formats.limits import MAX_NAME
from haidang.words.errors import IntakeStopped, Problem

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def shown(name: str, limit: int = MAX_NAME) -> str:
    """A name from outside, fit for one line of a message: no control or direction marks, not too long."""
    clean = _UNSEEN.sub("", unicodedata.normalize("NFC", name))
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def bare(heading: str) -> str:
    """A heading without control and direction marks, white space run together, NFC."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", heading.replace("\n", " "))).split())


def problem(code: str, where: str, *, found: object = "", expected: object = "", **facts: object) -> Problem:
    """`facts` may name the `nearest` known thing; the others are values for the text."""
    near = shown(str(facts.pop("nearest", "")))
    told = tuple((key, shown(str(value))) for key, value in facts.items())
    return Problem(code, where, shown(str(found)), str(expected), near, told)


def stop(code: str, where: str, *, found: object = "", expected: object = "", **facts: object) -> IntakeStopped:
    """The refusal of a file, to be raised."""
    return IntakeStopped(code, problem=problem(code, where, found=found, expected=expected, **facts), **facts)


def megabytes(size: float) -> str:
    """A size for people: `2.048 MB`, `0,3 MB` in Vietnamese writing."""
    number = f"{size / 1048576:,.1f}" if size < 10 * 1048576 else f"{size / 1048576:,.0f}"
    return number.translate(str.maketrans(",.", ".,")) + " MB"
