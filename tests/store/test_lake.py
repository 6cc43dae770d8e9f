"""The lake: one transaction or nothing, snapshots that stay, one writer at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import ibis
import pyarrow as pa
import pytest
import sqlglot

from haidang.store import engine, landing, ledger, upkeep
from haidang.store.landing import Writer, lake_name
from haidang.store.tables import Lake
from haidang.words.errors import Absent, NotNow

COLUMNS = {"x": "INTEGER", "_run": "VARCHAR"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def lake(home: Path) -> Iterator[Lake]:
    opened = Lake(home)
    yield opened
    opened.close()


def put(home: Path, *numbers: int, table: str = "p__d", run: str = "r", at: datetime | None = None) -> int:
    """One committed transaction of some rows, with a row in `runs` when `at` is given; its snapshot."""
    with Writer(home) as writer:
        with writer.transaction() as snapshot:
            writer.ensure_table(table, COLUMNS)
            for number in numbers:
                writer.sql(f"INSERT INTO {lake_name(table)} (x, _run) VALUES (?, ?)", [number, run])
            if at:
                row = [
                    run,
                    "p.d",
                    "p",
                    "f",
                    run,
                    at.replace(tzinfo=None),
                    0,
                    0,
                    0,
                    0,
                    0,
                    "{}",
                    "a",
                    snapshot,
                    "",
                    False,
                ]
                names = ", ".join(f'"{name}"' for name in list(ledger.RUNS)[: len(row)])
                writer.sql(f"INSERT INTO {lake_name('runs')} ({names}) VALUES ({', '.join('?' * len(row))})", row)
        return snapshot


def numbers(lake: Lake, snapshot: int | None = None) -> list[int]:
    return sorted(row["x"] for row in lake.rows(lake.table("p__d", snapshot=snapshot)))


def test_a_commit_is_one_snapshot_with_the_number_foretold(home: Path, lake: Lake) -> None:
    snapshot = put(home, 1, 2)
    assert lake.snapshot() == snapshot
    assert numbers(lake) == [1, 2]


def test_an_error_undoes_everything(home: Path, lake: Lake) -> None:
    before = put(home, 1)

    def fail(writer: Writer) -> None:
        with writer.transaction():
            writer.sql(f"INSERT INTO {lake_name('p__d')} (x) VALUES (9)")
            writer.ensure_table("p__new", COLUMNS)
            raise KeyError

    with Writer(home) as writer, pytest.raises(KeyError):
        fail(writer)
    assert (lake.snapshot(), numbers(lake), lake.has("p__new")) == (before, [1], False)


def test_earlier_snapshots_stay_readable_after_delete_widening_and_compaction(home: Path, lake: Lake) -> None:
    first = put(home, 1, 2)
    second = put(home, 3)
    with Writer(home) as writer, writer.transaction():
        writer.sql(f"DELETE FROM {lake_name('p__d')} WHERE x = 1")
        assert writer.ensure_table("p__d", {**COLUMNS, "y": "DOUBLE"}) == ("y",)
    for number in range(4, 9):
        put(home, number, table="p__d")  # COLUMNS has no y: a narrower file must not narrow the table
    done = upkeep.compact(home)
    assert done.after < done.before
    assert numbers(lake, first) == [1, 2]
    assert numbers(lake, second) == [1, 2, 3]
    assert numbers(lake) == [2, 3, 4, 5, 6, 7, 8]
    assert "y" not in lake.table("p__d", snapshot=second).columns


def test_snapshot_at_goes_by_the_landing_not_by_the_commit(home: Path, lake: Lake) -> None:
    monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    first = put(home, 1, run="a", at=monday)
    put(home, 2, run="b", at=monday + timedelta(days=2))
    assert lake.snapshot_at(monday - timedelta(seconds=1)) is None
    at = lake.snapshot_at(monday + timedelta(days=1))
    assert at == first
    assert numbers(lake, at) == [1]
    assert lake.snapshot_at(monday + timedelta(days=3)) == lake.snapshot()


def test_absent_tables_are_absent(home: Path, lake: Lake) -> None:
    with pytest.raises(Absent, match="no-such-table"):
        lake.table("p__none")
    put(home, 1)
    with pytest.raises(Absent, match="no-such-table"):
        lake.table("p__d", snapshot=1)


def test_a_reader_cannot_write(lake: Lake) -> None:
    with pytest.raises(Exception, match="read-only"):
        lake._connection.execute(f"DELETE FROM {lake_name('runs')}")


def test_another_writer_waits_and_is_told(home: Path) -> None:
    with Writer(home) as ours, Writer(home) as theirs, ours.transaction():
        with pytest.raises(NotNow, match="store-busy"), theirs.transaction(wait=0.05):
            pass
        assert upkeep.facts(home).busy
    with Writer(home) as again, again.transaction(wait=0.05):
        pass


def test_threads_read_while_a_writer_writes(home: Path, lake: Lake) -> None:
    put(home, 0)
    seen: list[int] = []
    failed: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(8):
                seen.append(len(numbers(lake)))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 5):
        put(home, number)
    for thread in threads:
        thread.join()
    assert not failed
    assert len(seen) == 24
    assert lake.queries >= 24
    assert numbers(lake) == [0, 1, 2, 3, 4]


def test_staged_text_keeps_its_order_and_empties(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('1,"a, ""b""\nc"\n2,\n,""\n', encoding="utf-8")
    with Writer(home) as writer:
        writer.stage_csv("s", file, 2)
        assert writer.sql("SELECT * FROM s") == [("1", 'a, "b"\nc'), ("2", None), (None, None)]
        writer.unstage("s")
        writer.stage_arrow("s", pa.table({"h": ["x", None]}))
        assert writer.sql("SELECT c0 FROM s") == [("x",), (None,)]


def test_an_expression_may_read_the_table_it_is_inserted_into(home: Path, lake: Lake) -> None:
    put(home, 1, 2)
    with Writer(home) as writer, writer.transaction():
        rows = writer.table("p__d")
        assert writer.insert("p__d", rows.select(x=(rows.x + 10).cast("int32")), _run="next") == 2
    assert numbers(lake) == [1, 2, 11, 12]


def test_the_catalogue_is_in_wal_and_nothing_is_ever_downloaded(home: Path, lake: Lake) -> None:
    with sqlite3.connect(engine.catalogue(home)) as catalogue:
        assert catalogue.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    settings = lake._connection.execute(
        "SELECT current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions')"
    )
    assert settings.fetchone() == (False, False)


def test_the_pin_that_keeps_overwriting_whole(tmp_path: Path) -> None:
    """sqlglot 30.18 makes ibis 12 send an empty DROP TABLE when a table is overwritten; the pin must hold."""
    assert tuple(int(part) for part in sqlglot.__version__.split(".")[:2]) < (30, 18)
    backend = ibis.duckdb.connect(tmp_path / "trap.duckdb")
    for value in (1, 2):
        backend.create_table("t", ibis.memtable({"a": [value]}), overwrite=True)
    assert backend.table("t").to_pyarrow().to_pylist() == [{"a": 2}]


def test_a_backup_is_whole_while_readers_read_and_restores_elsewhere(home: Path, lake: Lake, tmp_path: Path) -> None:
    put(home, 1)
    put(home, 2)
    (home / "raw").mkdir()
    (home / "raw" / "abc.csv").write_text("kept")
    with sqlite3.connect(home / "db.sqlite3") as ledger:
        ledger.execute("CREATE TABLE t (a)")
        ledger.execute("INSERT INTO t VALUES (7)")
    stop = threading.Event()
    failed: list[BaseException] = []

    def read() -> None:
        try:
            while not stop.is_set():
                assert numbers(lake) == [1, 2]
        except BaseException as error:
            failed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    upkeep.backup(tmp_path / "copy", home)
    stop.set()
    reader.join()
    assert not failed
    put(home, 3)
    with pytest.raises(NotNow, match="backup-exists"):
        upkeep.backup(tmp_path / "copy", home)
    upkeep.restore(tmp_path / "copy", tmp_path / "other")
    other = Lake(tmp_path / "other")
    assert numbers(other) == [1, 2]
    put(tmp_path / "other", 4)
    assert numbers(other) == [1, 2, 4]
    assert numbers(lake) == [1, 2, 3]
    assert (tmp_path / "other" / "raw" / "abc.csv").read_text() == "kept"
    with sqlite3.connect(tmp_path / "other" / "db.sqlite3") as ledger:
        assert ledger.execute("SELECT a FROM t").fetchall() == [(7,)]


def test_restore_refuses_a_full_home_and_a_damaged_copy(home: Path, tmp_path: Path) -> None:
    put(home, 1)
    copy = tmp_path / "copy"
    upkeep.backup(copy, home)
    with pytest.raises(NotNow, match="home-in-use"):
        upkeep.restore(copy, home)
    put(home, 2)
    upkeep.restore(copy, home, replace=True)
    again = Lake(home)
    assert numbers(again) == [1]
    with pytest.raises(Absent, match="no-backup"):
        upkeep.restore(tmp_path / "nowhere", tmp_path / "new")
    next((copy / "lake" / "data").rglob("*.parquet")).unlink()
    with pytest.raises(Absent, match="backup-damaged"):
        upkeep.restore(copy, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_the_doctor_is_told_what_there_is(home: Path) -> None:
    put(home, 1)
    facts = upkeep.facts(home)
    assert (facts.catalogue, facts.busy) == ("sqlite", False)
    assert {"declared", "erased", "observations", "p__d", "rejects", "runs"} == {name for name, _, _ in facts.tables}


def test_a_torn_down_process_leaves_the_lock_free(home: Path) -> None:
    landing.ensure(home)
    with landing.lock(home, wait=0):
        pass
    with landing.lock(home, wait=0):
        pass
