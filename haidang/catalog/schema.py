"""The small language of schemas: readers that turn nodes into typed values and report every problem on the way.

A reader takes (node, report) and gives the value, or BAD after it has reported why.
Never: knows a noun (grammar does), stops at the first problem, raises on bad input.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from haidang.catalog.nearest import nearest, some
from haidang.catalog.strict_yaml import Listing, Node, Text
from haidang.catalog.strict_yaml import Mapping as Map
from haidang.words.errors import Problem
from haidang.words.nouns import Label

BAD: Final = object()
"""What a reader gives when it has reported a problem."""

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
COLUMN = re.compile(r"[a-z][a-z0-9_]{0,62}")
RESERVED = frozenset({"and", "or", "not", "in", "is", "null", "like", "true", "false"})


@dataclass
class Report:
    """Collects the problems of one file; `where` is always `file:line`."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, line: int, *, found: str = "", expected: str = "", nearest: str = "") -> object:
        self.problems.append(Problem(code, f"{self.file}:{line}", found[:120], expected, nearest))
        return BAD


Reader = Callable[[Node, Report], Any]


@dataclass(frozen=True)
class Field:
    """One key of a noun: how its value is read and whether it must stand."""

    read: Reader
    required: bool = False


@dataclass
class Entry:
    """A noun as written: typed values by key (bad ones left out), and the line of every key that stood."""

    file: str
    line: int
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)

    def says(self, key: str) -> bool:
        """Whether the key stood at all, well written or not."""
        return key in self.lines

    def where(self, key: str = "") -> str:
        return f"{self.file}:{self.lines.get(key, self.line)}"


def record(fields: Mapping[str, Field]) -> Reader:
    """A mapping with known keys → Entry; unknown keys and missing required ones are problems."""

    def read(node: Node, report: Report) -> Any:
        if not isinstance(node, Map):
            return report.add("not-a-mapping", node.line, found=shown(node), expected=some(fields))
        entry = Entry(report.file, node.line)
        for key, value in node.pairs:
            _read_key(entry, fields, (key, value), report)
        for name, known in fields.items():
            if known.required and not entry.says(name):
                report.add("missing-key", node.line, found=name, expected=name)
        return entry

    return read


def free(node: Node, report: Report) -> Any:
    """A mapping of texts with keys nobody here knows → Entry."""
    if not isinstance(node, Map):
        return report.add("not-a-mapping", node.line, found=shown(node))
    names = {key.value: Field(text) for key, _ in node.pairs}
    return record(names)(node, report)


def _read_key(entry: Entry, fields: Mapping[str, Field], pair: tuple[Text, Node], report: Report) -> None:
    key, node = pair
    known = fields.get(key.value)
    if known is None and isinstance(node, Text) and node.plain and not node.value:
        # `{vi: Nhà trẻ, mẫu giáo}`: YAML cuts at the comma and makes a key of the rest.
        report.add("comma-unquoted", key.line, found=key.value, expected=some(fields))
        return
    if known is None:
        report.add("unknown-key", key.line, found=key.value, expected=some(fields), nearest=nearest(key.value, fields))
        return
    entry.lines[key.value] = key.line
    value = known.read(node, report)
    if value is BAD:
        entry.broken.add(key.value)
    else:
        entry.values[key.value] = value


def mapping(key: Reader, value: Reader) -> Reader:
    """A mapping with free keys → dict; a bad value keeps its key (as BAD): references to it are not problems too."""

    def read(node: Node, report: Report) -> Any:
        if not isinstance(node, Map):
            return report.add("not-a-mapping", node.line, found=shown(node))
        found = [(key(k, report), value(v, report)) for k, v in node.pairs]
        return {k: v for k, v in found if k is not BAD}

    return read


def listing(item: Reader, *, least: int = 0) -> Reader:
    """A list → tuple of the items that could be read."""

    def read(node: Node, report: Report) -> Any:
        if not isinstance(node, Listing):
            return report.add("not-a-list", node.line, found=shown(node))
        if len(node.items) < least:
            return report.add("list-empty", node.line)
        return tuple(v for v in (item(n, report) for n in node.items) if v is not BAD)

    return read


def text(node: Node, report: Report) -> Any:
    """A scalar that says something."""
    if not isinstance(node, Text):
        return report.add("not-a-text", node.line, found=shown(node))
    if not node.value.strip() and node.plain:
        # `mask: #,##0` loses its value to the comment sign: an empty value was never meant.
        return report.add("empty-value", node.line)
    return node.value


def matching(code: str, pattern: re.Pattern[str], expected: str) -> Reader:
    """A text of a given form."""

    def read(node: Node, report: Report) -> Any:
        value = text(node, report)
        if value is BAD or pattern.fullmatch(value):
            return value
        return report.add(code, node.line, found=value, expected=expected)

    return read


