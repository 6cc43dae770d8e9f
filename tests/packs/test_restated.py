"""The tidy files are what the tool makes of the raw ones, byte for byte (the exam apart: its key is thrown away)."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_demo_data", ROOT / "tools/make_demo_data.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tidy_files_come_out_the_same(tool: ModuleType, shared: Path, tmp_path: Path) -> None:
    tool.tidy(shared, tmp_path)
    made = {file.relative_to(tmp_path): file.read_bytes() for file in tmp_path.rglob("*.csv")}
    shipped = {f.relative_to(ROOT / "packs") for pack in ("kinh-te-xa-hoi", "y-te") for f in data_files(pack)}
    assert shipped <= set(made)
    for name, content in made.items():
        assert (ROOT / "packs" / name).read_bytes() == content, name


def data_files(pack: str) -> list[Path]:
    return sorted((ROOT / "packs" / pack / "data").iterdir())


@pytest.mark.parametrize(
    ("score", "expected"), [(0.0, "0–1"), (5.99, "5–6"), (6.0, "6–7"), (9.0, "9–10"), (10.0, "9–10")]
)
def test_bands(tool: ModuleType, score: float, expected: str) -> None:
    assert tool.band(score) == expected
    assert tool.band(float("nan")) == ""
