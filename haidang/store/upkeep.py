"""Upkeep of a home: compaction, backup, restore, and the facts a doctor asks for.

Never: changes a fact; forgets a snapshot, but in `purge` when asked to.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from haidang.store import engine, landing
from haidang.store.engine import LAKE, quoted
from haidang.words.errors import Absent, NotNow, Unavailable

MANIFEST = "haidang-backup.json"
_KEPT = ("raw", "places", "lich", "cases", "secret")
_KEEP_OLD_FILES = "1 day"
"""Files that were joined are kept so long for readers that still hold an older snapshot open."""
MANY_FILES = 12
LARGE = 16 << 20
"""Tidying joins from so many files of a table on and touches none that is larger (bytes): tenths of a second."""
READERS_SECONDS = 5.0
"""How long joining waits for a moment without a reader."""
_COPY = """
import sqlite3, sys
source, target = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True), sqlite3.connect(sys.argv[2])
source.backup(target); target.execute("PRAGMA journal_mode=WAL"); target.close(); source.close()
"""
_VACUUM = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None); file.execute("VACUUM"); file.close()
"""


@dataclass(frozen=True)
class Compacted:
    """Data files in use before and after."""

    before: int
    after: int


def compact(place: Path | None = None) -> Compacted:
    """Join small data files. Every snapshot can still be read; files nobody needs any more go after a day."""
    with landing.Writer(place) as writer, landing.lock(writer.home):
        before = _files(writer)
        _alone(writer, f"CALL ducklake_merge_adjacent_files({quoted(LAKE)})")
        writer.sql(f"CALL ducklake_cleanup_old_files({quoted(LAKE)}, older_than => now() - INTERVAL {_KEEP_OLD_FILES})")
        return Compacted(before, _files(writer))


def tidy(place: Path | None = None) -> Compacted:
    """Join the small files of tables that have many of them, in bounded time: large files are left to `compact`.

    Every snapshot can still be read. Raises NotNow when another writer holds the store.
    """
    with landing.Writer(place) as writer, landing.lock(writer.home):
        before = _files(writer)
        counted = "table_name, file_count, delete_file_count, file_size_bytes"
        rows = writer.sql(f"SELECT {counted} FROM ducklake_table_info({quoted(LAKE)})")
        for table, files, deleting, size in rows:
            if deleting >= MANY_FILES // 2 and size <= LARGE:
                _alone(writer, f"CALL ducklake_rewrite_data_files({quoted(LAKE)}, {quoted(table)})")
            if files >= MANY_FILES:
                name = quoted(table)
                _alone(writer, f"CALL ducklake_merge_adjacent_files({quoted(LAKE)}, {name}, max_file_size => {LARGE})")
        return Compacted(before, _files(writer))


def _alone(writer: landing.Writer, statement: str) -> None:
    with landing.joining(writer.home, wait=READERS_SECONDS):
        writer.sql(statement)


def _files(writer: landing.Writer) -> int:
    return int(writer.one(f"SELECT coalesce(sum(file_count), 0) FROM ducklake_table_info({quoted(LAKE)})"))


def departed(writer: landing.Writer, table: str, condition: str) -> tuple[str, ...]:
    """Runs of rows that were in a table once and left it (superseded), where a condition holds, as far back as
    snapshots reach.
    """
    first, last = writer.sql(f"SELECT min(snapshot_id), max(snapshot_id) FROM ducklake_snapshots({quoted(LAKE)})")[0]
    begun = writer.one(
        f"SELECT min(snapshot_id) FROM ducklake_snapshots({quoted(LAKE)}) "
        f"WHERE list_contains(map_keys(changes), 'tables_created') "
        f"AND list_contains(map_extract(changes, 'tables_created')[1], {quoted('main.' + table)})"
    )
    rows = writer.sql(
        f"SELECT DISTINCT _run FROM ducklake_table_deletions({quoted(LAKE)}, 'main', {quoted(table)}, "
        f"{int(begun or first)}, {int(last)}) WHERE {condition}"
    )
    return tuple(row[0] for row in rows)


@dataclass(frozen=True)
class Purged:
    """Snapshots let go of, and files and bytes of data before and after."""

    snapshots: int
    files: tuple[int, int]
    bytes: tuple[int, int]


