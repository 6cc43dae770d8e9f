"""Runs the centre's processes under one command: the web server, the worker, the collector. Never: leaves one behind.

When one of them ends, or this command is told to (SIGTERM, SIGINT), all of them are stopped.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from types import FrameType

from haidang.cli import machine
from haidang.words.errors import Unavailable

GRACE_SECONDS = 10.0
START_SECONDS = 90.0


def commands(host: str, port: int, admin_port: int = 0) -> list[list[str]]:
    web = [sys.executable, "-m", "haidang.site.serve", "--host", host, "--port", str(port)]
    return [
        [*web, "--admin-port", str(admin_port)],
        [sys.executable, "-m", "haidang.jobs.worker"],
        [sys.executable, "-m", "haidang.jobs.collector"],
    ]


def free_or_refuse(host: str, port: int) -> None:
    """Raises Unavailable('port-taken') when something already listens there."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            raise Unavailable("port-taken", host=host, port=port, retry=0) from None


def run(host: str, port: int, ready: Callable[[], None], *, also: Sequence[list[str]] = (), admin_port: int = 0) -> int:
    """Start everything and what goes beside (`also`), call `ready` once pages are served, wait until told to stop.

    0, or 1 when a process died.
    """
    (machine.home() / "static").mkdir(exist_ok=True)  # whitenoise looks for it
    told = _Told()
    children: list[subprocess.Popen[bytes]] = []
    try:
        # A session of their own: Ctrl-C reaches this command alone, which then stops them in order.
        wanted = [*commands(host, port, admin_port), *also]
        children = [subprocess.Popen(command, start_new_session=True) for command in wanted]
        if _answers(f"http://{host}:{port}/healthz", children, told):
            ready()
        while not told.stop and all(child.poll() is None for child in children):
            time.sleep(0.2)
        return 0 if told.stop else 1
    finally:
        stop(children)


class _Told:
    """Remembers that somebody asked this command to stop."""

    def __init__(self) -> None:
        self.stop = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._hear)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.stop = True


def _answers(url: str, children: Sequence[subprocess.Popen[bytes]], told: _Told) -> bool:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and not told.stop and all(child.poll() is None for child in children):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return True
        except OSError:
            time.sleep(0.2)
    return False


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """End them politely, then by force."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + GRACE_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
