"""The cast of the demo: accounts and grants from the two tables beside this file. Never: the cast of a real centre."""

from __future__ import annotations

import base64
import csv
import hashlib
import hmac
import os
import secrets
import time
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
    signing = [row for row in people if row["signs_in"] == "yes"]
    _factors([row["name"] for row in signing])
    return [(row["name"], row["title"]) for row in signing]


def _factors(names: list[str]) -> None:
    """A second factor for whoever may not work without one, so that the demo begins with work."""
    from haidang.access import gate
    from haidang.access.identity import reads
    from haidang.access.identity.factors import actions

    for account in reads.holders(names):
        if reads.needs_factor(account):
            actions.give_totp(gate.operator(), account, _secret(account.name))


def code(name: str, *, later: int = 0) -> str:
    """What the telephone of a demo's administrator would show now, or so many half-minutes later; waits for the next
    one when that was used up (a code is good once).

    Made from the home's own secret and the name, so that it says nothing of a real centre's factors.
    """
    from haidang.access.identity.factors import actions, reads

    step = max(int(time.time()) // actions.STEP + later, reads.last_step(name) + 1)
    while step > int(time.time()) // actions.STEP + max(later, actions.NEAR):
        time.sleep(0.5)
    return actions.code_at(_secret(name), step)


def guarded() -> list[str]:
    """Names of the demo's accounts that are asked for a code."""
    from haidang.access.identity import reads

    accounts = reads.holders(row["name"] for row in _rows("cast.csv"))
    return [account.name for account in accounts if reads.needs_factor(account)]


def _secret(name: str) -> str:
    from django.conf import settings

    made = hmac.digest(settings.SECRET_KEY.encode(), f"haidang.demo.code:{name}".encode(), hashlib.sha256)
    return base64.b32encode(made[:20]).decode()


def _offices(*, heads: bool = False) -> None:
    """The committees of the province and its communes, and the departments of the demo; their heads once there are."""
    from haidang.access import gate
    from haidang.access.people.offices import actions

    if not heads:
        actions.seed(gate.operator())
    for row in _rows("offices.csv"):
        said = actions.Named(**{**row, "head": row["head"] if heads else ""})
        actions.set_office(gate.operator(), said)


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
