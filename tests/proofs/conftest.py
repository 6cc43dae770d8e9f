"""The small world of the proofs, once per module: what other tests of the worker stand on is there again after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from proofs import world as worlds
from proofs.draws import Stage


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Landed once; what it wrote to the database is taken back at the end."""
    with django_db_blocker.unblock(), worlds.standing(tmp_path_factory.mktemp("proofs")) as standing:
        yield standing


@pytest.fixture
def stage(world: Any, db: None) -> Iterator[Stage]:
    """Where grant sets are put up; a test's own transaction (within the world's) takes them down."""
    from haidang.access import trace

    trace.forget_looks()
    put_up = Stage()
    yield put_up
    put_up.close()
