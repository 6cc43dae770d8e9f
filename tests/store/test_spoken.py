"""Texts are remembered by shape, and every look still reads the snapshot it was asked for."""

from __future__ import annotations

from pathlib import Path

import ibis
import pytest

from haidang.store.tables import Lake
from tests.store.test_lake import home, lake, numbers, put  # noqa: F401 - the fixtures of the lake


@pytest.fixture
def compiled(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> list[str]:  # noqa: F811
    """What was compiled, in order."""
    told: list[str] = []
    backend = lake._backend()
    made = backend.compile

    def compile_(expression: object) -> str:
        told.append(made(expression))
        return told[-1]

    monkeypatch.setattr(backend, "compile", compile_)
    return told


def test_a_look_at_a_later_snapshot_is_not_compiled_again(home: Path, lake: Lake, compiled: list[str]) -> None:  # noqa: F811
    first, second = put(home, 1, 2), put(home, 3)
    for snapshot, found in ((first, [1, 2]), (second, [1, 2, 3]), (first, [1, 2])):
        table = lake.table("p__d", snapshot=snapshot)
        assert lake.columns(table.filter(table["x"] > 0).order_by("x").select("x")) == {"x": found}
    assert len(compiled) == 1


def test_two_snapshots_in_one_expression_stay_apart(home: Path, lake: Lake) -> None:  # noqa: F811
    first, second = put(home, 1), put(home, 2)
    for earlier, later in ((first, second), (second, first)):
        old, new = lake.table("p__d", snapshot=earlier), lake.table("p__d", snapshot=later)
        gone = new.anti_join(old, "x")
        assert [row["x"] for row in lake.rows(gone)] == ([2] if later == second else [])


def test_a_text_that_looks_like_a_table_stays_a_text(home: Path, lake: Lake) -> None:  # noqa: F811
    put(home, 1)
    table = lake.table("p__d", snapshot=lake.snapshot())
    said = """"lake@0"."main"."p__d" AS "t0" 'x' {snapshot}"""
    assert lake.rows(table.select(said=ibis.literal(said))) == [{"said": said}]
    assert numbers(lake, lake.snapshot()) == [1]
