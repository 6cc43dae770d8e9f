"""Queries are counted here: whether the files of the catalogue were written just now must not decide how many."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from haidang.store import tables


@pytest.fixture(autouse=True, scope="module")
def always_asked() -> Iterator[None]:
    """The newest snapshot is asked for each time, as within a second of a landing, however slow the machine is."""
    patch = pytest.MonkeyPatch()
    patch.setattr(tables, "SETTLED_NS", 10**20)
    yield
    patch.undo()
