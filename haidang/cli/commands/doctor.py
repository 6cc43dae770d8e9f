"""`haidang doctor`: what this centre is made of and whether it is well."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
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
    """Store, runs, database, packs, processes, sources: facts in plain words; what is wrong stands as a sentence."""
    from django.conf import settings
    from django.db import connection

    from haidang.intake import reads

    return {
        "home": str(machine.home()),
        "database": connection.vendor,
        "place": settings.PLACE,
        "packs": _told(_packs, language),
        "store": _told(reads.doctor, language),
        "worker_beat_seconds": _beat(settings.HEARTBEAT),
        "collector_beat_seconds": _beat(settings.COLLECTOR_BEAT),
        "sources": _told(_sources, language),
    }


def _told(look: Callable[[], Any], language: str) -> Any:
    """What a look finds, or the sentence of what is wrong."""
    try:
        return look()
    except HaiDangError as error:
        return say(error, language)


def _sources() -> dict[str, Any]:
    """How many sources stand how, what is owed, what waits to be landed."""
    from haidang.intake.sources import reads

    told = reads.counts()
    return {**told.states, "owed": told.owed, "unlanded": told.unlanded}


def _packs() -> list[str]:
    from haidang.catalog.declared import declared

    return [f"{pack.key} {pack.version}" for pack in declared().packs]


def _beat(file: Path) -> float | None:
    return round(time.time() - file.stat().st_mtime, 1) if file.exists() else None