def purge(place: Path | None = None) -> Purged:
    """Rewrite what deleted rows still stand in, let go of every snapshot but the newest, delete the files behind them.

    Afterwards no look into the past is left: as-of answers begin anew from here. Raises NotNow('store-busy').
    """
    with landing.Writer(place) as writer, landing.lock(writer.home):
        before, counted = _on_disk(writer.home), _snapshots(writer)
        tables = [row[0] for row in writer.sql(f"SELECT table_name FROM ducklake_table_info({quoted(LAKE)})")]
        with landing.joining(writer.home, wait=READERS_SECONDS):
            writer.sql(f"CALL ducklake_flush_inlined_data({quoted(LAKE)})")
            for table in tables:
                rewrite = f"CALL ducklake_rewrite_data_files({quoted(LAKE)}, {quoted(table)}, delete_threshold => 0)"
                writer.sql(rewrite)
            _expire(writer)
            writer.sql(f"CALL ducklake_cleanup_old_files({quoted(LAKE)}, cleanup_all => true)")
            _forget_bounds(writer)
        after, left = _on_disk(writer.home), _snapshots(writer)
    if not engine.postgres_catalogue():
        # What the catalogue no longer says still stands in the free pages of its file.
        _apart(_VACUUM, engine.catalogue(writer.home))
    return Purged(counted - left, (before[0], after[0]), (before[1], after[1]))


def _forget_bounds(writer: landing.Writer) -> None:
    """The catalogue keeps the least and greatest text a column ever had; those of the files left replace them."""
    catalogue = f"__ducklake_metadata_{LAKE}"
    bounds = ", ".join(
        f"{side}_value = (SELECT {side}(f.{side}_value) FROM {catalogue}.ducklake_file_column_stats f "
        "WHERE f.table_id = s.table_id AND f.column_id = s.column_id)"
        for side in ("min", "max")
    )
    writer.sql(
        f"UPDATE {catalogue}.ducklake_table_column_stats s SET {bounds} WHERE (table_id, column_id) IN "
        f"(SELECT (table_id, column_id) FROM {catalogue}.ducklake_column WHERE column_type = 'varchar')"
    )


def _expire(writer: landing.Writer) -> None:
    """Every snapshot but the newest, by number: two clocks that differ a little must leave none behind."""
    numbers = writer.sql(f"SELECT snapshot_id FROM ducklake_snapshots({quoted(LAKE)}) ORDER BY snapshot_id")
    if older := [int(row[0]) for row in numbers][:-1]:
        writer.sql(f"CALL ducklake_expire_snapshots({quoted(LAKE)}, versions => {older})")


def _snapshots(writer: landing.Writer) -> int:
    return int(writer.one(f"SELECT count(*) FROM ducklake_snapshots({quoted(LAKE)})"))


def _on_disk(home: Path) -> tuple[int, int]:
    files = [file for file in (engine.folder(home) / "data").rglob("*.parquet") if file.is_file()]
    return len(files), sum(file.stat().st_size for file in files)


def backup(target: Path, place: Path | None = None) -> dict[str, Any]:
    """Copy the home into an empty folder while readers go on reading; writers wait. Gives the manifest.

    Raises NotNow('backup-exists'), Unavailable('catalogue-elsewhere') when the catalogue is a PostgreSQL database.
    """
    home = place or engine.home()
    if engine.postgres_catalogue():
        raise Unavailable("catalogue-elsewhere", retry=0)
    if target.exists() and any(target.iterdir()):
        raise NotNow("backup-exists", found=str(target))
    landing.ensure(home)
    (target / "lake").mkdir(parents=True, exist_ok=True)
    with landing.lock(home):
        # The ledger of runs goes first: a run the copy of the lake has and that ledger lacks is completed when it
        # comes again.
        if (home / "db.sqlite3").exists():
            _copy_database(home / "db.sqlite3", target / "db.sqlite3")
        _copy_database(engine.catalogue(home), engine.catalogue(target))
        _copy_tree(engine.folder(home) / "data", engine.folder(target) / "data")
    landing.ready(target).touch()
    for name in _KEPT:
        _copy_tree(home / name, target / name, _still_there)
    return _write_manifest(target)


def _copy_database(source: Path, target: Path) -> None:
    _apart(_COPY, source, target)


