"""The real requests of Chicago as a pack of their own: what the desk and its board say equals what the file says."""

from __future__ import annotations

import csv
import gzip
import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

WALK = Path(__file__).with_name("walk.py")
DAYS = 7
"""Working days to resolve, as the pack's desk says."""


@pytest.fixture(scope="module")
def file(shared: Path) -> Path:
    found = shared / "citizen-311-chicago" / "requests_to_2012.csv.gz"
    if not found.is_file():
        pytest.skip("the requests of Chicago are not beside the project")
    return found


@pytest.fixture(scope="module")
def rows(file: Path) -> list[dict[str, str]]:
    """Of the file, the first of each number."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
        return list({row["Service_Request_Number"]: row for row in reversed(list(csv.DictReader(text)))}.values())


@pytest.fixture(scope="module")
def told(file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("chicago")
    done = subprocess.run(
        [sys.executable, str(WALK), str(home), str(file)], capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_row_is_a_case_or_set_aside_with_a_reason(told: dict[str, Any], rows: list[dict[str, str]]) -> None:
    first = told["first"]
    assert (first["read"], first["landed"], first["unread"]) == (37_230, len(rows), 0)
    assert first["aside"] == [["12-01209013", "number-twice"], ["12-01209172", "number-twice"]]
    assert {name: told["again"][name] for name in ("read", "landed", "unchanged", "aside")} == {
        "read": 37_230,
        "landed": 0,
        "unchanged": 37_230,
        "aside": [],
    }


def test_states_and_history_are_the_files(told: dict[str, Any], rows: list[dict[str, str]]) -> None:
    repeated = sum(row["Status"].endswith("Dup") for row in rows)
    assert told["states"] == {"merged": repeated, "resolved": len(rows) - repeated}
    assert told["acts"] == {
        "open": len(rows),
        "assign": len(rows),
        "merge": repeated,
        "finish": len(rows) - repeated,
    }
    assert told["late"] == 0


def test_categories_and_places_are_the_files(told: dict[str, Any], rows: list[dict[str, str]]) -> None:
    said = Counter(row["What_is_the_Nature_of_this_Code_Violation"] for row in rows)
    assert sorted(told["categories"].values()) == sorted(said.values())
    assert told["categories"]["khong-ro"] == said[""]
    assert told["categories"]["rac-trong-ngo"] == said["Garbage in alley"]
    areas = Counter(row["Community_Area"] for row in rows)
    wanted = {f"97{int(float(area)):03d}@2000-01-01": many for area, many in areas.items() if float(area or 0)}
    assert {unit: many for unit, many in told["units"].items() if unit != "97@2000-01-01"} == wanted
    here = [row for row in rows if "KOSTNER" in row["Street_Address"] and row["Status"] == "Completed"]
    assert told["found"] == len(here)


def test_the_boards_numbers_are_the_files(told: dict[str, Any], rows: list[dict[str, str]]) -> None:
    assert told["answers"]["gui"][""] == len(rows)
    assert told["answers"]["trung"][""] == told["states"]["merged"]
    years = Counter(row["Creation_Date"][:4] for row in rows)
    assert told["years"] == years
    assert told["parts"]["loai"] == told["categories"]
    assert told["parts"]["trang_thai"] == told["states"]
    areas = {unit: many for unit, many in told["units"].items() if unit != "97@2000-01-01"}
    assert {unit: many for unit, many in told["parts"]["place"].items() if unit in areas} == areas
    shown = f"{years['2012']:,}".replace(",", ".")
    assert re.search(rf">\s*{re.escape(shown)}", told["board"]), "the number of 2012 stands on the board"


def test_the_clocks_are_the_files(told: dict[str, Any], rows: list[dict[str, str]]) -> None:
    """Reckoned here from the file alone: a week has five working days."""
    done = [row for row in rows if row["Status"] == "Completed"]
    in_time = sum(
        date.fromisoformat(row["Completion_Date"]) <= due(date.fromisoformat(row["Creation_Date"])) for row in done
    )
    assert told["answers"]["dung-han"][""] == pytest.approx(in_time / len(done) * 100)
    hours = [
        (date.fromisoformat(row["Completion_Date"]) - date.fromisoformat(row["Creation_Date"])).days * 24 + 9
        for row in done
    ]
    assert told["answers"]["gio"][""] == pytest.approx(sum(hours) / len(hours))


def due(day: date) -> date:
    left = DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day
