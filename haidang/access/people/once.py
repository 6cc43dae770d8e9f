"""Passwords made for one sign-in: easy to read out, hard to guess. Never: keeps one."""

from __future__ import annotations

import secrets

LETTERS, CAPITALS, DIGITS = "abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"
"""Without what is mistaken for another when read from paper (l, o, I, O, 0, 1)."""
GROUPS, LENGTH = 4, 4


def password() -> str:
    """`Kx7m-p4Rt-9wEa-bN3c`: nineteen signs of four classes, about 90 bits."""
    while True:
        groups = ["".join(secrets.choice(LETTERS + CAPITALS + DIGITS) for _ in range(LENGTH)) for _ in range(GROUPS)]
        made = "-".join(groups)
        if all(any(sign in made for sign in kind) for kind in (LETTERS, CAPITALS, DIGITS)):
            return made
