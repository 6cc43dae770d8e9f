"""Makes this process a part of the centre: settings, and a home whose tables stand. Never: starts a server."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from haidang.words.nouns import Actor


def start(*, needs_home: bool) -> None:
    """Set Django up.

    With `needs_home` also bring the tables of the home up to date (a home is made when first used).
    """
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "haidang.site.settings"
    django.setup()
    if needs_home:
        migrate()


def migrate() -> None:
    """Apply what is missing of the tables; two processes at once wait for each other."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with only_one("migrate"):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def only_one(task: str) -> Iterator[None]:
    """Holds a file lock of the home while inside."""
    with (home() / f".{task}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def home() -> Path:
    from django.conf import settings

    folder = Path(settings.HOME)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def actor(name: str, purpose: str = "") -> Actor:
    """The actor of `--as`, "" being the operator of the machine; raises Absent('unknown-actor').

    `purpose`: what personal data is looked at for, a code of the list or words; raises BadQuestion.
    """
    from haidang.access import gate
    from haidang.access.personal import reads

    return replace(gate.actor(name) if name else gate.operator(), purpose=reads.read(purpose))


@contextmanager
def traced() -> Iterator[None]:
    """What is noted inside came from the terminal."""
    from haidang.access import trace

    with trace.context(door="cli"):
        yield
