"""The bench of the overview says both sides, counts its queries, and leaves the home it was given as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from haidang.indicators import bench, by_hand
from haidang.store.tables import Lake


@pytest.fixture(scope="module")
def figures(filled_home: Path) -> tuple[dict[str, object], int, int]:
    """The figures of a filled home (few rounds), and its newest snapshot before and after."""
    patch = pytest.MonkeyPatch()
    patch.setattr(bench, "ROUNDS", 1)
    patch.setenv("HAIDANG_HOME", str(filled_home))
    before = newest(filled_home)
    found = bench.board()
    patch.undo()
    return found, before, newest(filled_home)


def newest(home: Path) -> int:
    lake = Lake(home)
    try:
        return lake.snapshot()
    finally:
        lake.close()


@pytest.mark.django_db
def test_both_sides_are_told_in_the_same_states(figures: tuple[dict[str, object], int, int]) -> None:
    found = figures[0]
    for when in ("", "_after_landing", "_new_process"):
        assert float(str(found[f"seconds{when}"])) > 0
        assert float(str(found[f"sql_seconds{when}"])) > 0
    assert found["queries"] == 1
    assert int(str(found["queries_after_landing"])) <= 5
    same, _, compared = str(found["cells_equal_to_sql"]).partition("/")
    assert same == compared
    assert int(same) > 100


def test_the_home_itself_is_not_landed_into(figures: tuple[dict[str, object], int, int]) -> None:
    assert figures[1] == figures[2]


def test_the_corrections_of_growth_never_repeat_a_key() -> None:
    keys = {bench._key(number) for number in range(5_000)}
    assert len(keys) == 5_000
    assert {len(key) for key in keys} == {10}


def test_the_sql_asks_for_what_was_asked() -> None:
    text = by_hand.sql(bench.overview())
    assert all(f"'{question.indicator}'" in text for question in bench.overview())
    assert "{snapshot}" in text
