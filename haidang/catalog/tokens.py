"""Cuts the little languages of packs (conditions, formulas) into tokens with their positions.

Never: knows a column or an indicator; builds a tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from haidang.words.errors import PackProblem, Problem

LONGEST = 2_000
MOST_TOKENS = 300
DEEPEST = 30
"""Bounds that keep every tree shallow enough to walk by recursion."""


@dataclass(frozen=True)
class Token:
    """`kind` is the name of the pattern's group; `at` the 1-based position in the text."""

    kind: str
    text: str
    at: int


def refuse(code: str, at: int, *, found: str = "", expected: str = "", nearest: str = "") -> NoReturn:
    """Raises PackProblem with one Problem, its position among the facts."""
    problem = Problem(code, "", found[:120], expected, nearest, (("at", str(at)),))
    raise PackProblem((problem,))


class Tokens:
    """The tokens of a text, taken one by one."""

    def __init__(self, text: str, pattern: re.Pattern[str]) -> None:
        if len(text) > LONGEST:
            refuse("expression-too-long", LONGEST, found=text[:20])
        self._tokens = list(_cut(text, pattern))
        if len(self._tokens) > MOST_TOKENS:
            refuse("expression-too-long", self._tokens[MOST_TOKENS].at, found=text[:20])
        self._next = 0
        self._depth = 0

    @property
    def head(self) -> Token:
        return self._tokens[self._next]

    def take(self) -> Token:
        token = self.head
        self._next += token.kind != "end"
        return token

    def took(self, *texts: str) -> str:
        """Takes the next token when it is one of these signs or words; "" when it is not."""
        head = self.head
        if head.kind in {"sign", "word"} and head.text.lower() in texts:
            self.take()
            return head.text.lower()
        return ""

    def need(self, *texts: str) -> str:
        return self.took(*texts) or refuse(
            "expression-broken", self.head.at, found=self.head.text, expected=" ".join(texts)
        )

    def deeper(self) -> None:
        """Counts how deep parentheses and `not` go, so that a hostile text cannot exhaust the stack."""
        self._depth += 1
        if self._depth > DEEPEST:
            refuse("expression-too-deep", self.head.at)

    def back(self) -> None:
        self._depth -= 1


def _cut(text: str, pattern: re.Pattern[str]) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = pattern.match(text, at)
        if not match:
            refuse("expression-broken", at + 1, found=text[at : at + 20])
        if match.lastgroup != "space":
            found.append(Token(match.lastgroup or "", match.group(), at + 1))
        at = match.end()
    return [*found, Token("end", "", len(text) + 1)]
