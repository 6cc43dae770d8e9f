"""The cast alone, on an empty home: who keeps whom needs no landed data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import casting
import pytest
from doors import PASSWORD


@pytest.fixture
def people_alone(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAIDANG_HOME", str(tmp_path))
    settings.HOME = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    casting.create(PASSWORD)
