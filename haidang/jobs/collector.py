"""The collector: fetches what is due, listens to streams, notices what is late and tells it. One per home.

`python -m haidang.jobs.collector`. It says it is alive by touching HAIDANG_HOME/collector.beat. Killed at any moment it
loses and doubles nothing: a parcel's Run and the new cursor are one transaction, its leases end by themselves.
Never: lands (the worker does), decides a right.
"""

from __future__ import annotations

import contextvars
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from haidang.jobs.alone import begin, run_alone
from haidang.jobs.duties import duties

PAUSE_SECONDS = 0.5
AT_ONCE = 4
"""Sources fetched at the same time."""

RENEW = timedelta(seconds=5)
WATCH = timedelta(seconds=3)
SWEEP = timedelta(minutes=10)
LEDGER = timedelta(minutes=3)
LEAVE_SECONDS = 5.0
"""How long fetches and listeners have to end when told to; what still runs then is cut off, which loses nothing."""

LONGEST_REST, MEND_REST = 60.0, 300.0
LISTENED = timedelta(minutes=2)
log = logging.getLogger("haidang.collector")
Job = Callable[[], None]


def in_thread(job: Job) -> None:
    """Run a job in a thread of its own, which lets go of its database connection at the end."""
    from django.db import connections

    def work() -> None:
        try:
            job()
        except Exception:
            log.exception("job failed")
        finally:
            connections.close_all()

    threading.Thread(target=contextvars.copy_context().run, args=(work,), daemon=True).start()


@dataclass
class Listener:
    """One stream being listened to: what the province said of it when it began, and how to tell it to stop."""

    told: str
    stop: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)


