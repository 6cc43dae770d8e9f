"""The centre's own ledger, from arrivals through the real gate to the indicators of the pack of data quality."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from haidang.catalog import declared as catalog
from haidang.intake import actions, clock
from haidang.intake.actions import Origin
from haidang.intake.models import SourceState, Window
from haidang.intake.own import actions as own
from haidang.store import engine, tables
from haidang.store.tables import lake
from haidang.words.nouns import Actor, Question

ROOT = Path(__file__).resolve().parents[2]
OFFICER = Actor("so-thu")
NOW = datetime.now(UTC)
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)  # Monday 12:00 in Việt Nam
PACK = {
    "pack.yaml": 'pack: thu\ntitle: {vi: Gói thử, en: Trial}\nversion: 1.0.0\ngroups: {"01": {vi: Một, en: One}}\n',
    "datasets/do.yaml": """\
dataset: do
title: {vi: Số đo, en: Measurements}
key: [ma]
place: xa
period: ngay
grain: day
owner: {vi: Sở Thử, en: Trial department}
columns:
  ma: {type: text, required: true, title: {vi: Mã, en: Code}}
  xa: {type: place, title: {vi: Xã, en: Commune}}
  ngay: {type: date, required: true, title: {vi: Ngày, en: Day}}
  a: {type: integer, title: {vi: A, en: A}}
  b: {type: integer, title: {vi: B, en: B}}
checks:
  - {kind: compare, left: a, op: "<=", right: b, on_fail: mark}
""",
    "sources/do.yaml": """\
