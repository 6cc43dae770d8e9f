"""The packs' examples, worked out from the raw files by other means, asked of the real chain."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

HAIDANG = Path(sys.executable).parent / "haidang"


def test_every_example_of_every_pack_is_answered(filled_home: Path) -> None:
    env = {**os.environ, "HAIDANG_HOME": str(filled_home)}
    done = subprocess.run(
        [HAIDANG, "check", "--examples", "--json"], env=env, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)
    assert told["sound"], "\n".join(f"{p['where']}: {p['found']} ≠ {p['expected']}" for p in told["problems"])