@dataclass
class Collector:
    """What one collector remembers between its turns. `spawn` runs a job beside it."""

    home: Path
    stop: threading.Event = field(default_factory=threading.Event)
    spawn: Callable[[Job], None] = in_thread
    flying: set[str] = field(default_factory=set)
    listeners: dict[str, Listener] = field(default_factory=dict)
    rests: dict[tuple[str, str], tuple[float, datetime]] = field(default_factory=dict)
    last: dict[str, datetime] = field(default_factory=dict)

    @property
    def machine(self) -> str:
        return f"collector@{socket.gethostname()[:30]}:"

    @property
    def name(self) -> str:
        return f"{self.machine}{os.getpid()}"

    def turn(self, now: datetime) -> bool:
        """Start what is due and see to the rest; True when something was started."""
        self.beat()
        self.every("renew", RENEW, now, self.renew)
        self.every("watch", WATCH, now, lambda: self.watch(now))
        self.every("listen", WATCH, now, lambda: self.listen(now))
        self.every("mail", WATCH, now, lambda: self.beside("mail", lambda: self.mail(now)))
        self.every("sweep", SWEEP, now, lambda: self.beside("sweep", lambda: self.sweep(now)))
        self.every("ledger", LEDGER, now, lambda: self.beside("ledger", lambda: self.ledger(now)))
        for duty in duties():
            self.every(duty.name, duty.every, now, partial(self.beside, duty.name, partial(duty.run, now)))
        return self.fetch(now)

    def ledger(self, now: datetime) -> None:
        """What the centre knows of its own data, as rows of the sources it makes itself."""
        from haidang.intake.own import actions

        for run in actions.refresh(now):
            log.info("own ledger: %s", run)

    def every(self, what: str, pause: timedelta, now: datetime, job: Job) -> None:
        if what not in self.last or now - self.last[what] >= pause:
            self.last[what] = now
            job()

    def beside(self, what: str, job: Job) -> None:
        """Run one job of this name beside the turns, none when the last one still runs."""
        if what in self.flying:
            return
        self.flying.add(what)

        def work() -> None:
            try:
                job()
            finally:
                self.flying.discard(what)

        self.spawn(work)

    def fetch(self, now: datetime) -> bool:
        from haidang.intake.sources import actions

        if sum("." in key for key in list(self.flying)) >= AT_ONCE:
            return False
        source = actions.claim(now, self.name)
        if not source:
            return False

        def work() -> None:
            done = actions.fetch(source, name=self.name)
            log.info("%s: %s %s %s", source, done.outcome, done.parcels or "", done.code)

        self.beside(source, work)
        return True

    def renew(self) -> None:
        from haidang.intake.sources import actions

        actions.renew([*self.flying, *(k for k, one in self.listeners.items() if not one.over.is_set())], self.name)

    def watch(self, now: datetime) -> None:
        """Who owes what; whoever must know is told, once when it begins and once when it is over."""
        from haidang.intake.sources import actions
        from haidang.watch import actions as watch

        if late := actions.expect(now):
            watch.tell_late(late)
            actions.told([face.source for face in late], now)
        if back := actions.recovered():
            watch.tell_back(back)
            actions.told_back([face.source for face in back])

    def listen(self, now: datetime) -> None:
        """One listener per stream: stopped when paused or said otherwise, begun again after a rest when it fell."""
        from haidang.intake.sources import actions

        wanted = {stream.source: stream.told for stream in actions.streams()}
        for source, one in list(self.listeners.items()):
            if wanted.get(source) != one.told:
                one.stop.set()
            if one.over.is_set():
                del self.listeners[source]
        for source, told in wanted.items():
            resting = self.rests.get((source, told), (0.0, now))[1] > now
            if source not in self.listeners and not resting and not self.stop.is_set():
                self.begin(source, Listener(told), now)

    def begin(self, source: str, one: Listener, now: datetime) -> None:
        from haidang.intake.sources import actions
        from haidang.words.errors import HaiDangError, IntakeStopped

        self.listeners[source] = one
        log.info("%s: listening", source)

        def work() -> None:
            try:
                actions.listen(source, self.name, one.stop)
                self.rests.pop((source, one.told), None)
            except HaiDangError as error:
                self.rest(source, one, now, to_mend=isinstance(error, IntakeStopped))
                log.warning("%s: listening ended: %s %s", source, error.code, error.facts.get("found", ""))
            finally:
                one.over.set()

        self.spawn(work)

    def rest(self, source: str, one: Listener, began: datetime, *, to_mend: bool) -> None:
        """A listener that fell begins again later and later; one that listened for a while begins afresh."""
        from django.utils import timezone

        now = timezone.now()
        before = self.rests.get((source, one.told), (1.0, now))[0] if now - began < LISTENED else 1.0
        rest = MEND_REST if to_mend else min(2 * before, LONGEST_REST)
        self.rests[source, one.told] = (rest, now + timedelta(seconds=rest))

    def mail(self, now: datetime) -> None:
        from haidang.watch import actions

        actions.mail(now)

    def sweep(self, now: datetime) -> None:
        from haidang.intake.sources import actions

        done = actions.sweep(now)
        if done.runs or done.tries:
            log.info("forgotten: bytes of %s runs (%s bytes), %s tries", done.runs, done.bytes, done.tries)

    def beat(self) -> None:
        (self.home / "collector.beat").touch()

    def run(self) -> None:
        from django.db import close_old_connections
        from django.utils import timezone

        from haidang.intake.sources import actions

        actions.release_dead(self.machine)  # this is the only one of the home: whoever held them is no more
        while not self.stop.is_set():
            close_old_connections()
            try:
                busy = self.turn(timezone.now())
            except Exception:
                # A database away for a minute must not end the collector.
                log.exception("turn failed")
                busy = False
            if not busy:
                self.stop.wait(PAUSE_SECONDS)
        self.leave()

    def leave(self) -> None:
        """Tell listeners to stop, wait a little, give the leases back."""
        from haidang.intake.sources import actions

        until = threading.Event()
        for one in self.listeners.values():
            one.stop.set()
        for _ in range(int(LEAVE_SECONDS / 0.1)):
            if not self.flying and all(one.over.is_set() for one in self.listeners.values()):
                break
            until.wait(0.1)
        actions.release_dead(self.machine)


def main() -> int:
    collector = Collector(begin())
    return run_alone(collector.home, "collector", stop=collector.stop, run=collector.run)


if __name__ == "__main__":
    sys.exit(main())
