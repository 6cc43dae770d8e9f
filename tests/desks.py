"""A desk with nothing but the cast: an empty home, the reports of these tests alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import casting
import pytest


@pytest.fixture
def alone(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home and nobody in it: the public alone."""
    from haidang.access import trace
    from haidang.api.open311.pace import pace

    monkeypatch.setenv("HAIDANG_HOME", str(tmp_path))
    settings.HOME = tmp_path
    trace.forget_looks()
    pace.forget()


@pytest.fixture
def desk(alone: None, settings: Any) -> None:
    """With the cast of the demo."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    casting.create("Den-bien-2026!")
