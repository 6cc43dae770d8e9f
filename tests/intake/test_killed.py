"""A run killed with SIGKILL leaves all or nothing, and the next import completes it. Real processes on a real home."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from haidang.store.tables import Lake
from tests.intake.conftest import write_pack

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import json, sys
import django
django.setup()
from dataclasses import asdict
from pathlib import Path
from haidang.intake import actions
from haidang.words.nouns import Actor
say = lambda step, done, of: print(step, flush=True)
print("=" + json.dumps(asdict(actions.import_file(Actor("may"), "thu.dich", Path(sys.argv[1]), progress=say))), flush=True)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed")
    write_pack(folder / "packs")
    _django(folder, "-m", "django", "migrate", "--skip-checks", "-v", "0")
    lines = [f"{place},{year}-{month:02d},{year % 7 + month}" for place in ("20", "68", "60") for year in range(1990, 2018)
             for month in range(1, 13)]  # fmt: skip
    (folder / "ca.csv").write_text("tinh,thang,ca\n" + "\n".join(lines) + "\n20,2018-13,5\n")
    return folder


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "HAIDANG_HOME": str(folder / "home"),
        "HAIDANG_PACKS": str(folder / "packs"),
        "DJANGO_SETTINGS_MODULE": "haidang.site.settings",
        "PYTHONPATH": str(ROOT),
    }


def _django(folder: Path, *words: str) -> str:
    (folder / "home").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, *words], env=_environment(folder), capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def _landed(output: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(output.rpartition("=")[2])
    return found


def _killed_after(folder: Path, step: str, pause: float) -> bool:
    """Start an import and kill it `pause` seconds after it says `step`; whether it was killed in time."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder / "ca.csv")],
        env=_environment(folder),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    for line in child.stdout:
        if line.strip() == step:
            time.sleep(pause)
            break
    child.send_signal(signal.SIGKILL)
    return child.wait() == -signal.SIGKILL


def _state(folder: Path) -> tuple[int, int, int, int]:
    """Rows in facts, rejects, observations and runs."""
    lake = Lake(folder / "home")
    try:
        names = ("thu__dich", "rejects", "observations", "runs")
        counts = [len(lake.rows(lake.table(name))) if lake.has(name) else 0 for name in names]
    finally:
        lake.close()
    return counts[0], counts[1], counts[2], counts[3]


def test_all_or_nothing_wherever_it_is_killed(place: Path) -> None:
    chance = random.Random(20180625)
    whole = (1008, 1, 84, 1)
    seen = set()
    for step in ("read", "merge", "derive", "commit", "commit"):
        killed = _killed_after(place, step, chance.uniform(0, 0.04))
        state = _state(place)
        assert state in {(0, 0, 0, 0), whole}, (step, state)
        seen.add((killed, state == whole))
    assert (True, False) in seen, "no kill came in time"
    again = _landed(_django(place, "-c", CHILD, str(place / "ca.csv")))
    assert _state(place) == whole
    assert (again["read"], again["landed"] + again["unchanged"]) == (1009, 1008)
    twice = _landed(_django(place, "-c", CHILD, str(place / "ca.csv")))
    assert twice["repeated"]
    assert _state(place) == whole
    states = _django(
        place,
        "-c",
        "import django; django.setup()\nfrom haidang.intake.reads import runs\nprint([r.state for r in runs()])",
    )
    assert states.strip() == "['landed']"
