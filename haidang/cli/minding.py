"""What in a centre's settings is unwise though it works: `haidang check` says it and does not fail by it.

Never: prints a secret, changes anything.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

from haidang.cli import machine
from haidang.words.errors import Problem

LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]", "testserver"}
SHORTEST, LETTERS = 32, 10
CAST = Path(__file__).parent / "demo" / "cast.csv"


def warnings() -> Iterator[Problem]:
    """Each as a Problem whose `where` is the setting or file."""
    yield from _secrets()
    yield from _reached()
    yield from _contact()


def _secrets() -> Iterator[Problem]:
    """Files of secrets that others of the machine may read, and a key that can be guessed."""
    from django.conf import settings

    named = [
        Path(value) for name, value in os.environ.items() if name.startswith("HAIDANG_") and name.endswith("_FILE")
    ]
    kept = [machine.home() / name for name in ("secret", "demo-password")]
    for file in (*kept, *named):
        if file.is_file() and file.stat().st_mode & 0o007:
            yield Problem("warn.secret-readable", str(file))
    for name, key in (("HAIDANG_SECRET_KEY", settings.SECRET_KEY), ("HAIDANG_SEAL_KEY", settings.SEAL_KEY)):
        if key and (len(key) < SHORTEST or len(set(key)) < LETTERS):
            yield Problem("warn.weak-secret", name)
    if settings.DEBUG:
        yield Problem("warn.debug", "HAIDANG_DEBUG")


def _reached() -> Iterator[Problem]:
    """A centre that others reach: without HTTPS, or with the demo's people in it."""
    from django.conf import settings

    others = [host for host in settings.ALLOWED_HOSTS if host not in LOOPBACK]
    if not others:
        return
    if not settings.HTTPS:
        yield Problem("warn.no-https", "HAIDANG_HTTPS", others[0])
    if found := _demo_accounts():
        yield Problem("warn.demo-accounts", "haidang users", ", ".join(found[:3]) + (", …" if len(found) > 3 else ""))


def _demo_accounts() -> list[str]:
    """Names of the demo's cast that can sign in here."""
    from django.db import DatabaseError

    from haidang.access import gate

    with CAST.open(encoding="utf-8", newline="") as lines:
        names = {row["name"] for row in csv.DictReader(lines) if row["signs_in"] == "yes"}
    try:
        return sorted(names & {one["name"] for one in gate.accounts(gate.operator()) if one["active"]})
    except DatabaseError:  # a home nobody has used yet
        return []


def _contact() -> Iterator[Problem]:
    from datetime import date, timedelta

    from django.conf import settings

    if not settings.SECURITY_CONTACT:
        yield Problem("warn.no-contact", "HAIDANG_SECURITY_CONTACT")
    until = settings.SECURITY_EXPIRES
    if until:
        try:
            sound = date.today() < date.fromisoformat(until) <= date.today() + timedelta(days=365)
        except ValueError:
            sound = False
        if not sound:
            yield Problem("warn.old-contact", "HAIDANG_SECURITY_EXPIRES", until[:40])
