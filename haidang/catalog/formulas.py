"""The language of `formula`: indicators in braces, numbers, + - * / and parentheses, parsed to a frozen tree.

    ({thu-ngan-sach} - {kinh-te-xa-hoi.thu-dau-tho}) / {chi-ngan-sach} * 100

Never: computes, runs text as Python. Whoever has the parts' values walks the tree; a missing part or a division by zero
has no value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from haidang.catalog.schema import KEY
from haidang.catalog.tokens import Tokens, refuse


@dataclass(frozen=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True)
class Reference:
    """Another indicator, by its full key."""

    indicator: str


@dataclass(frozen=True)
class Operation:
    """left op right; `op`: + - * /"""

    op: str
    left: Formula
    right: Formula


Formula = Number | Reference | Operation

_PATTERN = re.compile(
    rf"(?P<space>\s+)|(?P<reference>\{{(?:{KEY.pattern}\.)?{KEY.pattern}\}})"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?(?![A-Za-z0-9_.]))|(?P<sign>[-+*/()])"
)


def parse(text: str, pack: str) -> Formula:
    """The tree of a formula of a pack; raises PackProblem with the one Problem (`at` in its facts: position)."""
    parser = _Parser(Tokens(text, _PATTERN), pack)
    found = parser.sum()
    if parser.tokens.head.kind != "end":
        refuse("expression-broken", parser.tokens.head.at, found=parser.tokens.head.text, expected="+ - * /")
    return found


def references(formula: Formula) -> tuple[str, ...]:
    """Full keys of the indicators a formula names, each once, in order."""
    if isinstance(formula, Operation):
        return tuple(dict.fromkeys(references(formula.left) + references(formula.right)))
    return (formula.indicator,) if isinstance(formula, Reference) else ()


class _Parser:
    """Recursive descent: sum ← product ← one part."""

    def __init__(self, tokens: Tokens, pack: str) -> None:
        self.tokens = tokens
        self.pack = pack

    def sum(self) -> Formula:
        self.tokens.deeper()
        found = self._product()
        while op := self.tokens.took("+", "-"):
            found = Operation(op, found, self._product())
        self.tokens.back()
        return found

    def _product(self) -> Formula:
        found = self._part()
        while op := self.tokens.took("*", "/"):
            found = Operation(op, found, self._part())
        return found

    def _part(self) -> Formula:
        if self.tokens.took("-"):
            self.tokens.deeper()
            found = Operation("-", Number(0.0), self._part())
            self.tokens.back()
            return found
        if self.tokens.took("("):
            inner = self.sum()
            self.tokens.need(")")
            return inner
        return self._leaf()

    def _leaf(self) -> Formula:
        token = self.tokens.take()
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "reference":
            name = token.text[1:-1]
            return Reference(name if "." in name else f"{self.pack}.{name}")
        return refuse("expression-broken", token.at, found=token.text, expected="{chi-tieu}, 100, (")
