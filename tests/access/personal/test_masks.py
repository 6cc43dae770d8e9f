"""What is left of a personal cell behind its mask."""

from __future__ import annotations

import ibis
import pytest

from haidang.access.personal import masks
from haidang.catalog import known

CASES = [
    ("name", "Nguyễn Văn An", "Nguyễn V. A."),
    ("name", "  Nguyễn   Thị  Ánh ", "Nguyễn T. Á."),
    ("name", "Vừ A Sủa", "Vừ *. S."),
    ("name", "Lò Ý", "Lò *."),
    ("name", "Lan", "L."),
    ("name", "Ý", "*."),
    ("name", "John Smith", "John S."),
    ("name", "Đặng Thị Hồng Đào", "Đặng T. H. Đ."),
    ("phone", "0912345678", "091***678"),
    ("phone", "0912 345 678", "091***678"),
    ("phone", "+84 912 345 678", "+84***678"),
    ("phone", "0205 3812", "***"),
    ("phone", "113", "***"),
    ("phone", "không có", "***"),
    ("id-number", "001085012345", "***345"),
    ("id-number", "012 345 678", "***678"),
    ("id-number", "C1234567", "***567"),
    ("id-number", "12345", "***"),
    ("plate", "12C-345.67", "12***67"),
    ("plate", "29A1 234.56", "29***56"),
    ("plate", "桂F12345", "***45"),
    ("plate", "12C", "***"),
    ("email", "an.nguyen@tinh.gov.vn", "a***@***.vn"),
    ("email", "an@nguyenvanan.vn", "***"),
    ("email", "khong phai thu", "***"),
    ("email", "a@b@c.vn", "***"),
    ("address", "Số 5, tổ 2, phường Tam Thanh, Lạng Sơn", "***, Lạng Sơn"),
    ("address", "Số 5, đường Lê Lợi", "***"),
    ("address", "thôn Bản Áng", "***"),
    ("address", "Số 5, phố Muối, tổ 12", "***"),
    ("code", "HS-2026-00417", "***17"),
    ("code", "417", "***"),
    ("date", "1985-03-14", "1985"),
    ("date", "14/03/1985", "1985"),
    ("date", "1985-03-14 07:30:00", "1985"),
    ("date", "1985", "1985"),
    ("date", "14/03/85", "***"),
    ("date", "19850314", "***"),
]


def through(kind: str, *values: object) -> list[str | None]:
    table = ibis.memtable({"v": list(values)}, schema={"v": "string"})
    found: list[str | None] = table.select(m=masks.masked(kind, table["v"])).to_pyarrow()["m"].to_pylist()
    return found


@pytest.mark.parametrize("kind", masks.kinds())
def test_each_kind(kind: str) -> None:
    cases = [(value, shown) for name, value, shown in CASES if name == kind]
    assert cases, "a mask nobody tried"
    assert through(kind, *(value for value, _ in cases)) == [shown for _, shown in cases]


@pytest.mark.parametrize("kind", masks.kinds())
def test_nothing_stays_nothing_and_no_cell_passes_whole(kind: str) -> None:
    assert through(kind, None, "", "   ") == [None, "", ""]
    odd = ["a", "ab", "?", "0", "Ω≈ç√", "e\u0301", "-" * 300, "0" * 300, "x@y.zz", "tổ 1, tổ 2, tổ 3"]
    assert not [value for value, shown in zip(odd, through(kind, *odd), strict=True) if shown == value]


def test_equal_lengths_of_what_is_hidden_cannot_be_told() -> None:
    assert through("code", "x" * 8 + "17", "x" * 30 + "17") == ["***17", "***17"]


def test_the_catalog_knows_the_kinds_by_listing() -> None:
    assert known.masks() == set(masks.kinds())