def one_of(*choices: str) -> Reader:
    """One of a few words."""

    def read(node: Node, report: Report) -> Any:
        value = text(node, report)
        if value is BAD or value in choices:
            return value
        return report.add(
            "not-a-choice", node.line, found=value, expected=", ".join(choices), nearest=nearest(value, choices)
        )

    return read


key = matching("not-a-key", KEY, "chu-thuong-khong-dau")
reference = matching("not-a-key", re.compile(rf"(?:{KEY.pattern}\.)?{KEY.pattern}"), "ten, goi.ten")


def column_name(node: Node, report: Report) -> Any:
    """Lower-case ASCII with underscores, no word of the condition language, no leading `_` (the store's own)."""
    value = text(node, report)
    if value is BAD:
        return BAD
    if not COLUMN.fullmatch(value):
        return report.add("not-a-column-name", node.line, found=value, expected="chu_thuong_khong_dau")
    return report.add("reserved-name", node.line, found=value) if value in RESERVED else value


setting_name = matching("not-a-setting-name", re.compile(r"[a-z][a-z0-9_]*"), "page_size")

_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def duration(node: Node, report: Report) -> Any:
    """`30s`, `5m`, `2h`, `1d` → seconds, from a second to a year."""
    value = text(node, report)
    if value is BAD:
        return BAD
    if re.fullmatch(r"[1-9][0-9]{0,7}[smhd]", value) and int(value[:-1]) * _SECONDS[value[-1]] <= 366 * 86400:
        return int(value[:-1]) * _SECONDS[value[-1]]
    return report.add("not-a-duration", node.line, found=value, expected="30s, 5m, 2h, 1d")


def months(node: Node, report: Report) -> Any:
    """`18m`, `5y` → months, up to a hundred years."""
    value = text(node, report)
    if value is BAD:
        return BAD
    if re.fullmatch(r"[1-9][0-9]{0,3}[my]", value) and int(value[:-1]) * (12 if value[-1] == "y" else 1) <= 1200:
        return int(value[:-1]) * (12 if value[-1] == "y" else 1)
    return report.add("not-months", node.line, found=value, expected="18m, 5y")


def either(plain: Reader, whole: Reader) -> Reader:
    """A single word, or a mapping that says more."""

    def read(node: Node, report: Report) -> Any:
        return (whole if isinstance(node, Map) else plain)(node, report)

    return read


def boolean(node: Node, report: Report) -> Any:
    """`true` or `false`, nothing else (YAML's `no`, `on`, `y` are texts)."""
    value = one_of("true", "false")(node, report)
    return value if value is BAD else value == "true"


def integer(least: int, most: int) -> Reader:
    """A whole number within bounds."""

    def read(node: Node, report: Report) -> Any:
        value = text(node, report)
        if value is BAD:
            return BAD
        expected = f"{least}..{most}"
        if not re.fullmatch(r"-?[0-9]{1,9}", value) or not value.isascii():
            return report.add("integer-expected", node.line, found=value, expected=expected)
        if not least <= int(value) <= most:
            return report.add("out-of-range", node.line, found=value, expected=expected)
        return int(value)

    return read


def number(node: Node, report: Report) -> Any:
    """A decimal with a point, finite."""
    value = text(node, report)
    if value is BAD:
        return BAD
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?", value) and value.isascii():
        number = float(value)
        if math.isfinite(number):
            return number
    return report.add("number-expected", node.line, found=value, expected="1234.5")


_TOO_CLEVER = re.compile(r"\(\?(?:[=!(]|<[=!]|P=)|\\[1-9]")


def pattern(node: Node, report: Report) -> Any:
    """A regular expression that compiles, without look-around and back references: the store's engine has none."""
    value = text(node, report)
    if value is BAD:
        return BAD
    if clever := _TOO_CLEVER.search(value):
        return report.add("not-a-pattern", node.line, found=value, expected=clever.group())
    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError) as error:
        return report.add("not-a-pattern", node.line, found=value, expected=str(error))
    return value


_LABEL = record({"vi": Field(text, required=True), "en": Field(text, required=True)})


def label(node: Node, report: Report) -> Any:
    """`{vi: …, en: …}`, both said."""
    entry = _LABEL(node, report)
    if entry is BAD or set(entry.values) != {"vi", "en"}:
        return BAD
    return Label(entry.values["vi"], entry.values["en"])


def shown(node: Node) -> str:
    """What stood there, for a message."""
    if isinstance(node, Text):
        return node.value
    return "{…}" if isinstance(node, Map) else "[…]"
