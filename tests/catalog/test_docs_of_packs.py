"""docs/packs.md tells every key, kind and type the reader knows, and its lists of choices are whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from haidang.catalog import conditions, grammar, proofs_indicators, reading

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "packs.md").read_text("utf-8")


def keys() -> set[str]:
    source = (ROOT / "haidang" / "catalog" / "grammar.py").read_text("utf-8")
    return set(re.findall(r'"(\w+)": (?:_need|Field)\(', source))


def test_every_key_is_told() -> None:
    assert len(keys()) > 50
    assert not {key for key in keys() if not re.search(rf"\b{key}:|\b{key}\b[,\[{{(]| {key}\b", PAGE)}


@pytest.mark.parametrize(
    "words",
    [
        grammar.TYPES, grammar.KINDS, grammar.GRAINS, grammar.LEVELS, grammar.ADDS, grammar.ON_BAD, grammar.COMPARES,
        tuple(reading.FOLDERS), reading.CODE_COLUMNS, tuple(sorted(conditions._WORDS)),
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_every_choice_is_told(words: tuple[str, ...]) -> None:
    assert not [word for word in words if not re.search(rf"(?<![\w-]){word}(?![\w-])", PAGE)]


def test_every_kind_says_what_it_lives_on() -> None:
    for kind, needs in proofs_indicators.NEEDS.items():
        (line,) = re.findall(rf"^\| {kind} \|.*$", PAGE, re.M)
        assert all(need in line for need in needs), line
