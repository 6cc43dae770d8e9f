"""The worker: claims a received Run, lands it, sleeps; keeps the store in shape at night. One per home.

`python -m haidang.jobs.worker`. It says it is alive by touching HAIDANG_HOME/worker.beat. Killed at any moment it loses
nothing: a Run is landed whole or not at all, and is claimed again. Never: fetches, decides a right.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from haidang.jobs.alone import begin, run_alone

PAUSE_SECONDS = 1.0
"""Between two looks while landing goes on elsewhere or something is down."""
IDLE_SECONDS = 0.25
"""Between two looks when nothing waits: what a stream brings is to be seen within two seconds."""
TIDY_AFTER = 30
TIDY_SECONDS = 15.0
"""So many landings, and so long, between two tidyings."""
LONG_SECONDS = 3.0
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
    turns: dict[str, int] = field(default_factory=dict)
    landings: int = 0
    tidied: float = 0.0
    owed: set[str] = field(default_factory=set)

    def turn(self, now: datetime) -> bool:
        """Land one waiting Run, or do upkeep; True when there was something to do."""
        self.beat()
        self.give_back()
        return self.catch_up() or self.tidy() or self.make(now) or self.land_one() or self.keep(now)

    def catch_up(self) -> bool:
        """Numbers follow the packs: once, when this worker begins (packs do not change under a running one)."""
        from haidang.access import gate
        from haidang.intake import actions
        from haidang.words.errors import NotNow

        if self.caught_up:
            return False
        actions.resume()
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
        """The next Run in turn: one source's flood holds up no other."""
        from haidang.intake import actions
        from haidang.intake.sources import actions as sources
        from haidang.watch import actions as watch
        from haidang.words.errors import HaiDangError, NotNow, Unavailable

        run = actions.claim(self.turns)
        if not run:
            return False
        begun = time.monotonic()
        try:
            landed = actions.land(run, progress=lambda step, done, of: self.beat())
            sources.met(run)
            watch.tell_drift(run)
            watch.tell_secrets(run)
        except (NotNow, Unavailable) as error:
            log.warning("%s: %s, later", run, error.code)
            actions.put_back(run)
            self.stop.wait(PAUSE_SECONDS)
            return True
        except HaiDangError as error:
            # The Run itself keeps why it stopped.
            log.warning("%s: %s", run, error.code)
            return True
        except Exception:
            # A full disk may not even take the note that the Run waits again: it is given back as soon as one can.
            self.owed.add(run)
            raise
        self.landings += 1
        rate = landed.read / max(time.monotonic() - begun, 0.001)
        log.info("%s: %s landed, %s set aside, %.0f rows/s", run, landed.landed, landed.set_aside, rate)
        return True

    def give_back(self) -> None:
        """What broke off in the middle for no fault of its own waits again."""
        from haidang.intake import actions

        for run in tuple(self.owed):
            actions.put_back(run)
            self.owed.discard(run)

    def tidy(self) -> bool:
        """Join what many small landings left behind, between two of them; put off while something waits long."""
        from haidang.intake import actions, reads
        from haidang.words.errors import NotNow

        if self.landings < TIDY_AFTER or time.monotonic() - self.tidied < TIDY_SECONDS:
            return False
        oldest = reads.waiting_since()
        if oldest and (datetime.now(UTC) - oldest).total_seconds() > LONG_SECONDS and self.landings < 5 * TIDY_AFTER:
            return False
        begun = time.monotonic()
        self.landings, self.tidied = 0, begun
        try:
            done = actions.tidy()
        except NotNow:
            return False  # another writer, or readers who never pause: after the next landings
        log.info("tidied in %.2f s: %s data files became %s", time.monotonic() - begun, done.before, done.after)
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
                self.stop.wait(IDLE_SECONDS)


def main() -> int:
    worker = Worker(begin())
    return run_alone(worker.home, "worker", stop=worker.stop, run=worker.run)


if __name__ == "__main__":
    sys.exit(main())
