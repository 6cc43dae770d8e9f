"""The further checks, through the real gate: another dataset's keys, history, units, clocks, order, a column's own policy."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from haidang.catalog import declared as catalog
from haidang.catalog.declared import check
from haidang.intake import clock
from haidang.intake.mending import actions as mending
from haidang.words.errors import IntakeStopped
from haidang.words.texts import text
from tests.intake.conftest import OFFICER, Centre

MONDAY = datetime(2026, 3, 2, 3, tzinfo=UTC)  # 10:00 in Việt Nam
CHECKED = """\
dataset: do
title: {vi: Số đo, en: Measurements}
key: [ma]
period: ngay
grain: day
columns:
  ma: {type: text, required: true, title: {vi: Mã, en: Code}}
  ngay: {type: date, required: true, title: {vi: Ngày, en: Day}}
  tram: {type: text, title: {vi: Trạm, en: Station}}
  luc: {type: datetime, title: {vi: Lúc, en: At}}
  xong: {type: datetime, title: {vi: Xong lúc, en: Done}}
  don_vi: {type: text, title: {vi: Đơn vị, en: Unit}}
  gia_tri: {type: decimal, min: 0, unit: µg/m³, title: {vi: Giá trị, en: Value}{policy}}
  ghi_chu: {type: integer, title: {vi: Số phụ, en: Further}, on_bad: mark}
