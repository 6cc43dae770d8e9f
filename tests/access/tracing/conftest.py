"""A home of its own for what the trace writes beside the database."""

from pathlib import Path
from typing import Any

import pytest
from doors import cast, home, landed_home

__all__ = ["cast", "home", "landed_home"]


@pytest.fixture
def own_home(settings: Any, tmp_path: Path) -> Path:
    from haidang.access import trace

    settings.HOME = tmp_path
    trace.forget_looks()
    return tmp_path
