"""Who may try a password now: failures counted per account and address, and per device that signed in before.

An attempt is counted before the password is looked at, so that no burst of attempts gets more tries than the rule
allows, and given back when it was right; a locked attempt costs no hashing. A stranger locks nobody out: what an
unknown device does counts for its address, and for every unknown device only after failures from several addresses; a
known device (signed cookie) has a count of its own. Never: tells whether an account exists.
"""

from __future__ import annotations

from haidang.access.identity.locks.actions import clean, clear, forget, give_back, take
from haidang.access.identity.locks.attempts import COOKIE, COOKIE_AGE, Attempt, attempt, devices, remembered
from haidang.access.identity.locks.reads import Held, held, holding, until

__all__ = [
    "COOKIE",
    "COOKIE_AGE",
    "Attempt",
    "Held",
    "attempt",
    "clean",
    "clear",
    "devices",
    "forget",
    "give_back",
    "held",
    "holding",
    "remembered",
    "take",
    "until",
]
