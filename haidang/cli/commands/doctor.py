"""`haidang doctor`: what this centre is made of and whether it is well; exit 1 when its trace is not whole."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from haidang.cli import exits, machine, show
from haidang.words.errors import HaiDangError
from haidang.words.texts import say, text


def arguments(parser: ArgumentParser) -> None:
    del parser  # nothing but what every command has


def run(options: Namespace) -> int:
    told, well = examine(options.lang)
    if options.json:
        show.as_json({**told, "well": well})
    else:
        show.table("", ("", ""), [(name, str(value)) for name, value in told.items()])
    return exits.DONE if well else exits.BROKEN


def examine(language: str) -> tuple[dict[str, Any], bool]:
    """Store, runs, database, packs, processes, sources, trace: facts in plain words, and whether the trace is whole.

    What is wrong stands as a sentence.
    """
    from django.conf import settings
    from django.db import connection

    from haidang.intake import reads

    trace, whole = _trace(language)
    told = {
        "home": str(machine.home()),
        "database": connection.vendor,
        "place": settings.PLACE,
        "packs": _told(_packs, language),
        "store": _told(reads.doctor, language),
        "worker_beat_seconds": _beat(settings.HEARTBEAT),
        "collector_beat_seconds": _beat(settings.COLLECTOR_BEAT),
        "sources": _told(_sources, language),
        "trace": trace,
        "trace_siem": _told(lambda: _siem(language), language),
        "room": _told(lambda: _room(language), language),
    }
    return told, whole


def _told(look: Callable[[], Any], language: str) -> Any:
    """What a look finds, or the sentence of what is wrong."""
    try:
        return look()
    except HaiDangError as error:
        return say(error, language)


def _trace(language: str) -> tuple[str, bool]:
    """Whether the trace is as it was written, the first row that is not, and whether the database guards it."""
    from django.db import connection

    from haidang.access.tracing import guards, reads, telling

    found, missing = reads.verify(), guards.missing(connection)
    said = telling.proved(found, language)
    if missing:
        said += " " + text("trace.guards-gone", language, found=", ".join(missing))
    return said, not found.broken and not missing


def _siem(language: str) -> str:
    """How far the trace has been sent on."""
    from django.utils import timezone

    from haidang.access.tracing import reads
    from haidang.access.tracing.actions import siem_target
    from haidang.network import guard

    target, how = siem_target(), reads.standing()
    if target is None:
        return text("trace.siem-off", language)
    guard.check(target.place, guard.allowed())
    if not how.unsent_since:
        return text("trace.siem-level", language)
    since = f"{timezone.localtime(how.unsent_since):%d/%m/%Y %H:%M}"
    return text("trace.siem-behind", language, count=how.unsent, since=since)


def _room(language: str) -> str:
    """How full the disk and the database are."""
    from haidang.access.tracing import retention

    how = retention.fullness()
    facts = {"disk": f"{how.disk:.0f}", "database": show.number(round(how.database / retention.MB), 0, language)}
    return text("trace.full" if how.near else "trace.not-full", language, **facts)


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