def _apart(program: str, *files: Path) -> None:
    # In a process of its own: a second SQLite library closing a file drops the locks the engine holds on it here.
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, files)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Unavailable("copy-failed", retry=5, detail=done.stderr[-200:])


def _still_there(source: str, target: str) -> None:
    """Copies a file, but for one that was let go since its folder was listed: no lock holds those of `_KEPT`."""
    with suppress(FileNotFoundError):
        shutil.copy2(source, target)


def _copy_tree(source: Path, target: Path, copy: Callable[[str, str], object] = shutil.copy2) -> None:
    if source.is_dir():
        half = shutil.ignore_patterns(".part-*", "arriving-*")
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=half, copy_function=copy)
    elif source.exists():
        shutil.copy2(source, target)


def _write_manifest(folder: Path) -> dict[str, Any]:
    files = {str(p.relative_to(folder)): p for p in sorted(folder.rglob("*")) if p.is_file()}
    sizes = {name: file.stat().st_size for name, file in files.items()}
    digests = {name: _digest(file) for name, file in files.items()}
    catalogue = digests[str(engine.catalogue(folder).relative_to(folder))]
    manifest = {"files": sizes, "digests": digests, "catalogue": catalogue, "bytes": sum(sizes.values())}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
    return {"folder": str(folder), "files": len(sizes), "bytes": sum(sizes.values())}


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def restore(source: Path, place: Path | None = None, *, replace: bool = False) -> dict[str, Any]:
    """Make the home what a backup holds; the centre must be stopped.

    Raises Absent('no-backup' | 'backup-damaged'), NotNow('home-in-use') unless `replace`.
    """
    home = place or engine.home()
    manifest = _sound(source)
    ours = [home / name for name in ("lake", "db.sqlite3", *_KEPT) if (home / name).exists()]
    if ours and not replace:
        raise NotNow("home-in-use", found=str(home))
    home.mkdir(parents=True, exist_ok=True)
    engine.forget(home)
    with landing.lock(home):
        for old in (home / "db.sqlite3-wal", home / "db.sqlite3-shm", *ours):
            shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
        for name in ("db.sqlite3", "lake", *_KEPT):
            _copy_tree(source / name, home / name)
    return {"home": str(home), "files": len(manifest["files"]), "bytes": manifest["bytes"]}


def _sound(source: Path) -> dict[str, Any]:
    """The manifest of a backup of which no file is missing, cut or altered."""
    if not (source / MANIFEST).is_file():
        raise Absent("no-backup", found=str(source))
    manifest: dict[str, Any] = json.loads((source / MANIFEST).read_text())
    for name, size in manifest["files"].items():
        file = source / name
        if not file.is_file() or file.stat().st_size != size:
            raise Absent("backup-damaged", found=name)
    # An older backup says the digest of its catalogue alone.
    digests = manifest.get("digests") or {"lake/catalog.sqlite": manifest["catalogue"]}
    for name, digest in digests.items():
        if _digest(source / name) != digest:
            raise Absent("backup-damaged", found=name)
    return manifest


@dataclass(frozen=True)
class Facts:
    """How the store stands: sizes in bytes; `tables`: (name, data files, bytes)."""

    home: str
    catalogue: str
    engine: str
    snapshot: int
    free: int
    busy: bool
    tables: tuple[tuple[str, int, int], ...]

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def facts(place: Path | None = None) -> Facts:
    """What `haidang doctor` says of the store; raises Unavailable when it cannot be opened."""
    home = place or engine.home()
    landing.ensure(home)
    with closing(engine.connect(home, read_only=True)) as connection:
        rows = connection.execute(
            f"SELECT table_name, file_count, file_size_bytes FROM ducklake_table_info({quoted(LAKE)}) ORDER BY 1"
        ).fetchall()
        snapshot = connection.execute(f"SELECT id FROM ducklake_current_snapshot({quoted(LAKE)})").fetchall()[0][0]
    kind = "postgres" if engine.postgres_catalogue() else "sqlite"
    tables = tuple((str(name), int(files), int(size)) for name, files, size in rows)
    free = shutil.disk_usage(home).free
    return Facts(str(home), kind, duckdb.__version__, int(snapshot), free, _busy(home), tables)


def _busy(home: Path) -> bool:
    try:
        with landing.lock(home, wait=0):
            return False
    except NotNow:
        return True
