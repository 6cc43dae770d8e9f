"""The small centre of tests/doors.py, and signed-in clients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from doors import cast, enter, home, landed_home

__all__ = ["cast", "home", "landed_home"]


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Passwords are proven in tests/access; here they only open the door."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def as_(cast: None) -> Callable[[str], Client]:
    """`as_("lanh-dao")`: a client signed in through the login page; `as_("")`: the public."""

    return lambda name: enter(name) if name else Client()
