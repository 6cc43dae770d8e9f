"""Single rows out of a clean CSV, by number. Never: parses a cell, reads a file that `tables` did not make."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from haidang.intake.formats.limits import CHUNK


def pick(file: Path, rows: Sequence[int], target: Path) -> None:
    """Copy the rows of these numbers (0-based, growing) of a clean CSV (see `RawTable.csv`) to `target`."""
    numbers = np.asarray(rows, np.int64)
    data = np.memmap(file, np.uint8, mode="r")
    ends = np.concatenate(([0], _ends(data)))
    with target.open("wb") as sink:
        # Neighbours are copied together: what is set aside often stands in long runs.
        for run in np.split(numbers, np.flatnonzero(np.diff(numbers) != 1) + 1):
            if len(run):
                sink.write(data[ends[run[0]] : ends[run[-1] + 1]].data)


def _ends(data: np.ndarray) -> np.ndarray:
    """Where each row ends: after every line break outside quotes."""
    found, inside = [], 0
    for at in range(0, len(data), CHUNK):
        block = data[at : at + CHUNK]
        breaks, quotes = block == 10, block == 34
        if inside or quotes.any():
            breaks &= ((np.cumsum(quotes, dtype=np.uint8) + inside) & 1) == 0
            inside = (inside + int(np.count_nonzero(quotes))) & 1
        found.append(np.flatnonzero(breaks) + at + 1)
    return np.concatenate(found)
