"""Opening the engine: where the home is, which catalogue, extensions loaded from the installed wheels.

Never: downloads an extension, reads Django settings, knows a dataset.
"""

from __future__ import annotations

import importlib
import os
import sqlite3
import threading
from pathlib import Path
from typing import Any

import duckdb

from haidang.words.errors import Unavailable

LAKE = "lake"
"""The name the lake is attached by."""
_EXTENSIONS = {"ducklake": "duckdb_extension_ducklake", "sqlite_scanner": "duckdb_extension_sqlite_scanner"}
_POSTGRES = {"postgres_scanner": "duckdb_extension_postgres_scanner"}


def home() -> Path:
    """The folder of everything kept: HAIDANG_HOME, or `var/` beside the program."""
    return Path(os.environ.get("HAIDANG_HOME") or Path(__file__).resolve().parents[2] / "var").resolve()


def postgres_catalogue() -> str:
    """The connection text of HAIDANG_LAKE=postgres:…, or "" for the SQLite catalogue in the home."""
    setting = os.environ.get("HAIDANG_LAKE", "")
    return setting.removeprefix("postgres:") if setting.startswith("postgres:") else ""


def folder(place: Path) -> Path:
    return place / "lake"


def catalogue(place: Path) -> Path:
    return folder(place) / "catalog.sqlite"


def quoted(text: str) -> str:
    """A text literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """An identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def connect(place: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A connection of its own instance with the home's lake attached; raises Unavailable when it cannot be opened."""
    connection = duckdb.connect(":memory:", config=_settings(place, read_only=read_only))
    try:
        load_extensions(connection, _EXTENSIONS | (_POSTGRES if postgres_catalogue() else {}))
        connection.execute(_attach(place, read_only=read_only))
    except duckdb.Error as error:
        connection.close()
        raise Unavailable("store-unavailable", retry=5, detail=str(error)[:200]) from error
    return connection


_writers: dict[tuple[Path, str], duckdb.DuckDBPyConnection] = {}
_opening = threading.Lock()


def writing(place: Path) -> duckdb.DuckDBPyConnection:
    """A connection for one writer, of an instance the process keeps per home: loading the extensions anew is the dear
    part.
    """
    key = (place, postgres_catalogue())
    with _opening:
        if key not in _writers:
            _writers[key] = connect(place, read_only=False)
        return _writers[key].cursor()


def forget(place: Path) -> None:
    """Close the home's instance for writers (before its files are replaced)."""
    with _opening:
        for key in [key for key in _writers if key[0] == place]:
            _writers.pop(key).close()


def _settings(place: Path, *, read_only: bool) -> dict[str, Any]:
    scratch = place / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    return {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": os.environ.get("HAIDANG_MEMORY", "2GB"),
        "temp_directory": str(scratch / "spill"),
        # A writer looks at each small file it wrote once or twice: keeping their bytes only makes it grow.
        "enable_external_file_cache": "true" if read_only else "false",
    }


def load_extensions(connection: duckdb.DuckDBPyConnection, wanted: dict[str, str]) -> None:
    for extension, package in wanted.items():
        root = Path(importlib.import_module(package).__path__[0])
        file = root / "extensions" / f"v{duckdb.__version__}" / f"{extension}.duckdb_extension"
        connection.execute(f"LOAD {quoted(str(file))}")


def _attach(place: Path, *, read_only: bool) -> str:
    if postgres := postgres_catalogue():
        address = "ducklake:postgres:" + postgres
    else:
        address = f"ducklake:sqlite:{catalogue(place)}"
    # The path is given at every attach, so a restored or moved home finds its own files.
    options = [f"DATA_PATH {quoted(str(folder(place) / 'data') + '/')}", "OVERRIDE_DATA_PATH true"]
    # Readers of the Parquet files alone (a cluster) must see every row: nothing is kept inline in the catalogue.
    options.append("READ_ONLY" if read_only else "DATA_INLINING_ROW_LIMIT 0")
    return f"ATTACH {quoted(address)} AS {LAKE} ({', '.join(options)})"


def prepare_catalogue(place: Path) -> None:
    """Make an empty catalogue file in WAL mode, so that readers never wait for a commit.

    Only before anyone has attached it: a second SQLite library in one process must not open a file that is in use.
    """
    (folder(place) / "data").mkdir(parents=True, exist_ok=True)
    if postgres_catalogue() or catalogue(place).exists():
        return
    with sqlite3.connect(catalogue(place)) as fresh:
        fresh.execute("PRAGMA journal_mode=WAL")
    fresh.close()
