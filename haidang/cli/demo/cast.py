"""The cast of the demo: accounts and grants from the two tables beside this file. Never: the cast of a real centre."""

from __future__ import annotations

import csv
import os
import secrets
from pathlib import Path

from haidang.cli import machine

FOLDER = Path(__file__).parent
_WORDS = (
    "bien",
    "den",
    "doi",
    "dong",
    "gio",
    "lua",
    "mua",
    "nang",
    "nui",
    "rung",
    "sao",
    "song",
    "suoi",
    "thu",
    "tre",
    "xuan",
)


def create(password: str) -> list[tuple[str, str]]:
    """Open or renew every account and grant; gives (name, title) of those who can sign in."""
    from haidang.access import actions, gate
    from haidang.words.nouns import Grant

    by = gate.operator()
    people = _rows("cast.csv")
    for row in people:
        person = actions.Person(row["name"], row["title"], row["kind"], row["place"])
        actions.open_account(by, person, password if row["signs_in"] == "yes" else None)
    for row in _rows("grants.csv"):
        level = actions.level(row["level"])
        actions.give(by, Grant("", row["actor"], row["action"], row["pack"], row["place"], level))
    return [(row["name"], row["title"]) for row in people if row["signs_in"] == "yes"]


def password() -> str:
    """HAIDANG_DEMO_PASSWORD, else one word made once per home and kept in it."""
    if given := os.environ.get("HAIDANG_DEMO_PASSWORD"):
        return given
    file = machine.home() / "demo-password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text("-".join([*(secrets.choice(_WORDS) for _ in range(3)), f"{secrets.randbelow(10_000):04d}"]))
    return file.read_text().strip()


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
