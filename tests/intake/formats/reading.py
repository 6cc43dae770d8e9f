"""Reading a made file with a declared kind, for the tests of formats."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from haidang.catalog.declared import Dataset
from haidang.intake.formats import Arrival, RawTable, open_tables
from haidang.words.errors import IntakeStopped
from haidang.words.nouns import Label
from haidang.words.texts import say, texts

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
real = pytest.mark.skipif(not SHARED.exists(), reason="the folder of real data is not beside the project")
EMPTY = Label("", "")
DATASET = Dataset("thu.nghiem", "thu", EMPTY, (), (), "", "", "year")

Row = dict[str, str | None]


def opened(folder: Path, name: str, data: str | bytes, kind: str = "", **read: str) -> list[RawTable]:
    path, scratch = folder / "arrived", folder / "scratch"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    scratch.mkdir(exist_ok=True)
    return list(open_tables(Arrival(path, name, DATASET, scratch, kind, read)))


def table(folder: Path, name: str, data: str | bytes, kind: str = "", **read: str) -> RawTable:
    (only,) = opened(folder, name, data, kind, **read)
    return only


def rows(table: RawTable) -> list[Row]:
    """Every row with its filled cells only."""
    if table.csv is not None:
        with table.csv.open(encoding="utf-8", newline="") as stream:
            found = [
                dict(zip(table.columns, map(lambda cell: cell or None, line), strict=True))
                for line in csv.reader(stream)
            ]
    else:
        found = table.arrow.to_pylist()
    return [{name: cell for name, cell in row.items() if cell is not None} for row in found]


def refused(folder: Path, name: str, data: str | bytes, kind: str = "", **read: str) -> tuple[str, str]:
    """The code and the sentence of a refusal."""
    with pytest.raises(IntakeStopped) as caught:
        opened(folder, name, data, kind, **read)
    assert caught.value.problem.code in texts()
    return caught.value.problem.code, say(caught.value)


def codes(table: RawTable) -> set[str]:
    return {remark.code for remark in table.remarks}
