"""The worker: claims a received Run, lands it, sleeps; keeps the store in shape at night. One per home.

`python -m haidang.jobs.worker`. It says it is alive by touching HAIDANG_HOME/worker.beat. Killed at any moment it loses
nothing: a Run is landed whole or not at all, and is claimed again. Never: fetches, decides a right.
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import sys
import threading
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import FrameType
from typing import IO

PAUSE_SECONDS = 1.0
NIGHT_HOUR = 2
"""Upkeep runs once a day, from this hour of Việt Nam time on."""

log = logging.getLogger("haidang.worker")


@dataclass
class Worker:
    """What one worker remembers between its turns."""

    home: Path
    stop: threading.Event = field(default_factory=threading.Event)
    kept: date | None = None
    caught_up: bool = False

    def turn(self, now: datetime) -> bool:
        """Land one waiting Run, or do the night's upkeep; True when there was something to do."""
        self.beat()
        return self.catch_up() or self.make(now) or self.land_one() or self.keep(now)

    def catch_up(self) -> bool:
        """Numbers follow the packs: once, when this worker begins (packs do not change under a running one)."""
        from haidang.access import gate
        from haidang.intake import actions
        from haidang.words.errors import NotNow

        if self.caught_up:
            return False
        try:
            changed = actions.keep_up(gate.operator())
        except NotNow:
            return False
        self.caught_up = True
        for dataset in changed:
            log.info("%s: derived anew, its indicators are declared otherwise", dataset)
        return bool(changed)

    def make(self, now: datetime) -> bool:
        """Derived datasets follow what they are made from: open the Runs of what changed."""
        from haidang.access import gate
        from haidang.intake.made import actions
        from haidang.words.errors import HaiDangError

        try:
            return bool(actions.due(gate.operator(), now))
        except HaiDangError as error:
            log.warning("derived: %s %s", error.code, error.facts)
            return False

    def land_one(self) -> bool:
        from haidang.intake import actions
        from haidang.words.errors import HaiDangError

        run = actions.claim()
        if not run:
            return False
        try:
            landed = actions.land(run, progress=lambda step, done, of: self.beat())
            log.info("%s: %s landed, %s set aside", run, landed.landed, landed.set_aside)
        except HaiDangError as error:
            # The Run itself keeps why it stopped; what is busy or down is claimed again later.
            log.warning("%s: %s", run, error.code)
        return True

    def keep(self, now: datetime) -> bool:
        """Compact the store, once a night."""
        if self.kept == now.date() or now.hour != NIGHT_HOUR:
            return False
        from haidang.intake import actions

        actions.compact()
        self.kept = now.date()
        return True

    def beat(self) -> None:
        (self.home / "worker.beat").touch()

    def run(self) -> None:
        from django.db import close_old_connections
        from django.utils import timezone

        while not self.stop.is_set():
            close_old_connections()
            try:
                busy = self.turn(timezone.localtime())
            except Exception:
                # A database away for a minute must not end the worker.
                log.exception("turn failed")
                busy = False
            if not busy:
                self.stop.wait(PAUSE_SECONDS)


def alone(home: Path) -> IO[str] | None:
    """The lock that makes this the only worker of the home, None when there is another."""
    lock = (home / ".worker.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def main() -> int:
    import django
    from django.conf import settings

    os.environ["DJANGO_SETTINGS_MODULE"] = "haidang.site.settings"
    django.setup()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    worker = Worker(Path(settings.HOME))

    def hear(number: int, frame: FrameType | None) -> None:
        del number, frame
        worker.stop.set()

    signal.signal(signal.SIGTERM, hear)
    signal.signal(signal.SIGINT, hear)
    # Another worker may still be ending: wait for it as long as nobody tells us to stop.
    while (lock := alone(worker.home)) is None:
        if worker.stop.wait(PAUSE_SECONDS):
            return 0
    with lock:
        worker.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
