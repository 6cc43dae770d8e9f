"""Shared by every test: homes of their own, the raw data beside the project, and one home filled with the packs."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HAIDANG = Path(sys.executable).parent / "haidang"
CACHE = Path(tempfile.gettempdir()) / f"haidang-filled-{os.getuid()}"
KEPT = 2
LIMITS = (
    "requests=60000/minute,session=60000/minute,sign-in=600/minute,exports=6000/minute,uploads=6000/minute,"
    "forms=6000/minute,forms-all=6000/minute,codes=6000/minute"
)
"""Of the centre of the tests: one address plays everybody there (the limits themselves: tests/site)."""
PASSWORD = "Den-bien-2026!"
FILLS = ("words", "store", "catalog", "access", "intake", "indicators", "cases", "cli", "site")
"""The rooms whose code decides what a filled home holds; a change of a page does not fill it anew."""


def state() -> str:
    """A digest of the packs and of the code that fills a home: the same digest, the same home."""
    digest = hashlib.blake2b(digest_size=10)
    rooms = (*(ROOT / "haidang" / room for room in FILLS), ROOT / "sandbox" / "desk")
    files = [f for folder in (ROOT / "packs", *rooms) for f in folder.rglob("*") if f.suffix != ".pyc" and f.is_file()]
    for file in sorted(files):
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(hashlib.blake2b(file.read_bytes()).digest())
    return digest.hexdigest()


def fill(home: Path) -> None:
    """`haidang demo --fill` into a fresh home, put in place only when whole."""
    made = home.with_suffix(".making")
    shutil.rmtree(made, ignore_errors=True)
    env = {**os.environ, "HAIDANG_HOME": str(made), "HAIDANG_DEMO_PASSWORD": PASSWORD}
    done = subprocess.run([HAIDANG, "demo", "--fill"], env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.fail(f"haidang demo --fill ended with {done.returncode}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    made.rename(home)


def forget_old() -> None:
    """Only the newest homes stay on the disk."""
    homes = sorted((h for h in CACHE.iterdir() if h.is_dir()), key=lambda h: h.stat().st_mtime, reverse=True)
    for home in homes[KEPT:]:
        shutil.rmtree(home, ignore_errors=True)


def kept_home() -> Path:
    """The filled home of this state of code and packs, made when it is not there yet (one process at a time)."""
    CACHE.mkdir(parents=True, exist_ok=True)
    home = CACHE / state()
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.is_dir():
            fill(home)
        os.utime(home)
        forget_old()
    return home


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home holding the three packs' real data: a copy of the kept one, so that no test spoils another run's."""
    home = tmp_path_factory.mktemp("filled") / "home"
    shutil.copytree(kept_home(), home)
    yield home
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(autouse=True)
def settings_as_they_were() -> Iterator[None]:
    """No test leaves settings behind: what two fixtures undo in the wrong order would be gone for all that follow."""
    from django.conf import settings

    before = settings._wrapped
    yield
    if settings._wrapped is not before:
        settings._wrapped = before
        for name in [name for name in vars(settings) if name.isupper()]:
            vars(settings).pop(name)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the project; skips where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no ../shared/data beside the project: only the data that ships can be tested here")
    return folder


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: int = 120) -> None:
    for _ in range(seconds * 5):
        if process.poll() is not None:
            pytest.fail(f"the centre ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"{url} did not answer within {seconds} s")


@pytest.fixture(scope="session")
def centre_home(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of `centre`: a copy of the filled one."""
    home = tmp_path_factory.mktemp("centre") / "home"
    shutil.copytree(filled_home, home)
    return home


@pytest.fixture(scope="session")
def centre(centre_home: Path) -> Iterator[str]:
    """The address of a centre of its own: web and worker served as users have them."""
    port = free_port()
    env = {**os.environ, "HAIDANG_HOME": str(centre_home), "HAIDANG_DEMO_PASSWORD": PASSWORD, "HAIDANG_LIMITS": LIMITS}
    process = subprocess.Popen([HAIDANG, "demo", "--port", str(port)], env=env, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def pytest_configure() -> None:
    from emptying import let_tests_empty_the_trace

    let_tests_empty_the_trace()
