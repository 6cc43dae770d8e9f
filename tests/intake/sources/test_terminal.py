"""`haidang sources`, `pull`, `notices`: rights as everywhere, secrets never printed, a file of many taken whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from doors import terminal

from tests.intake.sources.conftest import Department, write_pack

SECRET = "mat-khau-9182-rat-dai"
Say = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def say(tmp_path: Path) -> Say:
    packs = write_pack(tmp_path / "packs")
    return lambda *words: terminal(
        tmp_path / "home", *words, HAIDANG_PACKS=str(packs), HAIDANG_PASSWORD="Den-bien-2026!"
    )


def test_connected_fetched_and_told(say: Say, department: Department, tmp_path: Path) -> None:
    department.add("2026-03-01", 3)
    told = tmp_path / "connections.json"
    values = {"address": department.address, "auth": "bearer"}
    said = {"values": values, "secrets": {"token": SECRET}, "simulated": True, "owner": "so-y-te"}
    told.write_text(json.dumps({"thu.so-ca": said, "thu.tai-len": {"owner": "so-y-te"}}))
    done = say("sources", "set", "--from", str(told))
    assert done.returncode == 0, done.stderr
    pulled = say("pull", "thu.so-ca", "--json")
    assert pulled.returncode == 0, pulled.stderr
    fetched = json.loads(pulled.stdout)
    assert (fetched["outcome"], fetched["runs"][0]["landed"]) == ("arrived", 1)
    listed = say("sources", "--json")
    faces = {one["source"]: one for one in json.loads(listed.stdout)["sources"]}
    face = faces["thu.so-ca"]
    assert (face["state"], face["simulated"], face["secrets"]) == ("alive", True, ["token"])
    assert SECRET not in listed.stdout + listed.stderr + pulled.stdout + pulled.stderr + done.stdout
    with closing(sqlite3.connect(tmp_path / "home" / "db.sqlite3")) as base:
        assert SECRET not in "".join(base.iterdump())
    department.down = True
    failed = say("pull", "thu.so-ca")
    assert (failed.returncode, "Không lấy được" in failed.stdout) == (1, True)
    assert say("sources", "pause", "thu.so-ca").returncode == 0
    assert say("sources", "resume", "thu.so-ca", "--lang", "en").stdout.strip() == "thu.so-ca goes on."


def test_rights_are_those_of_everywhere(say: Say) -> None:
    assert say("users", "add", "quan-ly", "--no-password").returncode == 0
    assert say("grants", "add", "quan-ly", "--action", "manage", "--pack", "thu").returncode == 0
    address = "address=http://127.0.0.1:9"
    assert say("sources", "set", "thu.so-ca", address, "--as", "cong-chung").returncode == 3
    assert say("sources", "--as", "quan-ly", "set", "thu.so-ca", address).returncode == 0
    assert say("pull", "thu.so-ca", "--as", "quan-ly").returncode == 3
    assert json.loads(say("sources", "--json", "--as", "quan-ly").stdout) == {"sources": []}, "to manage is not to see"


def test_mistakes_are_told_in_a_sentence(say: Say, tmp_path: Path) -> None:
    for words, status in (
        (("sources", "set", "thu.so-ca", "adress=x"), 2),
        (("sources", "set", "--from", str(tmp_path / "no")), 2),
        (("pull", "thu.day"), 1),
    ):
        done = say(*words)
        assert done.returncode == status, (words, done.stderr)
        assert done.stderr.strip()
        assert "Traceback" not in done.stderr
