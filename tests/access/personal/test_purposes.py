"""Personal columns stand in clear only by level and purpose; every such look is traced, none is folded away."""

from __future__ import annotations

from dataclasses import replace

import ibis
import pytest
from django.utils import timezone

from haidang.access import cut
from haidang.access.decide import decide
from haidang.access.personal import digests, reads, rejected
from haidang.catalog.declared import Column, Dataset
from haidang.words.errors import BadQuestion
from haidang.words.nouns import ANY, Actor, Grant, Label, Level, Subject

LABEL = Label("", "")
COLUMNS = (
    Column("ten", "text", LABEL, level=Level.PERSONAL, mask="name"),
    Column("sinh", "date", LABEL, level=Level.PERSONAL, mask="date"),
    Column("benh", "text", LABEL, level=Level.PERSONAL),
    Column("y_kien", "text", LABEL, level=Level.RESTRICTED, mask="code"),
    Column("so", "integer", LABEL),
)
DATASET = Dataset("thu.nguoi", "thu", LABEL, COLUMNS, (), "xa", "nam", "year", level=Level.INTERNAL)
ROWS = {
    "ten": ["Nguyễn Văn An", "Lò Thị Bình"],
    "sinh": ["1985-03-14", "1990-12-01"],
    "benh": ["A00", "B01"],
    "y_kien": ["khong dong y", "dong y"],
    "so": [1, 2],
    "_unit": ["a", "b"],
}


def seen(*grants: Grant, purpose: bool) -> tuple[list[dict[str, object]], cut.Shown]:
    scope = decide(grants, Actor("x"), "read", Subject("thu", level=Level.INTERNAL), timezone.now())
    table = ibis.memtable(ROWS)
    shown = cut.facts(table.mutate(sinh=table["sinh"].cast("date")), DATASET, scope, purpose=purpose)
    return [dict(row) for row in shown.table.order_by("so").to_pyarrow().to_pylist()], shown


EVERYWHERE = Grant("1", "x", place=ANY, level=Level.PERSONAL)
INSIDE = Grant("2", "x", place=ANY, level=Level.INTERNAL)
IN_A = Grant("3", "x", place="a", level=Level.PERSONAL)


def test_the_level_without_a_purpose_shows_masks() -> None:
    rows, shown = seen(EVERYWHERE, purpose=False)
    assert [row["ten"] for row in rows] == ["Nguyễn V. A.", "Lò T. B."]
    assert [row["sinh"] for row in rows] == ["1985", "1990"]
    assert "benh" not in rows[0], "without a mask a personal column is left out"
    assert rows[0]["y_kien"] == "khong dong y", "a restricted column needs no purpose"
    assert shown.clear == ()
    assert set(shown.covered) == {"ten", "sinh"}


def test_level_and_purpose_show_it_in_clear() -> None:
    rows, shown = seen(EVERYWHERE, purpose=True)
    assert [row["ten"] for row in rows] == ROWS["ten"]
    assert set(shown.clear) == {"ten", "sinh", "benh"}
    assert shown.covered == ()


def test_a_purpose_without_the_level_opens_nothing() -> None:
    rows, shown = seen(INSIDE, purpose=True)
    assert [row["ten"] for row in rows] == ["Nguyễn V. A.", "Lò T. B."]
    assert [row["y_kien"] for row in rows] == ["*** y", "***"]
    assert shown.clear == ()


def test_in_some_places_only() -> None:
    rows, _ = seen(INSIDE, IN_A, purpose=True)
    assert [row["ten"] for row in rows] == ["Nguyễn Văn An", "Lò T. B."]
    assert [row["sinh"] for row in rows] == ["1985-03-14", "1990"]
    assert [row["benh"] for row in rows] == ["A00", None]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("khan-cap", "khan-cap"),
        ("khan-cap:  vụ   12", "khan-cap: vụ 12"),
        ("tìm hồ sơ 417", "tìm hồ sơ 417"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_purpose_as_one_text(text: str, kept: str) -> None:
    assert reads.read(text) == kept


@pytest.mark.parametrize("text", ["abc", "x" * 201])
def test_a_purpose_says_something(text: str) -> None:
    with pytest.raises(BadQuestion) as wrong:
        reads.read(text)
    assert wrong.value.code.startswith("purpose-")


def test_a_purpose_is_told_in_the_language_of_who_reads() -> None:
    assert reads.told("khan-cap: vụ 12", "en") == "Emergency, rescue (vụ 12)"
    assert reads.told("tìm hồ sơ 417", "en") == "tìm hồ sơ 417"
    assert len({purpose.code for purpose in reads.purposes()}) == len(reads.purposes()) > 3


def test_rows_set_aside_lose_what_is_personal() -> None:
    kept = {
        "dataset": "thu.nguoi",
        "unit": "b",
        "raw": '{"ten":"An","so":"x","benh":null}',
        "found": "An",
        "column": "ten",
    }
    other = {**kept, "found": "x", "column": "so", "unit": "a"}
    odd = {**kept, "found": "An,1985", "column": None}
    table = ibis.memtable(
        [kept, other, odd], schema=dict.fromkeys(("dataset", "unit", "raw", "found", "column"), "string")
    )
    people = frozenset(column.name for column in DATASET.personal)
    found = rejected.covered(table, {DATASET: dict.fromkeys(people, frozenset({"a"}))}).to_pyarrow().to_pylist()
    assert [row["found"] for row in found] == [None, "x", None]
    assert [sorted(eval_json(row["raw"])) for row in found] == [["so"], ["benh", "so", "ten"], ["so"]]
    assert [rejected.cover(DATASET, row, people)["found"] for row in (kept, other, odd)] == [None, "x", None]
    assert sorted(eval_json(rejected.cover(DATASET, kept, people)["raw"])) == ["so"]


def eval_json(text: str) -> dict[str, object]:
    import json

    read: dict[str, object] = json.loads(text)
    return read


def test_a_digest_is_the_same_in_the_store_and_here() -> None:
    written = ["001 085 012345", "Đặng  Văn-Ánh", "đặng văn ánh", "12C-345.67", "", "王伟", "Ngu\u0079e\u0302\u0303n"]
    table = ibis.memtable({"v": written})
    in_store = table.select(d=digests.digested(table["v"])).to_pyarrow()["d"].to_pylist()
    assert in_store == [digests.digest(text) for text in written]
    assert len(set(in_store)) == len(written) - 1, "only the two Đặng are the same"
    assert digests.digest("Đặng Văn Ánh") == digests.digest("dang van anh")
    assert digests.digest("001085012345") != digests.digest("001085012346")


def test_the_purpose_of_some_packs_is_for_no_other() -> None:
    from haidang.access import gate

    who = Actor("x", purpose="khan-cap", purpose_packs=("y-te",))
    assert gate.purposed(who, "y-te")
    assert not gate.purposed(who, "giao-duc")
    assert gate.purposed(replace(who, purpose_packs=()), "giao-duc")
    assert not gate.purposed(Actor("x"), "y-te")
