"""A small centre for tests of the gate and the doors.

A home with three real datasets, and the cast in the test database.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import casting
import pytest

ROOT = Path(__file__).resolve().parents[1]
HAIDANG = Path(sys.executable).parent / "haidang"
BUDGET, PEOPLE, LIBRARIES = "kinh-te-xa-hoi.ngan-sach", "kinh-te-xa-hoi.dan-so-xa", "mau.hoat-dong"
OPEN = "kinh-te-xa-hoi.dan-so"
PASSWORD = "Den-bien-2026!"


def terminal(home: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    # The terminal finds its settings by itself, as for a user.
    rest = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    full = {**rest, "HAIDANG_HOME": str(home), **env}
    return subprocess.run([HAIDANG, *words], env=full, capture_output=True, text=True, check=False, timeout=120)


def free_ports(count: int) -> list[int]:
    """Ports nobody listens at, all different."""
    trials = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(trial.getsockname()[1]) for trial in trials]
    for trial in trials:
        trial.close()
    return ports


@cache
def landed() -> Path:
    """Landed by the terminal itself: the budget, people of communes and provinces, the teaching pack's libraries."""
    folder = Path(tempfile.mkdtemp(prefix="haidang-doors-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home = folder / "home"
    for dataset in (BUDGET, PEOPLE, OPEN, LIBRARIES):
        done = terminal(home, "import", dataset, str(shipped(dataset)), "--json")
        assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="session")
def landed_home() -> Path:
    """One for all folders of tests (each conftest has this fixture, the home behind it is the same)."""
    return landed()


def shipped(dataset: str) -> Path:
    pack, name = dataset.split(".")
    return ROOT / "packs" / pack / "data" / f"{name}.csv"


@pytest.fixture
def home(landed_home: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This process looks into that home."""
    monkeypatch.setenv("HAIDANG_HOME", str(landed_home))
    settings.HOME = landed_home
    settings.HEARTBEAT = landed_home / "worker.beat"
    return landed_home


@pytest.fixture
def cast(db: None, home: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cast of the demo (its passwords hashed quickly), and a trace that begins here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    casting.create(PASSWORD)


def enter(name: str) -> Any:
    """A client signed in through the login page; whoever is asked for a code (good once in 30 s) gets past it here."""
    from django.test import Client

    from haidang.access.models import Account

    client = Client()
    done = client.post("/login/", {"username": name, "password": PASSWORD})
    assert done.status_code == 302, done.content.decode()[:400]
    if done["Location"].startswith("/login/second"):
        client.force_login(Account.objects.get(name=name))
        session = client.session
        session["factor"] = "totp"
        session.save()
    return client
