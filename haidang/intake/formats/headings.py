"""Headings of a table: which row bears them, made clean and distinct. Never: maps one to a column of the dataset."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from haidang.catalog.declared import Dataset
from haidang.intake.formats.limits import MAX_COLUMNS
from haidang.intake.formats.refuse import bare, problem, stop
from haidang.words.errors import Problem

_NUMBER = re.compile(r"[-+]?\d[\d.,]*")


def folded(text: str) -> str:
    """A heading as it is compared: without case, tones, spaces and punctuation."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in plain if char.isalnum())


def known(dataset: Dataset) -> frozenset[str]:
    """Every heading the dataset knows, folded."""
    names = (n for c in dataset.columns for n in (c.name, c.title.vi, c.title.en, *c.aliases))
    return frozenset(filter(None, map(folded, names)))


def heading_row(records: Sequence[Sequence[str]], dataset: Dataset) -> int:
    """Which of a file's first records bears the headings: the one that knows most of them, else the first full one."""
    names = known(dataset)
    hits: list[int] = []
    for record in records if names else ():
        hits.append(len({folded(cell) for cell in record} & names))
        if hits[-1] >= 2 and hits[-1] > len(record) // 2:
            break  # most of its cells are headings we know: no need to look further
    if hits and max(hits) >= 2:
        return hits.index(max(hits))
    widths = [len(record) for record in records]
    usual = max(set(widths), key=lambda w: (widths.count(w) * (w > 1), w), default=0)
    for number, record in enumerate(records):
        if len(record) == usual and sum(1 for cell in record if cell.strip()) >= max(1, 0.6 * usual):
            return number
    return 0


def is_no_heading(cells: Sequence[str], number: int, dataset: Dataset) -> bool:
    """Whether the row taken for headings is data: all numbers, or mostly so and not even the file's first row."""
    full = [cell.strip() for cell in cells if cell.strip()]
    numbers = [cell for cell in full if _NUMBER.fullmatch(cell)]
    if {folded(cell) for cell in full} & known(dataset):
        return False
    return len(numbers) == len(full) or (number > 0 and len(numbers) > len(full) // 2)


def named(cells: Sequence[str], dataset: Dataset, where: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Clean, distinct column names and what was noticed; raises IntakeStopped for a known heading that stands twice."""
    if len(cells) > MAX_COLUMNS:
        raise stop("too-many-columns", where, found=len(cells), expected=MAX_COLUMNS)
    names = known(dataset)
    seen: dict[str, int] = {}
    columns: list[str] = []
    remarks: list[Problem] = []
    for number, cell in enumerate(cells, 1):
        name = bare(cell) or f"({number})"
        if " ".join(cell.split()) != unicodedata.normalize("NFC", name) and bare(cell):
            remarks.append(problem("heading-cleaned", where, found=name, column=number))
        key = folded(name) if folded(name) in names else name.lower()
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            if key in names:
                raise stop("heading-twice", where, found=name, column=number)
            name = f"{name} ({number})"
            remarks.append(problem("heading-renamed", where, found=name, column=number))
        columns.append(name)
    return tuple(columns), tuple(remarks)
