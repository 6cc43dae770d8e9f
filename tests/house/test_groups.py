"""Tests of one group run in one worker, so that one centre serves them all and none is disturbed by another's."""

from __future__ import annotations

import os

import pytest


@pytest.mark.xdist_group("browser")
def test_groups_hold(request: pytest.FixtureRequest) -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("one process: there is nothing to group")
    assert request.node.nodeid.endswith("@browser")
