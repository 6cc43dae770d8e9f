"""`haidang doctor` and `haidang trace` in a home of their own: whole, then falsified with raw SQL, the row named."""

from __future__ import annotations

import json
import sqlite3
import stat
from pathlib import Path

import pytest
from doors import terminal


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with some rows of its own."""
    home = tmp_path_factory.mktemp("trace") / "home"
    for name in ("an", "binh", "chi"):
        assert terminal(home, "users", "add", name, "--no-password").returncode == 0
    return home


def falsify(home: Path, *statements: str) -> None:
    """As somebody with the file in his hands: the guards down, the rows changed, the guards up again."""
    with sqlite3.connect(home / "db.sqlite3") as base:
        made = dict(
            base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'haidang_%'")
        )
        for name in made:
            base.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            base.execute(statement)
        for sql in made.values():
            base.execute(sql)


def test_whole_then_falsified_then_named(written: Path) -> None:
    well = terminal(written, "doctor")
    assert well.returncode == 0, well.stderr
    assert "Nhật ký nguyên vẹn" in well.stdout
    falsify(written, "UPDATE access_trace SET subject = 'khac' WHERE number = 2")
    ill = terminal(written, "doctor")
    assert ill.returncode == 1
    assert "dòng số 2" in " ".join(ill.stdout.replace("│", " ").split())
    told = json.loads(terminal(written, "doctor", "--json").stdout)
    assert told["well"] is False
    assert told["trace"] == "Nhật ký đã bị sửa: dòng số 2 không còn như lúc ghi."
    english = terminal(written, "trace", "verify", "--lang", "en")
    assert english.returncode == 1
    assert "row 2 is not as it was written" in english.stdout


def test_guards_that_are_gone_are_named_and_put_up_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert terminal(home, "doctor").returncode == 0
    with sqlite3.connect(home / "db.sqlite3") as base:
        base.execute("DROP TRIGGER haidang_trace_let_go")
    ill = json.loads(terminal(home, "doctor", "--json").stdout)
    assert "haidang_trace_let_go" in ill["trace"]
    assert terminal(home, "trace", "guard").returncode == 0
    assert terminal(home, "doctor").returncode == 0


def test_list_and_export(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "nhat-ky.jsonl"
    assert terminal(home, "users", "add", "an", "--no-password").returncode == 0
    listed = json.loads(terminal(home, "trace", "list", "--json", "--action", "account").stdout)
    assert [row["subject"] for row in listed["rows"]] == ["an"]
    assert listed["rows"][0]["sentence"] == "Người vận hành máy (operator) đã mở hoặc sửa tài khoản an."
    assert listed["rows"][0]["door"] == "cli"
    assert terminal(home, "trace", "export", str(file)).returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert all(len(json.loads(line)["digest"]) == 64 for line in file.read_text().splitlines())
    assert terminal(home, "trace", "export", str(tmp_path / "x.pdf")).returncode == 2
    assert terminal(home, "trace", "list", "--as", "an").returncode == 3
    key = terminal(home, "doctor", "--json", HAIDANG_TRACE_KEY="another")
    assert (key.returncode, "khóa khác" in json.loads(key.stdout)["trace"]) == (1, True)
