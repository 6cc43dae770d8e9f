"""Names of people: `Nguyễn Văn An` → `Nguyễn V. A.`: the family name, initials of the rest.

A name of one word is an initial alone. Never: a given name of one letter, which its initial would be whole.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def mask(text: ir.Value) -> ir.Value:
    words = text.re_replace(r"\s+", " ").split(" ")
    rest = words[1:].map(_initial).join(" ")
    return ibis.ifelse(words.length() > 1, words[0] + " " + rest, _initial(words[0]))


def _initial(word: ir.Value) -> ir.Value:
    return ibis.ifelse(word.length() > 1, word.left(1) + ".", "*.")
