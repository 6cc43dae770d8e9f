"""Everybody of the cast at a living centre."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from house.cast import CAST, UNSIGNED
from signing import sign_in


@pytest.fixture(scope="session")
def people(centre: str, filled_home: Path) -> Iterator[dict[str, httpx.Client]]:
    """Signed in; the public is not."""
    clients = {}
    for name in CAST:
        client = httpx.Client(base_url=centre, timeout=60)
        if name not in UNSIGNED:
            sign_in(client, name, home=filled_home)
        clients[name] = client
    yield clients
    for client in clients.values():
        client.close()
