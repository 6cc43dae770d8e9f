"""The contract of the spine, line by line, through the real terminal on the filled demo home."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
HAIDANG = Path(sys.executable).parent / "haidang"
MEAN = "giao-duc.diem-toan-trung-binh"


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "HAIDANG_HOME": str(home)}
    return subprocess.run([HAIDANG, *words], env=env, capture_output=True, text=True, check=False, timeout=240)


def answer(home: Path, *words: str) -> dict[str, Any]:
    done = run(home, "answer", *words, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def shipped_scores(council: str) -> dict[str, float | None]:
    """key → mathematics of one exam council, straight from the shipped zip: the independent count."""
    found: dict[str, float | None] = {}
    (archive,) = (ROOT / "packs" / "giao-duc" / "data").glob("*.zip")
    with zipfile.ZipFile(archive) as files:
        for name in files.namelist():
            with files.open(name) as raw:
                for row in csv.DictReader(io.TextIOWrapper(raw, "utf-8")):
                    if row["hoi_dong"] == council:
                        found.setdefault(row["khoa"], float(row["toan"]) if row["toan"] else None)
    return found


def mean(*groups: dict[str, float | None]) -> tuple[float, int]:
    scores = [s for group in groups for s in group.values() if s is not None]
    return sum(scores) / len(scores), len(scores)


@pytest.fixture(scope="module")
def councils() -> dict[str, dict[str, float | None]]:
    """Bình Thuận 47, Lâm Đồng 42, Đắk Nông 63: the Ministry's numbers, not place codes."""
    return {name: shipped_scores(council) for name, council in {"60": "47", "68": "42", "67": "63"}.items()}


def test_mean_is_of_the_landed_rows(filled_home: Path, councils: dict[str, dict[str, float | None]]) -> None:
    found = answer(filled_home, MEAN, "--place", "60", "--period", "2018")
    value, count = mean(councils["60"])
    assert found["value"] == pytest.approx(value, abs=1e-9)
    assert found["unit"] == "điểm"
    assert found["period"] == "2018"
    assert count > 10_000


def test_todays_lam_dong_is_rebuilt_by_redividing(
    filled_home: Path, councils: dict[str, dict[str, float | None]]
) -> None:
    found = answer(filled_home, MEAN, "--place", "68", "--period", "2018")
    value, _ = mean(*councils.values())
    averaged = sum(mean(group)[0] for group in councils.values()) / 3
    assert found["value"] == pytest.approx(value, abs=1e-9)
    assert abs(found["value"] - averaged) > 1e-4, "an average of averages"
    parts = {part["key"].split("@")[0]: part for part in found["parts"]}
    assert set(parts) == {"60", "67", "68"}
    for code, group in councils.items():
        assert parts[code]["value"] == pytest.approx(mean(group)[0], abs=1e-9)


def test_old_lam_dong_is_another_place(filled_home: Path, councils: dict[str, dict[str, float | None]]) -> None:
    found = answer(filled_home, MEAN, "--place", "68@2024", "--period", "2018")
    assert found["value"] == pytest.approx(mean(councils["68"])[0], abs=1e-9)


def test_an_index_is_never_added_up(filled_home: Path) -> None:
    found = answer(filled_home, "kinh-te-xa-hoi.pci", "--place", "68", "--period", "2015")
    assert found["value"] is None
    assert found["reason"]
    assert len(found["parts"]) == 3
    assert all(part["value"] for part in found["parts"])
    assert answer(filled_home, "kinh-te-xa-hoi.pci", "--place", "20", "--period", "2015")["value"] == pytest.approx(
        54.6139, abs=1e-3
    )


def test_faults_of_the_files_are_found_and_told(filled_home: Path) -> None:
    runs = json.loads(run(filled_home, "runs", "--json").stdout)
    exam = [r for r in runs["runs"] if r["dataset"] == "giao-duc.diem-thi-thpt"]
    reasons: dict[str, int] = {}
    for one in exam:
        for code, count in one["reasons"].items():
            reasons[code] = reasons.get(code, 0) + count
    assert sum(r["read"] for r in exam) == 686_709
    assert sum(r["landed"] + r["set_aside"] + r["unchanged"] for r in exam) == 686_709
    assert reasons.get("duplicate-row", 0) + reasons.get("duplicate-key", 0) >= 22_035
    assert reasons.get("volume", 0) >= 199 + 5_099 + 5_099
    short = answer(filled_home, MEAN, "--place", "40@2024", "--period", "2018")  # Nghệ An: 199 rows came
    assert short["value"] is None
    assert any("volume" in json.dumps(note) for note in short["quality"]["notes"]), short["quality"]


@pytest.mark.parametrize("who", ["so-giao-duc", "cong-chung"])
def test_denied_at_the_terminal(filled_home: Path, who: str) -> None:
    done = run(filled_home, "answer", "kinh-te-xa-hoi.thu-ngan-sach", "--place", "20", "--period", "2014", "--as", who)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert done.stdout.strip() in {"", "{}"}


def test_a_commune_cannot_see_another(filled_home: Path) -> None:
    own = ["kinh-te-xa-hoi.dan-so-xa", "--place", "06184", "--as", "xa-dong-dang"]
    assert answer(filled_home, *own)["value"]
    other = ["kinh-te-xa-hoi.dan-so-xa", "--place", "06187", "--as", "xa-dong-dang"]
    assert run(filled_home, "answer", *other).returncode == 3
    assert run(filled_home, "records", *other).returncode == 3
    assert run(filled_home, "records", *own).returncode == 0


def test_same_import_twice_lands_nothing(filled_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "sach.csv"
    source = next((ROOT / "packs" / "mau" / "data").glob("*.csv"))
    file.write_bytes(source.read_bytes())
    dataset = json.loads(run(tmp_path / "home", "packs", "--json").stdout)
    key = next(d["key"] for p in dataset["packs"] if p["key"] == "mau" for d in p["datasets"])
    first = json.loads(run(tmp_path / "home", "import", key, str(file), "--json").stdout)
    second = json.loads(run(tmp_path / "home", "import", key, str(file), "--json").stdout)
    first, second = (x["runs"][0] if "runs" in x else x for x in (first, second))
    assert first["landed"] > 0
    assert second["landed"] == 0
    assert second["set_aside"] == 0
