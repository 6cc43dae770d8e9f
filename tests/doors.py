"""A small centre for tests of the gate and the doors.

A home with three real datasets, and the cast in the test database.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HAIDANG = Path(sys.executable).parent / "haidang"
BUDGET, PEOPLE, LIBRARIES = "kinh-te-xa-hoi.ngan-sach", "kinh-te-xa-hoi.dan-so-xa", "mau.hoat-dong"
OPEN = "kinh-te-xa-hoi.dan-so"
PASSWORD = "den-bien-2026"


def terminal(home: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    full = {**os.environ, "HAIDANG_HOME": str(home), **env}
    return subprocess.run([HAIDANG, *words], env=full, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="session")
def landed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Landed by the terminal itself.

    The budget, the people of communes and provinces, the teaching pack's libraries.
    """
    home = tmp_path_factory.mktemp("doors") / "home"
    for dataset in (BUDGET, PEOPLE, OPEN, LIBRARIES):
        done = terminal(home, "import", dataset, str(shipped(dataset)), "--json")
        assert done.returncode == 0, done.stderr
    return home


def shipped(dataset: str) -> Path:
    pack, name = dataset.split(".")
    return ROOT / "packs" / pack / "data" / f"{name}.csv"


@pytest.fixture
def home(landed_home: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This process looks into that home."""
    monkeypatch.setenv("HAIDANG_HOME", str(landed_home))
    monkeypatch.setattr(settings, "HOME", landed_home, raising=False)
    monkeypatch.setattr(settings, "HEARTBEAT", landed_home / "worker.beat", raising=False)
    return landed_home


@pytest.fixture
def cast(db: None, home: Path) -> None:
    """The cast of the demo, and a trace that begins here."""
    from haidang.access import trace
    from haidang.cli.demo import cast as people

    trace.forget_looks()
    people.create(PASSWORD)
