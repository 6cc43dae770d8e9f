"""The face: lookups, levels, the environment, JSON; and the shipped packs themselves."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from haidang.catalog import declared as face
from haidang.catalog.declared import Catalog, as_json, check, declared, forget, formula_of, load, pack_folders
from haidang.catalog.strict_yaml import Listing, Mapping, Text, parse
from haidang.words.errors import Absent, PackProblem
from haidang.words.nouns import Label, Level

from .small_pack import write

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small(tmp_path: Path) -> Catalog:
    write(tmp_path)
    return load(tmp_path)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    forget()
    yield
    forget()


def test_nouns(small: Catalog) -> None:
    dataset = small.dataset("nho.diem")
    assert (dataset.table, dataset.unique, dataset.level) == ("nho__diem", ("khoa",), Level.INTERNAL)
    assert [(c.name, c.type, c.default, c.level) for c in dataset.columns][:3] == [
        ("khoa", "text", "", Level.PERSONAL),
        ("tinh", "place", "", Level.PUBLIC),
        ("nam", "integer", "2018", Level.PUBLIC),
    ]
    assert dataset.checks[0].settings == (("left", "toan"), ("op", ">="), ("right", "0"))
    pci = small.indicator("nho.pci")
    assert (pci.item, pci.adds_place, pci.adds_time, pci.name) == ((("khoi", "a"),), "none", "none", "pci")
    board = small.board("nho")
    assert (board.headline, board.tiles[0].indicator) == (("nho.diem-toan",), "nho.diem-toan")
    assert small.code_list("nho", "tinh-thi").rows == (
        (("code", "10"), ("value", "20"), ("vi", "Lạng Sơn"), ("en", "Lạng Sơn")),
    )
    assert small.pack("nho").examples[0].value == 5.0


@pytest.mark.parametrize(
    ("kind", "key", "nearest"),
    [
        ("pack", "nhoo", "nho"),
        ("dataset", "nho.diemm", "nho.diem"),
        ("indicator", "nho.diem-ton", "nho.diem-toan"),
        ("board", "zzzz", ""),
    ],
)
def test_what_is_not_there(small: Catalog, kind: str, key: str, nearest: str) -> None:
    with pytest.raises(Absent) as caught:
        getattr(small, kind)(key)
    assert (caught.value.code, caught.value.facts) == (f"unknown-{kind}", {"found": key, "nearest": nearest})


def test_levels(tmp_path: Path) -> None:
    write(
        tmp_path,
        ("indicators/diem.yaml", "  column: toan\n  where", "  level: restricted\n  column: toan\n  where"),
    )
    catalog = load(tmp_path)
    found = {i.name: catalog.level_of(i) for i in catalog.pack("nho").indicators}
    assert found == {
        "so-thi-sinh": Level.INTERNAL,
        "diem-toan": Level.RESTRICTED,
        "doi": Level.RESTRICTED,  # a formula is as secret as its most secret part
        "pci": Level.INTERNAL,
    }
    assert {i.name for i in catalog.indicators_of("nho.diem")} == {"so-thi-sinh", "diem-toan", "pci"}
    assert formula_of(catalog.indicator("nho.pci")) is None


def test_the_environment_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a")
    write(tmp_path / "b", ("pack.yaml", "pack: nho", "pack: hai"), name="hai")
    monkeypatch.setenv("HAIDANG_PACKS", f"{tmp_path / 'a'}{os.pathsep}{tmp_path / 'b'}")
    assert pack_folders() == (tmp_path / "a", tmp_path / "b")
    assert [p.key for p in declared().packs] == ["nho", "hai"]
    assert declared() is declared()
    forget()
    (tmp_path / "a" / "nho" / "pack.yaml").write_text("pack: nho\n")
    with pytest.raises(PackProblem) as caught:
        declared()
    assert [p.code for p in caught.value.problems] == ["missing-key", "missing-key", "unknown-group"]
    monkeypatch.delenv("HAIDANG_PACKS")
    assert pack_folders() == (ROOT / "packs",)


def test_every_shipped_pack_is_sound() -> None:
    assert check(ROOT / "packs") == ()
    catalog = load(ROOT / "packs")
    assert {p.key for p in catalog.packs if p.teaching} == {"mau"}


def test_as_json(small: Catalog) -> None:
    found = json.loads(json.dumps(as_json(small)))
    (pack,) = found["packs"]
    assert pack["key"] == "nho"
    assert pack["datasets"][0]["columns"][0] == {
        "name": "khoa",
        "type": "text",
        "title": {"vi": "Khóa", "en": "Key"},
        "unit": "",
        "required": True,
        "level": "personal",
    }
    assert [i["key"] for i in pack["indicators"]] == ["nho.so-thi-sinh", "nho.diem-toan", "nho.doi", "nho.pci"]
    assert str(small.pack("nho").folder) not in json.dumps(found), "no path of the machine"


def test_yaml_keeps_what_was_written() -> None:
    """The traps of YAML: what a usual loader makes of these scalars, and what stands here."""
    text = "ma: 00004\ngio: 12:30\nkhong: no\nso: 1_000\nngay: 2018-01-01\nrong: ~\n"
    assert yaml.safe_load(text)["ma"] == 4
    node, faults = parse(text)
    assert isinstance(node, Mapping)
    assert not faults
    values = {key.value: value.value for key, value in node.pairs if isinstance(value, Text)}
    assert values == {"ma": "00004", "gio": "12:30", "khong": "no", "so": "1_000", "ngay": "2018-01-01", "rong": "~"}
    assert parse("- e\u0301\n")[0] == Listing((Text("é", 1),), 1), "NFC"


def test_hand_added_examples_of_the_teaching_pack() -> None:
    """The expected answers are true of the file they speak of."""
    rows = list(csv.DictReader((ROOT / "packs/mau/data/hoat-dong.csv").open(encoding="utf-8")))
    june = [r for r in rows if r["Tháng"] == "2026-06"]
    quarter = [r for r in rows if r["Tháng"] in {"2026-04", "2026-05", "2026-06"}]

    def total(column: str, of: list[dict[str, str]]) -> float:
        return sum(float(r[column]) for r in of if r[column])

    marks = [float(r["Điểm hài lòng"]) for r in june if r["Điểm hài lòng"]]
    expected = {
        ("luot-ban-doc", "20", "2026-06"): total("Lượt bạn đọc", june),
        ("luot-ban-doc", "20", "2026-Q2"): total("Lượt bạn đọc", quarter),
        ("luot-ban-doc", "06184", "2026-06"): total("Lượt bạn đọc", [r for r in june if r["Mã xã"] == "06184"]),
        ("sach-cho-muon", "20", "2026-06"): total("Sách cho mượn", june),
        ("ty-le-tra-dung-han", "20", "2026-06"): total("Trả đúng hạn", june) / total("Sách cho mượn", june) * 100,
        ("ty-le-tra-dung-han", "20", "2026-Q2"): total("Trả đúng hạn", quarter) / total("Sách cho mượn", quarter) * 100,
        ("diem-hai-long", "20", "2026-06"): sum(marks) / len(marks),
        ("ty-le-dong-cua", "20", "2026-06"): sum(r["Ngày mở cửa"] == "0" for r in june) / len(june) * 100,
        ("von-sach", "20", "2026-Q2"): total("Vốn sách", june),
        ("so-xa-co-hoat-dong", "20", "2026-06"): len({r["Mã xã"] for r in june if r["Ngày mở cửa"] != "0"}),
        ("luot-tren-cuon", "20", "2026-06"): total("Lượt bạn đọc", june) / total("Sách cho mượn", june),
        ("ty-le-xa-dat-chuan", "20", "2025"): 56.9,
    }
    examples = load(ROOT / "packs/mau").pack("mau").examples
    assert {(e.indicator.removeprefix("mau."), e.place, e.period) for e in examples} == set(expected)
    for example in examples:
        value = expected[(example.indicator.removeprefix("mau."), example.place, example.period)]
        assert example.value == pytest.approx(value, abs=example.tolerance), example


def test_the_face_gives_what_it_says() -> None:
    assert all(hasattr(face, name) for name in face.__all__)
    assert Label("a", "b").in_("en") == "b"