source: do
dataset: do
connector: upload
format: csv
title: {vi: Nguồn đo, en: Measurements}
owner: {vi: Sở Thử, en: Trial department}
schedule: {every: 6h, grace: 1h}
""",
}


@pytest.fixture
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[Path]:
    home = tmp_path / "home"
    for name, text in PACK.items():
        file = tmp_path / "packs" / "thu" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    folders = (tmp_path / "packs", ROOT / "packs" / "chat-luong-du-lieu")
    monkeypatch.setenv("HAIDANG_HOME", str(home))
    monkeypatch.setenv("HAIDANG_PACKS", ":".join(map(str, folders)))
    catalog.forget()
    yield home
    catalog.forget()
    tables.forget()
    engine.forget(home)


HEAD = "ma,xa,ngay,a,b"


def arrive(home: Path, *lines: str, at: datetime = NOON, simulated: bool = False, name: str = "tep.csv") -> None:
    file = home.parent / name
    file.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    with clock.at(at):
        run = actions.receive(OFFICER, "thu.do", file, origin=Origin("pull", "thu.do", simulated))
        actions.land(run)


def refresh(at: datetime) -> tuple[str, ...]:
    with clock.at(at):
        runs = own.refresh(at)
        for run in runs:
            actions.land(run)
    return runs


def day(dataset: str, when: date, **wanted: str) -> dict[str, Any]:
    rows = lake().rows(lake().table(f"chat_luong_du_lieu__{dataset}"))
    (row,) = (r for r in rows if r["ngay"] == when and all(r[name] == value for name, value in wanted.items()))
    return row


def test_a_day_of_a_source_is_told_as_it_was(centre: Path) -> None:
    arrive(centre, "1,06184,2026-03-02,1,2", "2,06184,2026-03-02,9,2", "3,06184,hôm nay,1,2", "1,06184,2026-03-02,1,2")
    begun = datetime(2026, 3, 1, 17, tzinfo=UTC)  # midnight in Việt Nam
    SourceState.objects.create(source="thu.do", connected=True)
    for n, (state, met) in enumerate((("met", 0), ("late", 3), ("missed", None))):
        due = begun + timedelta(hours=3 * n)
        came = None if met is None else due + timedelta(hours=met)
        Window.objects.create(source="thu.do", start=due, end=due, due_at=due, state=state, met_at=came)
    assert len(refresh(NOON)) == 2, "by source and by place; who looked says nothing yet"
    row = day("diem_nguon", date(2026, 3, 2))
    assert (row["nguon"], row["phong_ban"], row["luot"], row["dia_ban"]) == ("thu.do", "Sở Thử", 1, "20")
    assert (row["dong_doc"], row["dong_nap"], row["dong_sai"], row["dong_lap"], row["dong_danh_dau"]) == (4, 2, 1, 1, 1)
    assert (row["dong_cho"], row["dung_dat"], row["sach_dat"]) == (2, 2, 3)
    assert (row["doi_chieu"], row["doi_chieu_dat"]) == (2, 1)
    assert (row["ky_phai_nop"], row["ky_da_nop"], row["ky_dung_hen"], row["ky_tre"]) == (3, 2, 1, 2)
    # Promised since midnight: 720 minutes. Overdue 04:00–06:00 (came late) and 07:00–12:00 (still to come).
    assert (row["phut_hua"], row["phut_giu"]) == (720, 720 - 120 - 300)
    weighed = 25 * 2 / 3 + 25 * 2 / 4 + 25 * 300 / 720 + 15 * 3 / 4 + 10 * 1 / 2
    assert row["diem_dat"] == pytest.approx(weighed, abs=1e-3)
    assert row["diem_hoi"] == 100
    assert refresh(NOON) == (), "nothing has changed"
    late = NOON + timedelta(hours=1)
    assert len(refresh(late)) == 1, "an hour later less was kept"
    assert day("diem_nguon", date(2026, 3, 2))["phut_giu"] == 300


def test_rows_are_expected_as_on_the_same_weekday_before(centre: Path) -> None:
    for week in range(5):
        at = NOON + timedelta(weeks=week)
        lines = (f"{week}-{n},06184,{at:%Y-%m-%d},1,2" for n in range(3 if week == 4 else 10))
        arrive(centre, *lines, at=at, name=f"{week}.csv")
    refresh(NOON + timedelta(weeks=4))
    last = (NOON + timedelta(weeks=4)).date()
    assert day("diem_nguon", last)["dong_mong"] == 0, "the day is not over"
    refresh(NOON + timedelta(weeks=4, days=1))
    row = day("diem_nguon", last)
    assert (row["dong_mong"], row["dong_du"], row["du_hoi"], row["du_dat"]) == (10, 3, 1, 0.3)
    refresh(NOON + timedelta(weeks=5, days=1))
    assert day("diem_nguon", last + timedelta(weeks=1))["dong_du"] == 0, "a day on which nothing came is told too"


def test_places_and_what_is_simulated(centre: Path) -> None:
    arrive(centre, "1,06184,2026-03-02,1,2", "2,06187,2026-03-02,1,2", "3,06187,2026-03-02,x,2", simulated=True)
    refresh(NOON)
    row = day("diem_dia_ban", date(2026, 3, 2), dia_ban="06187")
    assert (row["dong"], row["dong_nap"], row["dong_sai"], row["dong_cho"], row["dung_dat"]) == (2, 1, 1, 1, 1)
    runs = lake().rows(lake().table("runs"))
    assert {r["simulated"] for r in runs if r["kind"] == "derived"} == {True}
    with clock.at(NOON + timedelta(minutes=1)):
        actions.mend(OFFICER, next(r["id"] for r in lake().rows(lake().table("rejects"))), {"a": "1"})
    refresh(NOON + timedelta(minutes=2))
    assert day("diem_dia_ban", date(2026, 3, 2), dia_ban="06187")["dong_cho"] == 0
    assert day("diem_nguon", date(2026, 3, 2))["dong_cho"] == 0
    assert day("diem_nguon", date(2026, 3, 2))["dong_doc"] == 3, "a replay is no arrival"


def test_the_indicators_divide_again(centre: Path) -> None:
    arrive(centre, "1,06184,2026-03-02,1,2", "2,06184,2026-03-02,9,2", "3,06184,hôm nay,1,2")
    arrive(centre, "4,06184,2026-03-03,1,2", at=NOON + timedelta(days=1), name="hai.csv")
    refresh(NOON + timedelta(days=1))
    answer = importlib.import_module("haidang.indicators.answer")
    gate = importlib.import_module("haidang.access.gate")

    def ask(name: str, period: str, **more: Any) -> Any:
        question = Question(f"chat-luong-du-lieu.{name}", place="20", period=period, **more)
        return answer.answer(question, gate.operator(), today=date(2026, 3, 5))

    assert ask("dung", "2026-03-02").value == pytest.approx(100 / 3)
    assert ask("dung", "2026-03").value == pytest.approx(50), "one of two days is no mean of means"
    assert ask("dong-cho-sua", "2026-03").value == 1
    assert ask("thong-nhat", "2026-03").value == pytest.approx(200 / 3)
    by = ask("dung", "2026-03", by="phong_ban")
    assert [(cell.key, cell.value) for cell in by.cells] == [("Sở Thử", pytest.approx(50))]


def test_looks_are_counted_without_names(centre: Path) -> None:
    models = importlib.import_module("haidang.access.models")
    access = importlib.import_module("haidang.access.actions")
    models.Account.objects.create(name="so-thu", unit="20@1976-07-02")
    for name, kind in (("so-thu", "officer"), ("so-thu", "officer"), ("xa-thu", "officer"), ("cong-chung", "public")):
        access.looked(Actor(name, kind), "board", "chat-luong-du-lieu")
    access.looked(Actor("so-thu"), "indicator", "chat-luong-du-lieu.dung")
    kept = list(models.Viewed.objects.values_list("thing", "unit", "account", "views", "people"))
    assert ("chat-luong-du-lieu", "20@1976-07-02", "officer", 2, 1) in kept
    assert ("chat-luong-du-lieu", "", "public", 1, 0) in kept
    assert not any("so-thu" in str(row) for row in models.Looker.objects.values_list("digest"))
    arrive(centre, "1,06184,2026-03-02,1,2", at=NOW)
    refresh(NOW)
    rows = lake().rows(lake().table("chat_luong_du_lieu__luot_xem"))
    assert sum(row["luot"] for row in rows) == 5
    assert [row["khong_mo"] for row in rows if row["don_vi"] == "không ai"] == [0]
    later = NOW + timedelta(days=31)
    refresh(later)
    rows = lake().rows(lake().table("chat_luong_du_lieu__luot_xem"))
    assert sum(row["khong_mo"] for row in rows if row["don_vi"] == "không ai") == 2, "the 30th and 31st day after"