checks:
"""


def declare(centre: Centre, *checks: str, policy: str = "") -> None:
    lines = (
        "".join(f"  - {{{one}}}\n" for one in checks) or '  - {kind: compare, left: gia_tri, op: ">=", right: "0"}\n'
    )
    file = centre.packs / "thu" / "datasets" / "do.yaml"
    file.write_text(CHECKED.replace("{policy}", policy) + lines, encoding="utf-8")
    catalog.forget()
    assert check(centre.packs) == ()


def rejects(centre: Centre) -> list[tuple[str, str, str, str]]:
    return [(row["column"], row["code"], row["found"], row["expected"]) for row in centre.rejects(dataset="thu.do")]


HEAD = "ma,ngay,tram,luc,xong,don_vi,gia_tri,ghi_chu"


def test_a_value_must_be_known_to_another_dataset(centre: Centre) -> None:
    declare(centre, "kind: exists, column: tram, dataset: diem, key: khoa")
    assert centre.land("thu.do", HEAD, "1,2026-03-01,a9,,,,1,").landed == 1, "nothing is known yet: nothing is asked"
    centre.land("thu.diem", "SBD,HỘI ĐỒNG,TOÁN", "a1,10,5", "a2,10,5")
    landed = centre.land(
        "thu.do", HEAD, "2,2026-03-01,a1,,,,1,", "3,2026-03-01,a3,,,,1,", "4,2026-03-01,,,,,1,", name="b.csv"
    )
    assert (landed.landed, landed.reasons) == (2, {"exists": 1})
    assert rejects(centre) == [("tram", "exists", "a3", "Điểm")]
    assert text("reason.exists") != "reason.exists"
    centre.land("thu.diem", "SBD,HỘI ĐỒNG,TOÁN", "a3,10,5", "a4,10,5", name="them.csv")
    assert mending.replay(OFFICER, "thu.do", "exists").landed == 1, "the other side came later"


def test_a_wrong_clock(centre: Centre) -> None:
    declare(centre, "kind: clock, column: luc, ahead: 10m, behind: 2d")
    with clock.at(MONDAY):
        centre.land(
            "thu.do", HEAD, "1,2026-03-02,,2026-03-02 10:09,,,1,", "2,2026-03-02,,2026-03-02 10:11,,,1,",
            "3,2026-03-02,,2026-02-28 09:59,,,1,", "4,2026-03-02,,,,,1,", "5,2026-03-02,,2026-03-02T03:09:00Z,,,1,",
        )  # fmt: skip
    assert rejects(centre) == [
        ("luc", "clock", "2026-03-02 10:11:00", "<= 2026-03-02 10:10:00"),
        ("luc", "clock", "2026-02-28 09:59:00", ">= 2026-02-28 10:00:00"),
    ]


def test_moments_in_order(centre: Centre) -> None:
    declare(centre, 'kind: order, columns: "ngay, luc, xong"')
    centre.land(
        "thu.do", HEAD, "1,2026-03-02,,2026-03-02 10:00,2026-03-02 10:00,,1,", "2,2026-03-02,,,2026-03-01 10:00,,1,",
        "3,2026-03-02,,2026-03-03 10:00,2026-03-03 09:00,,1,", "4,2026-03-02,,,,,1,",
    )  # fmt: skip
    assert rejects(centre) == [
        ("xong", "order", "2026-03-01 10:00:00", ">= 2026-03-02 00:00:00"),
        ("xong", "order", "2026-03-03 09:00:00", ">= 2026-03-03 10:00:00"),
    ]


def test_another_unit_is_set_aside_never_converted(centre: Centre) -> None:
    declare(centre, 'kind: unit, column: don_vi, of: gia_tri, also: "microgam/m3"')
    units = ("µg/m³", "μg / m3", "UG/M3", "Microgam/m³", "mg/m3", "")
    centre.land("thu.do", HEAD, *(f"{at},2026-03-02,,,,{unit},1," for at, unit in enumerate(units)))
    assert rejects(centre) == [("don_vi", "unit", "UG/M3", "µg/m³"), ("don_vi", "unit", "mg/m3", "µg/m³")]


def test_each_kind_with_a_unit_of_its_own(centre: Centre) -> None:
    codes = centre.packs / "thu" / "codes" / "thong-so.csv"
    codes.write_text(
        "code,value,vi,en,don_vi\nPM25,PM25,Bụi,Dust,µg/m³\nTEMP,TEMP,Nhiệt độ,Temperature,°C\n", encoding="utf-8"
    )
    declare(centre, "kind: unit, column: don_vi, by: tram, expect: thong-so, unit: don_vi")
    rows = (("PM25", "ug/m3"), ("PM25", "µg/m3"), ("TEMP", "C"), ("TEMP", "µg/m3"), ("KHAC", "x"))
    centre.land("thu.do", HEAD, *(f"{at},2026-03-02,{kind},,,{unit},1," for at, (kind, unit) in enumerate(rows)))
    assert [row[2:] for row in rejects(centre)] == [("ug/m3", "µg/m³"), ("µg/m3", "°C")]


def days(centre: Centre, counts: list[int], first: date, *, step: int = 7, name: str = "ngay") -> object:
    landed = None
    for at, count in enumerate(counts):
        day = first + timedelta(days=step * at)
        rows = (f"{name}-{day}-{n},{day},a,,,,1," for n in range(count))
        landed = centre.land("thu.do", HEAD, *rows, name=f"{name}{day}.csv")
    return landed


@pytest.mark.parametrize(("rows", "odd"), [(10, False), (8, False), (2, True), (40, True)])
def test_a_day_far_from_the_same_weekday_before(centre: Centre, rows: int, odd: bool) -> None:
    declare(centre, 'kind: history, least: "4", on_fail: mark')
    with clock.at(MONDAY):
        days(centre, [10, 11, 9, 10, 10], date(2026, 1, 5))
        landed = days(centre, [rows], date(2026, 2, 9), name="nay")
    assert landed is not None
    marks = {row["_mark"] for row in centre.facts("thu.do") if row["ma"].startswith("nay")}
    assert marks == ({"history"} if odd else {""})
    assert len(centre.facts("thu.do")) == 50 + rows, "marked rows land"


def test_history_is_not_asked_of_few_periods_or_of_a_day_that_still_runs(centre: Centre) -> None:
    declare(centre, 'kind: history, least: "4"')
    with clock.at(MONDAY):
        days(centre, [10, 11, 9, 10], date(2026, 2, 2))
        assert rejects(centre) == [], "three Mondays before are too few"
        days(centre, [1], date(2026, 3, 2), name="nay")
        assert rejects(centre) == [], "this Monday is not over"
        days(centre, [1], date(2026, 2, 24), name="thu-ba")
        assert rejects(centre) == [], "another weekday has no history"
    with clock.at(MONDAY + timedelta(days=1)):
        days(centre, [2], date(2026, 3, 2), name="mai")
    assert [row[1:3] for row in rejects(centre)] == [("history", "3"), ("history", "3")], "with the row that stays: 3"


def test_a_column_has_a_policy_of_its_own(centre: Centre) -> None:
    declare(centre, policy=", on_bad: stop")
    landed = centre.land("thu.do", HEAD, "1,2026-03-02,,,,,1,x", "2,2026-03-02,,khi nào,,,1,x", "3,2026-03-02,,,,,1,7")
    assert (landed.landed, landed.reasons) == (2, {"not-a-datetime": 1}), "the graver fault decides"
    assert [(row["ma"], row["ghi_chu"], row["_mark"]) for row in centre.facts("thu.do")] == [
        ("1", None, "not-an-integer"), ("3", 7, ""),
    ]  # fmt: skip
    with pytest.raises(IntakeStopped) as stopped:
        centre.land("thu.do", HEAD, "4,2026-03-02,,,,,1,", "5,2026-03-02,,,,,-1,x", name="b.csv")
    assert stopped.value.code == "below-min"


@pytest.mark.parametrize(
    ("one", "code", "near"),
    [
        ("kind: exists, column: tram, dataset: diemm, key: khoa", "unknown-dataset", "diem"),
        ("kind: exists, column: tram, dataset: diem, key: khoaa", "unknown-column", "khoa"),
        ("kind: exists, column: tramm, dataset: diem, key: khoa", "unknown-column", "tram"),
        ("kind: unit, column: don_vi, of: gia_trii", "unknown-column", "gia_tri"),
        ('kind: order, columns: "ngay, lucc"', "unknown-column", "luc"),
        ("kind: clok, column: luc", "no-such-kind", "clock"),
    ],
)
def test_names_in_settings_are_proven(centre: Centre, one: str, code: str, near: str) -> None:
    file = centre.packs / "thu" / "datasets" / "do.yaml"
    file.write_text(CHECKED.replace("{policy}", "") + f"  - {{{one}}}\n", encoding="utf-8")
    assert [(problem.code, problem.nearest) for problem in check(centre.packs)] == [(code, near)]
