"""The cast of the demo: accounts and grants from the two tables beside this file. Never: the cast of a real centre."""

from __future__ import annotations

import csv
import os
import secrets
from dataclasses import replace
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
    """Open or renew every office, account and grant; gives (name, title) of those who can sign in."""
    from haidang.access import actions, gate
    from haidang.words.nouns import Grant

    by = gate.operator()
    people = _rows("cast.csv")
    _offices()
    for row in people:
        more = {name: row[name] for name in ("office", "post", "holder", "use")}
        person = actions.Person(row["name"], row["title"], row["kind"], row["place"], **more)
        actions.open_account(by, person, password if row["signs_in"] == "yes" else None, own=True)
    _offices(heads=True)
    for row in _rows("grants.csv"):
        level, over = actions.level(row["level"]), row["over"]
        wanted = Grant("", row["actor"], row["action"], row["pack"], row["place"], level, over=over)
        actions.give(by, replace(wanted, through=row["through"]))
    return [(row["name"], row["title"]) for row in people if row["signs_in"] == "yes"]


def _offices(*, heads: bool = False) -> None:
    """The committees of the province and its communes, and the departments of the demo; their heads once there are."""
    from haidang.access import gate
    from haidang.access.people.offices import actions

    if not heads:
        actions.seed(gate.operator())
    for row in _rows("offices.csv"):
        said = actions.Named(**{**row, "head": row["head"] if heads else ""})
        actions.save(gate.operator(), said)


def password() -> str:
    """HAIDANG_DEMO_PASSWORD, else one word made once per home and kept in it."""
    if given := os.environ.get("HAIDANG_DEMO_PASSWORD"):
        return given
    file = machine.home() / "demo-password"
    if not file.exists():
        file.touch(mode=0o600)
        words = "-".join(secrets.choice(_WORDS) for _ in range(4)).capitalize()
        file.write_text(f"{words}-{secrets.randbelow(10_000):04d}")
    return file.read_text().strip()


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
