"""A hundred malformed and hostile files: each is refused in clear Vietnamese, or its rows come through as text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from haidang.catalog.declared import Column, Dataset
from haidang.intake.formats import Arrival, open_tables
from haidang.words.errors import IntakeStopped
from haidang.words.nouns import Label
from haidang.words.texts import say, texts
from tests.intake.hostile import CASES, Case

ROOT = Path(__file__).resolve().parents[2]
EMPTY = Label("", "")
DATASET = Dataset(
    key="thu.nghiem", pack="thu", title=EMPTY, unique=(), place="", period="", grain="year",
    columns=(Column("so_luong", "decimal", Label("Số lượng", "Quantity")), Column("ma_tinh", "place", Label("Mã tỉnh", "Province"))),
)  # fmt: skip
VIETNAMESE = re.compile(r"[ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụ]", re.IGNORECASE)


def arrival(case: Case, folder: Path) -> Arrival:
    path, scratch = folder / "arrived", folder / "scratch"
    path.write_bytes(case.make())
    scratch.mkdir()
    return Arrival(path, case.file, DATASET, scratch, case.kind)


def through(file: Arrival) -> int:
    """Read everything; every cell must be text or None. Gives the number of rows."""
    rows = 0
    for table in open_tables(file):
        assert all(isinstance(name, str) and name for name in table.columns)
        if table.csv is not None:
            text = table.csv.read_bytes().decode("utf-8")
            assert "\x00" not in text
        else:
            assert table.arrow.num_rows == table.rows
            assert all(str(field.type) == "string" for field in table.arrow.schema)
        rows += table.rows
        table.locate(max(table.rows - 1, 0))
    return rows


def test_there_are_a_hundred() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 100


@pytest.mark.parametrize("case", CASES, ids=str)
def test_hostile(case: Case, tmp_path: Path) -> None:
    file = arrival(case, tmp_path)
    started = time.monotonic()
    rows, error = outcome(file)
    assert (error.code if error else "") == case.code, say(error) if error else f"{rows} rows came through"
    if error:
        told_well(error, case)
    else:
        assert rows > 0
    assert time.monotonic() - started < 30
    outside = {p.name for p in tmp_path.iterdir()}
    assert outside == {"arrived", "scratch"}


def outcome(file: Arrival) -> tuple[int, IntakeStopped | None]:
    try:
        return through(file), None
    except IntakeStopped as error:
        return 0, error


def told_well(error: IntakeStopped, case: Case) -> None:
    sentence = say(error)
    assert error.code in texts()
    assert sentence.startswith(case.file.removesuffix(".gz")[:8]), sentence
    assert VIETNAMESE.search(sentence)
    assert "…" not in re.sub(r"\S{50,}|\S+… \(", "", sentence), f"a fact is missing: {sentence}"
    assert not re.search(r"Traceback|Error|Exception|None", sentence)
    assert not re.search(r"\(\)|“”|dòng [,.:]|có {1,2}cột", sentence), f"a fact is empty: {sentence}"
    assert sentence.endswith((".", "?"))


MEASURE = """
import json, resource, sys, tempfile
from pathlib import Path
from tests.intake.hostile import CASES
from tests.intake.test_hostile import arrival, through
from haidang.intake.formats import isolated
from haidang.words.errors import IntakeStopped
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
names = set(json.loads(sys.argv[1]))
files = []
for case in CASES:
    if case.name in names:
        with tempfile.TemporaryDirectory() as folder:
            made = arrival(case, Path(folder))
            pid = __import__("os").fork()
            if not pid:
                base = int(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1])
                open("/proc/self/clear_refs", "w").write("5")
                try:
                    through(made)
                except IntakeStopped:
                    pass
                isolated.close()  # and with it wait for what it read apart
                peak = int(next(l for l in open("/proc/self/status") if l.startswith("VmHWM")).split()[1])
                apart = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
                Path(folder, "peak").write_text(json.dumps([(peak - base) // 1024, apart // 1024]))
                __import__("os")._exit(0)
            __import__("os").waitpid(pid, 0)
            files.append([case.name, *json.loads(Path(folder, "peak").read_text())])
print(json.dumps(files))
"""
HEAVY = [
    "10 M columns in the heading", "a line of 12 MB in the middle", "a quote never closed in a large file", "a zip bomb", "a gz bomb",
    "DTD far into a part", "a cell in the last corner", "a page with a huge span", "JSON too deep", "Parquet that claims many rows",
    "xml: laughing", "an attribute of 28 MB", "a text of 28 MB", "an envelope of 28 MB of base64", "an envelope of elements",
    "a document of a million elements", "an EVE line of 200 MB", "CEF with a million keys", "a station line without end",
    "a mail of mails in mails", "JSON of empty lists",
]  # fmt: skip


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peak memory is read from /proc of Linux")
def test_memory_stays_bounded() -> None:
    """The heaviest files, each in a process of its own: the reader grows by less than 300 MB, its child stays below 700 MB."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, json.dumps(HEAVY)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    measured = json.loads(done.stdout.splitlines()[-1])
    assert len(measured) == len(HEAVY)
    assert not [m for m in measured if m[1] > 300 or m[2] > 700], measured
