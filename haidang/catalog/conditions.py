"""The `where` language of packs: columns compared with literals, parsed to a frozen tree and proven against columns.

    toan >= 5 and (mon = 'toan' or mon in ('ly')) and not ghi_chu is null and ma like 'A9%' and ngay < '2018-07-01'

Literals are typed by their column: text, place and period → str; integer and decimal → int or float, as written;
date → date (written 'yyyy-mm-dd'); boolean → bool. Quotes inside a text are doubled ('xã ''A''').
Never: evaluates. Whoever holds the data compiles the tree; a missing value makes a comparison neither true nor false.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from haidang.catalog.nearest import nearest, some
from haidang.catalog.nouns import Column
from haidang.catalog.tokens import Token, Tokens, refuse

Value = str | int | float | bool | date


@dataclass(frozen=True)
class Compare:
    """column op value; `op`: = != < <= > >= (order only for numbers, dates and periods)."""

    column: str
    op: str
    value: Value


@dataclass(frozen=True)
class In:
    """column is one of the values."""

    column: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class IsNull:
    """The column has no value."""

    column: str


@dataclass(frozen=True)
class Like:
    """A text column matches a pattern with `%` (any run) and `_` (one character), as in SQL."""

    column: str
    pattern: str


@dataclass(frozen=True)
class And:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Or:
    """One part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold (`not in`, `is not null`, `not like` come as Not too)."""

    part: Condition


Condition = Compare | In | IsNull | Like | And | Or | Not

_PATTERN = re.compile(
    r"(?P<space>\s+)|(?P<number>-?[0-9]+(?:\.[0-9]+)?(?![A-Za-z0-9_.]))|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<text>'(?:[^']|'')*')|(?P<sign><=|>=|!=|<>|[=<>(),])"
)
_WORDS = frozenset({"and", "or", "not", "in", "is", "null", "like", "true", "false"})
_SIGNS = ("=", "!=", "<>", "<", "<=", ">", ">=")
_ORDERED = frozenset({"integer", "decimal", "date", "datetime", "period", ""})


def parse(text: str, columns: Iterable[Column]) -> Condition:
    """The tree of a condition; raises PackProblem with the one Problem (`at` in its facts is the 1-based position)."""
    return _Parser(Tokens(text, _PATTERN), {c.name: c.type for c in columns}).whole()


def columns_of(condition: Condition) -> frozenset[str]:
    """The columns a condition looks at."""
    if isinstance(condition, And | Or):
        return frozenset().union(*(columns_of(part) for part in condition.parts))
    return columns_of(condition.part) if isinstance(condition, Not) else frozenset({condition.column})


class _Parser:
    """Recursive descent: or ← and ← not ← one test of a column."""

    def __init__(self, tokens: Tokens, types: dict[str, str]) -> None:
        self.tokens = tokens
        self.types = types

    def whole(self) -> Condition:
        found = self._or()
        if self.tokens.head.kind != "end":
            refuse("expression-broken", self.tokens.head.at, found=self.tokens.head.text, expected="and, or")
        return found

    def _or(self) -> Condition:
        parts = [self._and()]
        while self.tokens.took("or"):
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _and(self) -> Condition:
        parts = [self._not()]
        while self.tokens.took("and"):
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _not(self) -> Condition:
        self.tokens.deeper()
        found = self._negated_or_grouped()
        self.tokens.back()
        return found

    def _negated_or_grouped(self) -> Condition:
        if self.tokens.took("not"):
            return Not(self._not())
        if self.tokens.took("("):
            found = self._or()
            self.tokens.need(")")
            return found
        return self._test()

    def _test(self) -> Condition:
        column = self._column()
        if self.tokens.took("is"):
            return self._maybe_not(lambda: self._null(column))
        if self.tokens.head.text.lower() in {"not", "in", "like"}:
            return self._maybe_not(lambda: self._in_or_like(column))
        at = self.tokens.head.at
        sign = self.tokens.need(*_SIGNS)
        if sign not in {"=", "!=", "<>"} and self.types[column] not in _ORDERED:
            refuse("cannot-order", at, found=f"{column} {sign}", expected="=, !=, in")
        return Compare(column, "!=" if sign == "<>" else sign, self._value(column))

    def _maybe_not(self, read: Callable[[], Condition]) -> Condition:
        return Not(read()) if self.tokens.took("not") else read()

    def _null(self, column: str) -> Condition:
        self.tokens.need("null")
        return IsNull(column)

    def _in_or_like(self, column: str) -> Condition:
        at = self.tokens.head.at
        if self.tokens.need("in", "like") == "in":
            return In(column, self._values(column))
        if self.types[column] not in {"text", "place", ""}:
            refuse("cannot-like", at, found=column, expected="text")
        return Like(column, str(self._value(column)))

    def _values(self, column: str) -> tuple[Value, ...]:
        self.tokens.need("(")
        found = [self._value(column)]
        while self.tokens.took(","):
            found.append(self._value(column))
        self.tokens.need(")")
        return tuple(found)

    def _column(self) -> str:
        token = self.tokens.take()
        if token.kind != "word" or token.text.lower() in _WORDS:
            refuse("expression-broken", token.at, found=token.text, expected=some(self.types))
        if token.text not in self.types:
            near = nearest(token.text, self.types)
            refuse("unknown-column", token.at, found=token.text, expected=some(self.types), nearest=near)
        return token.text

    def _value(self, column: str) -> Value:
        token = self.tokens.take()
        kind = self.types[column]
        found = literal(token, kind)
        if found is None:
            refuse("wrong-literal", token.at, found=token.text, expected=f"{column}: {_EXPECTED.get(kind, kind)}")
        return found


_EXPECTED = {
    "text": "'…'",
    "place": "'…'",
    "period": "'2018-09'",
    "date": "'2018-09-30'",
    "datetime": "'2018-09-30 17:00'",
    "integer": "5",
    "decimal": "5.0",
    "boolean": "true, false",
}


def literal(token: Token, kind: str) -> Value | None:
    """The value of a token for a column of that type; None when it cannot be one."""
    if token.kind == "number":
        return _number(token.text) if kind in {"integer", "decimal", ""} else None
    if token.kind == "text":
        return _text(token.text[1:-1].replace("''", "'"), kind)
    if token.kind == "word" and kind in {"boolean", ""} and token.text.lower() in {"true", "false"}:
        return token.text.lower() == "true"
    return None


_DATED: dict[str, tuple[str, Callable[[str], date]]] = {
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", date.fromisoformat),
    "datetime": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}(:[0-9]{2})?)?", datetime.fromisoformat),
}


def _number(text: str) -> Value:
    return float(text) if "." in text or len(text) > 18 else int(text)


def _text(value: str, kind: str) -> Value | None:
    if kind in _DATED:
        form, read = _DATED[kind]
        try:
            return read(value) if re.fullmatch(form, value) else None
        except ValueError:
            return None
    return value if kind in {"text", "place", "period", ""} else None
