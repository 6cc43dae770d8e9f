"""How a job runs: the only one of its name in a home, until it is told to stop. Never: knows what the job does."""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO

PAUSE_SECONDS = 1.0


def begin() -> Path:
    """Make this process a part of the centre; its home."""
    import django
    from django.conf import settings

    os.environ["DJANGO_SETTINGS_MODULE"] = "haidang.site.settings"
    django.setup()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    from haidang.access import trace

    trace.stand("jobs")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # addresses of departments are not for the log
    return Path(settings.HOME)


def run_alone(home: Path, name: str, *, stop: threading.Event, run: Callable[[], None]) -> int:
    """Run while holding the home's lock of that name; SIGTERM and SIGINT set `stop`. The exit code."""

    def hear(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    signal.signal(signal.SIGTERM, hear)
    signal.signal(signal.SIGINT, hear)
    # Another one may still be ending: wait for it as long as nobody tells us to stop.
    while (lock := only(home, name)) is None:
        if stop.wait(PAUSE_SECONDS):
            return 0
    with lock:
        run()
    return 0


def only(home: Path, name: str) -> IO[str] | None:
    """The lock that makes this the only one of its name in the home, None when there is another."""
    opened = (home / f".{name}.lock").open("w")
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        opened.close()
        return None
    return opened
