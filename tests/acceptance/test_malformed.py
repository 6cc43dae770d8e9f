"""A hundred malformed files through the real terminal: a clear Vietnamese message each, nothing landed, no traceback."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.intake.hostile import CASES

HAIDANG = Path(sys.executable).parent / "haidang"
MEMORY = 3 * 1024**3
VIETNAMESE = re.compile(r"[ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụ]", re.IGNORECASE)


@pytest.mark.timeout(540)
def test_a_hundred_malformed_files(tmp_path: Path) -> None:
    """One import of all of them: each is told by name, all are tried, and the home holds no row afterwards."""
    files = []
    for number, case in enumerate(case for case in CASES if not case.kind):  # by hand no kind is declared
        file = tmp_path / f"{number:03}-{Path(case.file).name.lstrip('.') or 'x'}"
        file.write_bytes(case.make())
        files.append(str(file))
    assert len(files) >= 100
    env = {**os.environ, "HAIDANG_HOME": str(tmp_path / "home"), "HAIDANG_MEMORY": "512MB"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    done = subprocess.run(
        [HAIDANG, "import", "mau.hoat-dong", *files, "--json"], env=env, capture_output=True, text=True, check=False
    )
    peak = max(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, before) * 1024
    assert done.returncode == 4, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    runs = json.loads(done.stdout)["runs"]
    assert len(runs) == len(files)
    for run, file in zip(runs, files, strict=True):
        assert run["landed"] == 0, run
        if "error" in run:
            assert VIETNAMESE.search(run["error"]["message"]), run
            assert run["error"]["message"] != run["error"]["code"], run
        else:
            assert run["set_aside"] == run["read"], (run, file)
    assert sum("error" in run for run in runs) >= 100
    assert peak < MEMORY, f"peak {peak / 1e6:.0f} MB"
