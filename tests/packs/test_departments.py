"""The packs of the departments' systems say what everything is, who owes it and when; their boards have no gaps."""

from __future__ import annotations

from pathlib import Path

import pytest

from haidang.catalog.declared import Catalog, load
from haidang.words.nouns import Level

ROOT = Path(__file__).resolve().parents[2]
PACKS = (
    "moi-truong", "van-ban", "cua-khau-so", "an-toan-thong-tin", "du-lich", "giao-thong", "an-ninh-trat-tu",
    "bao-chi-mang-xa-hoi",
)  # fmt: skip


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(ROOT / "packs")


@pytest.mark.parametrize("name", PACKS)
def test_everything_is_said(catalog: Catalog, name: str) -> None:
    pack = catalog.pack(name)
    assert pack.owner.vi
    assert pack.legal
    assert (ROOT / "packs" / name / "README.md").is_file()
    for dataset in pack.datasets:
        assert all((dataset.owner.vi, dataset.source.vi)), dataset.key
    for indicator in pack.indicators:
        assert all((indicator.definition.vi, indicator.definition.en, indicator.owner.vi)), indicator.key
        assert indicator.legal, indicator.key
        assert not indicator.verified, f"{indicator.key}: who checked it against its text?"
        assert indicator.group in dict(pack.groups), indicator.key


@pytest.mark.parametrize("name", PACKS)
def test_every_source_has_a_promise_and_an_end(catalog: Catalog, name: str) -> None:
    for source in catalog.pack(name).sources:
        assert source.owner.vi, source.key
        assert source.retain_days, f"{source.key}: raw bytes of a running system are not kept for ever"
        if source.connector != "own":
            assert source.schedule, source.key
            assert source.schedule.grace, source.key


@pytest.mark.parametrize("name", [*PACKS, "y-te"])
def test_rows_of_a_board_are_full(catalog: Catalog, name: str) -> None:
    (board, *_) = catalog.pack(name).boards
    width = 0
    for tile in board.tiles:
        width += tile.width
        assert width <= 20, f"{name}: {tile.indicator} does not fit its row"
        width %= 20
    assert not width, f"{name}: the last row has a gap"
    assert 8 <= len(board.tiles) <= 22
    assert len({tile.chart for tile in board.tiles}) >= 4, f"{name}: too much of the same"


def test_persons_and_weak_spots_are_kept_close(catalog: Catalog) -> None:
    visits = next(d for d in catalog.pack("y-te").datasets if d.key == "y-te.luot-kham")
    assert visits.person
    assert {c.name: c.level for c in visits.columns}["ma_lk"] is Level.PERSONAL
    alerts = next(d for d in catalog.pack("an-toan-thong-tin").datasets if d.key.endswith("canh-bao"))
    assert alerts.level is Level.RESTRICTED
    trucks = next(d for d in catalog.pack("cua-khau-so").datasets if d.key.endswith("to-khai"))
    assert {c.name: c.level for c in trucks.columns}["bien_so"] is Level.PERSONAL
