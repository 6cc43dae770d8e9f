"""Reads settings of the machine.

`X`, or the content of the file `X_FILE` names. Never: guesses; a bad value stops at once.
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from haidang.words.errors import BadQuestion

LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]", "testserver")
_LIMIT = re.compile(r"^[1-9][0-9]{0,8}/(second|minute|hour|day)$")


def value(name: str, default: str = "") -> str:
    """`name` from the environment, else from the file `name_FILE` names, else the default.

    Raises BadQuestion('bad-setting').
    """
    if name in os.environ:
        return os.environ[name]
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadQuestion("bad-setting", name=f"{name}_FILE", found=file, why=error.strerror or "") from error
    return default


def number(name: str, default: int) -> int:
    """A whole number of zero or more; raises BadQuestion('bad-setting')."""
    found = value(name, str(default))
    if not found.isdecimal():
        raise BadQuestion("bad-setting", name=name, found=found, why="0, 1, 2, …")
    return int(found)


def flag(name: str) -> bool:
    return value(name) in {"1", "true", "yes"}


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without blanks."""
    return [word.strip() for word in value(name, default).split(",") if word.strip()]


def networks(name: str, default: str = "") -> tuple[str, ...]:
    """A comma-separated list of networks (CIDR); raises BadQuestion('bad-setting')."""
    found = tuple(words(name, default))
    for one in found:
        try:
            ipaddress.ip_network(one, strict=False)
        except ValueError as error:
            raise BadQuestion("bad-setting", name=name, found=one, why="10.0.0.0/8, 192.168.1.7, …") from error
    return found


def limits(name: str) -> dict[str, str]:
    """`rule=number` with commas between: `sign-in=60/minute,open=256`; raises BadQuestion('bad-setting')."""
    said = dict(one.partition("=")[::2] for one in words(name))
    for rule, found in said.items():
        if not (found.isdecimal() if rule in {"open", "connections", "head"} else _LIMIT.match(found)):
            raise BadQuestion("bad-setting", name=name, found=f"{rule}={found}"[:80], why="sign-in=60/minute, open=256")
    return said


def only_here(name: str, on: bool, hosts: list[str]) -> None:
    """Refuses a switch that must not be on where others reach the centre; raises BadQuestion('bad-setting')."""
    others = [host for host in hosts if host not in LOOPBACK]
    if on and others:
        raise BadQuestion("bad-setting", name=name, found="1", why=f"HAIDANG_HOSTS={others[0]}")


def secret_key(home: Path) -> str:
    """HAIDANG_SECRET_KEY, else a key made once and kept in the home, readable by its owner alone."""
    if given := value("HAIDANG_SECRET_KEY"):
        return given
    file = home / "secret"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        made = home / f".secret-{secrets.token_hex(4)}"
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48))
        # Two processes may start at once: the first link stands, both read it.
        with contextlib.suppress(FileExistsError):
            file.hardlink_to(made)
        made.unlink()
    return file.read_text().strip()


def database(url: str, home: Path) -> dict[str, Any]:
    """Django's settings for `postgres://user:password@host:port/name?option=…`; "" is SQLite in the home (WAL)."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "db.sqlite3",
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or len(parts.path) < 2:
        # The address may hold a password: it is never repeated.
        raise BadQuestion(
            "bad-setting", name="HAIDANG_DATABASE", found="…", why="postgres://user:password@host:port/name"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
