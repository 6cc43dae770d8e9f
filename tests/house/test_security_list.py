"""The security lists are whole, and what they name as proof exists: a line cannot say done and point at nothing."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "security"
STATES = {"done", "partly", "not", "operator", "does not apply"}
LISTS = {"asvs.csv": 253, "tcvn.csv": 57}
"""Lines of ASVS 5.0.0 of levels 1 and 2, and of our reading of TCVN 14423 level 3 and the laws beside it."""
_PATH = re.compile(r"\b(?:tests|docs|haidang)/[\w./-]*\w")


def lines(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", LISTS)
def test_every_line_is_there_once_and_says_how(name: str) -> None:
    found = lines(name)
    assert len({line["line"] for line in found}) == len(found) == LISTS[name]
    assert not [line["line"] for line in found if line["state"] not in STATES or len(line["how"]) < 4]


@pytest.mark.parametrize("name", LISTS)
def test_what_is_named_exists(name: str) -> None:
    gone = [
        (line["line"], path)
        for line in lines(name)
        for path in _PATH.findall(line["how"])
        if not (ROOT / path).exists()
    ]
    assert not gone


def test_the_page_counts_as_the_lists_do() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    for name in LISTS:
        states = [line["state"] for line in lines(name)]
        for state in STATES:
            if states.count(state):
                assert f"{states.count(state)} {state}" in page, (name, state)
