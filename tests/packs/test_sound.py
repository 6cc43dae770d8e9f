"""The three packs read without a problem and say of everything what it is, whose it is and where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from haidang.catalog.declared import Catalog, Dataset, Indicator, load

ROOT = Path(__file__).resolve().parents[2]
PACKS = ("giao-duc", "kinh-te-xa-hoi", "y-te")
CATALOGUE = (7, 7, 8, 5, 6, 8, 5, 8, 6, 5, 6, 5, 6, 7, 4, 6, 5, 7, 4, 5)
"""Indicators of the starting catalogue by group, 01 to 20: 120 in all. A pack may declare more."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(ROOT / "packs")


def datasets(catalog: Catalog) -> list[Dataset]:
    return [dataset for name in PACKS for dataset in catalog.pack(name).datasets]


def indicators(catalog: Catalog) -> list[Indicator]:
    return [indicator for name in PACKS for indicator in catalog.pack(name).indicators]


def test_packs_have_no_problem(catalog: Catalog) -> None:
    assert catalog.problems == ()
    assert set(PACKS) <= {pack.key for pack in catalog.packs}


def test_the_catalogue_is_declared_whole(catalog: Catalog) -> None:
    pack = catalog.pack("kinh-te-xa-hoi")
    assert [number for number, _ in pack.groups] == [f"{n:02d}" for n in range(1, 21)]
    for (number, _), least in zip(pack.groups, CATALOGUE, strict=True):
        assert sum(i.group == number for i in pack.indicators) >= least, f"group {number}"
    assert sum(CATALOGUE) == 120


def test_every_indicator_says_what_it_is(catalog: Catalog) -> None:
    for indicator in indicators(catalog):
        groups = dict(catalog.pack(indicator.pack).groups)
        assert indicator.group in groups, indicator.key
        for label in (indicator.title, indicator.definition, indicator.owner):
            assert label.vi, indicator.key
            assert label.en, indicator.key
            assert label.vi != label.en or label.vi.isupper(), indicator.key
        assert not indicator.verified, f"{indicator.key}: nobody has checked a legal basis against its text yet"


def test_titles_are_told_apart(catalog: Catalog) -> None:
    for name in PACKS:
        titles = [indicator.title.vi for indicator in catalog.pack(name).indicators]
        assert sorted(titles) == sorted(set(titles)), name


def test_every_dataset_names_its_source_and_licence(catalog: Catalog) -> None:
    shipped = {source.dataset for source in catalog.sources() if source.connector == "file"}
    for dataset in datasets(catalog):
        assert dataset.source.vi, dataset.key
        assert dataset.source.en, dataset.key
        # What a department feeds has no licence to name: it is the province's own.
        assert dataset.licence or dataset.key not in shipped, dataset.key
        assert dataset.url.startswith("https://") or dataset.key not in shipped, dataset.key
        assert dataset.owner.vi, dataset.key
        assert catalog.indicators_of(dataset.key), f"{dataset.key} feeds no indicator"


def test_an_index_is_never_added_over_places(catalog: Catalog) -> None:
    for name in ("pci", "papi", "par-index", "cpi-so-cung-ky", "iip-cung-ky", "tang-grdp"):
        indicator = catalog.indicator(f"kinh-te-xa-hoi.{name}")
        assert (indicator.adds_place, indicator.adds_time) == ("none", "none"), name


def test_budgets_and_candidates_are_not_public(catalog: Catalog) -> None:
    assert catalog.level_of(catalog.indicator("kinh-te-xa-hoi.thu-ngan-sach")).name == "INTERNAL"
    exam = catalog.dataset("giao-duc.diem-thi-thpt")
    assert exam.level.name == "INTERNAL"
    assert exam.person
    assert next(c for c in exam.columns if c.name == "khoa").level.name == "PERSONAL"


def test_boards_fill_their_rows_and_show_what_has_data(catalog: Catalog) -> None:
    for name in PACKS:
        board = catalog.board(name)
        assert board.headline
        for tile in board.tiles:
            assert catalog.indicator(tile.indicator).has_data, tile.indicator
        assert sum(tile.width for tile in board.tiles) % 20 == 0, f"{name}: the last row is not full"
