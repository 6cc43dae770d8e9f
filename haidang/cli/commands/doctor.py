"""`haidang doctor`: what this centre is made of and whether it is well."""

from __future__ import annotations

import shutil
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from haidang.cli import machine, show
from haidang.words.errors import HaiDangError
from haidang.words.texts import say


def arguments(parser: ArgumentParser) -> None:
    del parser  # nothing but what every command has


def run(options: Namespace) -> None:
    told = examine(options.lang)
    if options.json:
        show.as_json(told)
        return
    show.table("", ("", ""), [(name, str(value)) for name, value in told.items()])


def examine(language: str) -> dict[str, Any]:
    """Home, free space, database, packs, runs, worker: facts in plain words."""
    from django.conf import settings
    from django.db import connection

    home = machine.home()
    return {
        "home": str(home),
        "home_mb": round(sum(f.stat().st_size for f in home.rglob("*") if f.is_file()) / 2**20, 1),
        "free_mb": shutil.disk_usage(home).free // 2**20,
        "database": connection.vendor,
        "place": settings.PLACE,
        "packs": _told(_packs, language),
        "runs": _told(_runs, language),
        "worker_beat_seconds": _beat(settings.HEARTBEAT),
    }


def _told(look: Any, language: str) -> Any:
    """What a look finds, or the sentence of what is wrong."""
    try:
        return look()
    except HaiDangError as error:
        return say(error, language)


def _packs() -> list[str]:
    from haidang.catalog.declared import declared

    return [f"{pack.key} {pack.version}" for pack in declared().packs]


def _runs() -> int:
    from haidang.access import gate

    table = gate.ledger(gate.operator(), "runs").table
    return int(gate.fetch(table.aggregate(total=table.count()))[0]["total"])


def _beat(file: Path) -> float | None:
    return round(time.time() - file.stat().st_mtime, 1) if file.exists() else None
