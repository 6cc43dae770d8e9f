"""Whether a password satisfies the rules; every rule it breaks is told at once, and what was found.

Never: keeps, shows or sends on the password itself.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator

from haidang.access.identity.rules import Rules
from haidang.access.models import Account
from haidang.words.errors import BadQuestion, Problem

CLASSES = ("lower", "upper", "digit", "other")
COMMON = Path(__file__).with_name("common.txt")
MOST = 256
"""Longer ones are refused: hashing them would be somebody's way to keep the machine busy."""


class Weak(BadQuestion):
    """A password breaks rules: `problems`, one for each."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("weak-password", count=len(problems))
        self.problems = problems


def prove(account: Account, password: str, by: Rules, *, second: bool) -> None:
    """Raises Weak. `second`: the account has a second factor, so that a shorter one will do."""
    found = faults(password, account.name, by, second=second)
    if not found and _used(account, password, by.reuse):
        found = (Problem("password-used", facts=(("count", str(by.reuse)),)),)
    if found:
        raise Weak(found)


def faults(password: str, name: str, by: Rules, *, second: bool) -> tuple[Problem, ...]:
    """Every rule the password breaks by itself (not: whether it was used before)."""
    checks = (_length(password, by, second=second), _classes(password, by, second=second), _named(password, name))
    return tuple(fault for fault in (*checks, _common(password)) if fault)


def classes(password: str) -> frozenset[str]:
    """Which classes of characters it has: `lower`, `upper`, `digit`, `other` (a blank is one)."""
    return frozenset(_class(sign) for sign in password)


def _class(sign: str) -> str:
    if sign.islower():
        return "lower"
    return "upper" if sign.isupper() else "digit" if sign.isdigit() else "other"


def _length(password: str, by: Rules, *, second: bool) -> Problem | None:
    least = by.password_min if second else by.password_min_alone
    if len(password) > MOST:
        return Problem("password-long", found=str(len(password)), expected=str(MOST))
    if len(password) < least:
        return Problem("password-short", found=str(len(password)), expected=str(least))
    return None


def _classes(password: str, by: Rules, *, second: bool) -> Problem | None:
    missing = [one for one in CLASSES if one not in classes(password)]
    if second or len(CLASSES) - len(missing) >= by.classes:
        return None
    return Problem("password-classes", found=",".join(missing), expected=str(by.classes))


def _named(password: str, name: str) -> Problem | None:
    own, said = _plain(name), _plain(password)
    return Problem("password-named") if len(own) >= 4 and (own in said or own[::-1] in said) else None


def _common(password: str) -> Problem | None:
    """Also when digits and signs were only put around a common word, or between its letters."""
    forms = {password.lower(), _plain(password), re.sub(r"[^a-z]", "", password.lower())}
    return Problem("password-common") if forms & _known() else None


def _plain(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign not in string.punctuation and not sign.isspace())


@cache
def _known() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords) | frozenset(COMMON.read_text(encoding="utf-8").split())


def _used(account: Account, password: str, most: int) -> bool:
    before: Iterable[str] = ()
    if account.pk:
        before = account.passwords_used.order_by("-at", "-pk").values_list("encoded", flat=True)[:most]
    # The one it has now counts too, also when it was set before any were kept.
    return any(check_password(password, encoded) for encoded in dict.fromkeys([account.password, *before]) if encoded)
