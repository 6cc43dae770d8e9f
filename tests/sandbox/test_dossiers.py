"""The one-stop system: lives, volumes, the API with its faults, the truth by hand-made cases."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from sandbox import dossiers, plugs
from sandbox import history as past
from sandbox.clock import at, moment
from sandbox.dossiers import book, fields, plan, states
from sandbox.dossiers.catalogue import procedures, units
from sandbox.dossiers.rest import _spoil
from sandbox.dossiers.sessions import Sessions
from sandbox.dossiers.truth import truth
from sandbox.dossiers.walk import Asked, Walks
from sandbox.dossiers.working import A_DAY, closing, day_number, moments, places
from sandbox.opening import Wish
from sandbox.out import Out
from sandbox.world import World

from .conftest import NOW, Province, world_of

YEARS = 2


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, plan.Columns]:
    """Two years of dossiers at a hundredth of the volume."""
    world = world_of(tmp_path_factory.mktemp("lives"))
    days = [plan.day_of(world, date(2024, 11, 20) + timedelta(days=n)) for n in range(365 * YEARS + 1)]
    return world, {name: np.concatenate([d[name] for d in days]) for name in days[0]}


# Lives


def test_working_time() -> None:
    friday = moment("2026-11-20T16:00").timestamp()
    line = places([friday])
    assert at(int(moments(line + 2 * 3600)[0])) == moment("2026-11-23T08:30")
    lunch, sunday = moment("2026-11-20T12:15").timestamp(), moment("2026-11-22T20:00").timestamp()
    assert at(int(moments(places([lunch]))[0])) == moment("2026-11-20T13:30")
    assert at(int(moments(places([sunday]))[0])) == moment("2026-11-23T07:30")
    assert at(int(closing(day_number(line) + 1)[0])) == moment("2026-11-23T17:00")
    assert at(int(closing(day_number(line) + 2)[0])) == moment("2026-11-25T17:00")  # 24/11 is a day off
    everything = np.arange(0, 40 * A_DAY, 977)
    assert (places(moments(everything)) == everything).all()


def test_a_day_is_always_the_same(tmp_path: Path) -> None:
    day = date(2026, 11, 18)
    one, two, other = (world_of(tmp_path / str(n), seed=s) for n, s in ((1, 20), (2, 20), (3, 7)))
    first, second = plan.day_of(one, day), plan.day_of(two, day)
    assert all((first[name] == second[name]).all() for name in first)
    assert book.codes(first) != book.codes(plan.day_of(other, day))
    assert len(set(book.codes(first))) == len(first["nop"]) > 0


def test_lives_are_in_order(lives: tuple[World, plan.Columns]) -> None:
    _, all_ = lives
    before = all_["nop"]
    for name, _ in states.EVENTS[1:]:
        happens = all_[name] < plan.NEVER
        assert (all_[name] >= before)[happens].all(), name
        before = np.where(happens, all_[name], before)
    refused = all_["ket_qua"] == 3
    assert (all_["tiep_nhan"][refused] == plan.NEVER).all()
    assert (all_["tra"][all_["ket_qua"] != 9] == plan.NEVER).all()


def test_volumes_at_a_hundredth(lives: tuple[World, plan.Columns]) -> None:
    """Extrapolated they are those README.md states."""
    _, all_ = lives
    assert 400_000 < len(all_["nop"]) / YEARS * 100 < 425_000
    online = all_["kenh"] == plan.ONLINE
    quarter = len(online) // 8
    assert 0.32 < online[:quarter].mean() < 0.42
    assert 0.64 < online[-quarter:].mean() < 0.74
    found = Counter(all_["ket_qua"].tolist())
    assert found.keys() == {3, 7, 8, 9}
    assert 0.95 < found[9] / len(online) < 0.99
    assert 0.06 < (all_["bo_sung_1"] < plan.NEVER).mean() < 0.14


def test_under_way_and_overdue(tmp_path: Path) -> None:
    """At a tenth of the volume: about 1,500 under way, two to six overdue and a few more, on any working morning."""
    world = world_of(tmp_path, scale=0.1)
    dossiers.settle(world)
    totals = truth(world, NOW, {})["totals"]
    assert 1100 < totals["in_process"] < 1900
    assert 1 <= totals["overdue"] <= 14
    assert totals["resolved_on_time"] / totals["resolved"] > 0.995


def test_ticks_and_history_agree(tmp_path: Path) -> None:
    """A province that ran step by step, one that jumped, and one read from its past hold the same rows."""
    start, end = moment("2026-11-16T09:00"), moment("2026-11-19T15:20")
    held = []
    for name, hours in (("steps", 5), ("jump", 24)):
        world = world_of(tmp_path / name, now=start)
        dossiers.settle(world)
        while start < end:
            start = min(start + timedelta(hours=hours), end)
            dossiers.tick(world, start, start, Out("dossiers"))
        held.append(table(world))
        start = moment("2026-11-16T09:00")
    past = world_of(tmp_path / "past", now=end)
    dossiers.history(past, moment("2026-11-16T09:00") - dossiers.BEFORE, end, tmp_path / "files")
    assert held[0] == held[1] == table(past)
    dossiers.tick(past, end, end, Out("dossiers"))
    assert held[0] == table(past)


def table(world: World) -> list[tuple[Any, ...]]:
    return [tuple(r) for r in world.database.rows("select * from ho_so order by ma")]


# What the API says


def rows_of(world: World) -> list[Any]:
    return [tuple(r) for r in world.database.rows(fields.SELECT + " where trang_thai > 0")]


def test_a_dossier_tells_nothing_of_its_future(world: World) -> None:
    now = fields.stamp(int(NOW.timestamp()))
    seen = set()
    for row in rows_of(world):
        one = json.loads(fields.as_json(row))
        assert tuple(one) == fields.HEADING
        status = int(one["TrangThaiHoSo"])
        seen.add(status)
        for name in ("NgayTiepNhan", "NgayTra", "NgayKetThucXuLy", "NgayNop", "NgayYeuCauBoSung"):
            assert one[name] <= one["NgayCapNhat"] <= now
        assert bool(one["NgayTra"]) == (status == 10)
        assert bool(one["NgayKetThucXuLy"]) == (status in {3, 7, 8, 9, 10})
        assert bool(one["NgayYeuCauBoSung"]) == (status == 5)
        assert bool(one["NgayTiepNhan"]) == (status not in {1, 3})
        assert len(one["DanhSachHoSoBoSung"]) == int(one["SoLanYeuCauBoSung"])
        assert one["SoDienThoai"].startswith("0900")
    assert seen >= {2, 3, 4, 5, 6, 7, 8, 9, 10}


def test_the_texts_need_no_escape() -> None:
    words = [w for p in procedures() for w in (p.name, p.field_name)] + [u.name for u in units()]
    words += [fields.person(n * 7919, kind)[0] for n in range(5000) for kind in (1, 2)]
    assert not [w for w in words if json.dumps(w, ensure_ascii=False) != f'"{w}"']


def test_the_promise_moves_with_the_papers(world: World) -> None:
    for row in rows_of(world):
        one = json.loads(fields.as_json(row))
        told = one["DanhSachHoSoBoSung"]
        if told and told[-1]["TrangThaiBoSung"] == "1":
            assert one["NgayHenTra"] == told[-1]["NgayHenTraMoi"] > told[-1]["NgayHenTraTruoc"]
            return
    pytest.fail("nobody was asked for papers")


def test_procedures_are_sound() -> None:
    assert len(procedures()) >= 60
    assert len({p.code for p in procedures()}) == len(procedures())
    assert {p.level for p in procedures()} == {"toan-trinh", "mot-phan"}
    known = {u.code for u in units()} | {"xa"}
    assert not [p.code for p in procedures() if p.where not in known]


def test_a_walk_is_whole_though_dossiers_change(world: World) -> None:
    """Between two pages a dossier of the first page moves to the end: the others are not skipped."""
    walks, seen, page = Walks(world.database), list[str](), 1
    begun = {r["ma"] for r in world.database.rows("select ma from ho_so where trang_thai > 0")}
    while True:
        rows, total = walks.page(Asked(0, 50, page))
        if not rows:
            break
        seen += [r[0] for r in rows]
        keys = [(r[-2], r[0]) for r in rows]
        assert all(a < b for a, b in pairwise(keys))
        page += 1
        if page < 4:
            with world.database.write() as out:
                out.execute(
                    "update ho_so set doi = ? where ma = ?", (int(NOW.timestamp()) + page, seen[0 if page == 2 else 1])
                )
    assert total == len(begun)
    assert set(seen) == begun
    assert len(seen) == len(begun) + 2  # the two that changed came again, as changed


def test_sessions_end() -> None:
    now = [0.0]
    sessions = Sessions(60, lambda: now[0])
    assert sessions.open("ioc", "sai") == ""
    made = sessions.open("ioc", "mo-phong")
    assert sessions.holds(made)
    assert not sessions.holds("")
    now[0] = 61
    assert not sessions.holds(made)


def walk(province: Province, session: str, **asked: Any) -> list[dict[str, Any]]:
    found, page = [], 1
    while page:
        answer = province.ask(session, page=page, **asked)
        assert answer["error_code"] == "0", answer
        found += answer["data"]
        page = answer["next"]
    return found


def test_rest_and_truth_agree(province: Province) -> None:
    """Every dossier through the pages of the API; counted anew by the on-time rule; equal to the truth, row by row."""
    data = {d["MaHoSo"]: d for d in walk(province, province.login(), size=1000, since="20260801000000")}
    told = province.get("/sandbox/truth/dossiers?rows=all&limit=100000")
    frozen = fields.unstamp(max(d["NgayCapNhat"] for d in data.values()))
    told = province.get(
        f"/sandbox/truth/dossiers?rows=all&limit=100000&as_of={at(frozen).strftime('%Y-%m-%dT%H:%M:%S')}"
    )
    truth_ = {r["MaHoSo"]: r for r in told["rows"]}
    mine = {ma: counted(d, frozen) for ma, d in data.items() if d["NgayTiepNhan"]}
    assert len(mine) > 1000
    assert mine.keys() == truth_.keys()
    assert {ma: r["on_time"] for ma, r in truth_.items()} == mine
    assert told["totals"]["received"] == len(mine)
    assert told["totals"]["received_online"] == sum(d["KenhThucHien"] == "2" for ma, d in data.items() if ma in mine)
    done = [ma for ma in mine if data[ma]["TrangThaiHoSo"] in {"7", "9", "10"}]
    assert told["totals"]["resolved"] == len(done)
    assert told["totals"]["resolved_on_time"] == sum(mine[ma] for ma in done)
    over = province.get(f"/sandbox/truth/dossiers?rows=overdue&as_of={at(frozen).strftime('%Y-%m-%dT%H:%M:%S')}")[
        "overdue"
    ]
    unfinished = {"2", "4", "5", "6"}
    assert {r["MaHoSo"] for r in over} == {
        ma for ma in mine if data[ma]["TrangThaiHoSo"] in unfinished and not mine[ma]
    }


def counted(d: dict[str, Any], now: int) -> bool:
    """The on-time rule from the API's fields alone."""
    if int(d["SoLanYeuCauBoSung"]) > 1:
        return False
    due = (
        fields.unstamp(d["NgayHenTra"])
        if d["NgayHenTra"]
        else fields.unstamp(d["NgayTiepNhan"]) + 3600 * int(d["ThoiGianGiaiQuyet"])
    )
    end = d["NgayKetThucXuLy"] or d["NgayYeuCauBoSung"]
    return (fields.unstamp(end) if end else now) <= due


def test_services(province: Province) -> None:
    session = province.login()
    assert province.ask("nobody")["error_code"] == "401"
    assert province.post("/adapter/login", username="ioc", password="x")["error_code"] == "403"
    assert province.ask(session, "KhongCo")["error_code"] == "404"
    assert province.ask(session, size=1001)["error_code"] == "400"
    assert province.ask(session, since="hôm qua")["error_code"] == "400"
    assert province.post("/adapter/api", session=session, madonvi="H99", service="DongBoHoSoMC")["error_code"] == "400"
    page = province.ask(session, size=5)
    assert (page["page"], page["next"], len(page["data"])) == (1, 2, 5)
    one = page["data"][0]
    assert province.ask(session, "TraCuuHoSo", MaHoSo=one["MaHoSo"])["data"][0]["MaTTHC"] == one["MaTTHC"]
    assert province.ask(session, "TraCuuHoSo", MaHoSo="H37.99-000000-0001")["error_code"] == "404"
    assert len(province.ask(session, "LayDanhSachTTHC")["data"]) == len(procedures())
    assert province.ask(session, "LayThuTuc", MaTTHC=one["MaTTHC"])["data"][0]["TenTTHC"] == one["TenTTHC"]
    mine = province.post("/adapter/api", session=session, madonvi=one["MaDonVi"], service="DongBoHoSoMC", size=1000)
    assert {d["MaDonVi"] for d in mine["data"]} == {one["MaDonVi"]}
    steps = province.ask(session, "CapNhatTienDoHoSoMC", MaHoSo=one["MaHoSo"])["data"]
    assert steps[-1]["TrangThai"] == one["TrangThaiHoSo"]
    assert [s["ThoiDiemXuLy"] for s in steps] == sorted(s["ThoiDiemXuLy"] for s in steps)
    assert len(province.ask(session, "CapNhatTienDoHoSoMC", size=20, since="20261120000000")["data"]) >= 20


# Faults on the API


@pytest.fixture
def mended(province: Province) -> Any:
    yield province
    province.lift()


def test_down(mended: Province) -> None:
    mended.fault("dossiers", "down")
    assert httpx.post(mended.url + "/adapter/login", json={}).status_code == 503
    mended.lift()
    assert mended.login()


def test_late(mended: Province) -> None:
    """Nothing newer than the fault comes; afterwards it does."""
    session = mended.login()
    mended.fault("dossiers", "late")
    held = moment(mended.get("/sandbox/state")["now"])
    mended.post("/sandbox/clock", jump=2 * 3600)
    wait_until(mended, held + timedelta(hours=1.9))
    since = fields.stamp(int(held.timestamp()))
    assert mended.ask(session, since=since, size=1000)["data"] == []
    mended.lift()
    assert mended.ask(session, since=since, size=1000)["data"]


def wait_until(province: Province, when: datetime) -> None:
    import time

    for _ in range(100):
        if moment(province.get("/sandbox/state")["streams"]["dossiers"]["until"]) >= when:
            return
        time.sleep(0.1)
    pytest.fail("the dossiers do not get on")


def test_half_a_body(mended: Province) -> None:
    session = mended.login()
    mended.fault("dossiers", "half-file")
    with pytest.raises(httpx.RemoteProtocolError):
        mended.ask(session, size=100)


def test_wrong_clock_and_order_and_more(mended: Province) -> None:
    session = mended.login()
    right = mended.ask(session, size=40)["data"]
    mended.fault("dossiers", "clock-wrong", hours=7)
    wrong = mended.ask(session, size=40)["data"]
    for a, b in zip(right, wrong, strict=True):
        assert fields.unstamp(b["NgayCapNhat"]) - fields.unstamp(a["NgayCapNhat"]) == 7 * 3600
    mended.lift()
    for kind in ("duplicate", "out-of-order", "new-column", "wrong-unit"):
        mended.fault("dossiers", kind)
    spoilt = mended.ask(session, size=40)["data"]
    assert len(spoilt) == 44
    assert spoilt[0]["MaDinhDanhMoi"]
    assert {d["DonViTinh"] for d in spoilt} == {"giờ"}
    assert {d["MaHoSo"] for d in spoilt} == {d["MaHoSo"] for d in right}
    assert [d["NgayCapNhat"] for d in spoilt] != sorted(d["NgayCapNhat"] for d in spoilt)
    kinds = {r["kind"] for r in mended.get("/sandbox/faults")["injected"]}
    assert kinds >= {"duplicate", "out-of-order", "new-column", "wrong-unit", "clock-wrong"}
    assert _spoil("late", ["a"]) == ["a"]


# The truth, by hand

T = int(moment("2026-11-20T10:00").timestamp())
HOUR, DAY = 3600, 86400
CASES = {
    # name: (life, is it received, has it ended, is it on time)
    "ended before the promise": ({"ket_thuc": T - DAY, "hen_dau": T - HOUR, "ket_qua": 9}, True, True),
    "ended after the promise": ({"ket_thuc": T - HOUR, "hen_dau": T - DAY, "ket_qua": 9}, True, False),
    "ended at the very promise": ({"ket_thuc": T - HOUR, "hen_dau": T - HOUR, "ket_qua": 9}, True, True),
    "handed over late counts by its end": (
        {"ket_thuc": T - 2 * DAY, "tra": T - HOUR, "hen_dau": T - DAY, "ket_qua": 9}, True, True),
    "open within the promise": ({"hen_dau": T + HOUR}, False, True),
    "open past the promise": ({"hen_dau": T - HOUR}, False, False),
    "ends only later": ({"hen_dau": T - HOUR, "ket_thuc": T + HOUR, "ket_qua": 9}, False, False),
    "waits for papers asked in time": ({"bo_sung_1": T - 3 * DAY, "hen_dau": T - DAY}, False, True),
    "waits for papers asked too late": ({"bo_sung_1": T - HOUR, "hen_dau": T - DAY}, False, False),
    "papers came, the promise moved": (
        {"bo_sung_1": T - 5 * DAY, "da_bo_sung_1": T - 2 * DAY, "hen_dau": T - DAY, "hen_1": T + 2 * DAY}, False, True),
    "papers came, past the moved promise": (
        {"bo_sung_1": T - 5 * DAY, "da_bo_sung_1": T - 4 * DAY, "hen_dau": T - 3 * DAY, "hen_1": T - 2 * DAY}, False, False),
    "asked for papers twice": (
        {"bo_sung_1": T - 5 * DAY, "da_bo_sung_1": T - 4 * DAY, "bo_sung_2": T - DAY, "hen_dau": T + DAY, "hen_1": T + 2 * DAY},
        False, False),
    "will be asked twice": (
        {"bo_sung_1": T - 5 * DAY, "da_bo_sung_1": T - 4 * DAY, "bo_sung_2": T + DAY, "hen_dau": T + DAY, "hen_1": T + 2 * DAY},
        False, True),
    "withdrawn in time": ({"ket_thuc": T - DAY, "hen_dau": T, "ket_qua": 7}, True, True),
    "stopped too late": ({"ket_thuc": T - HOUR, "hen_dau": T - DAY, "ket_qua": 8}, True, False),
    "no promise, within its hours": ({"tiep_nhan": T - 30 * HOUR, "ket_thuc": T - 7 * HOUR, "ket_qua": 9, "tthc": 1}, True, True),
    "no promise, past its hours": ({"tiep_nhan": T - 30 * HOUR, "ket_thuc": T - 5 * HOUR, "ket_qua": 9, "tthc": 1}, True, False),
    "no promise, the papers' time is taken off": (
        {"tiep_nhan": T - 30 * HOUR, "bo_sung_1": T - 29 * HOUR, "da_bo_sung_1": T - 20 * HOUR, "tthc": 1}, False, True),
}  # fmt: skip


def put(world: World, number: int, life: dict[str, int]) -> str:
    row = dict.fromkeys(book.LIFE, 0) | {name: int(plan.NEVER) for name, _ in states.EVENTS}
    row |= {n: int(plan.NEVER) for n in ("hen_dau", "hen_1", "hen_2")} | {"tiep_nhan": T - 9 * DAY, "kenh": 2} | life
    ma = f"H37.21-000000-{number:04}"
    with world.database.write() as out:
        out.execute(book.INSERT, (ma, *(row[n] for n in book.LIFE), 2, T, 0))
    return ma


@pytest.fixture
def empty(tmp_path: Path) -> World:
    world = world_of(tmp_path)
    world.database.script(book.TABLE + book.INDEXES)
    return world


def test_in_hours_is_the_second_procedure() -> None:
    assert procedures()[1].in_hours
    assert not procedures()[0].in_hours


@pytest.mark.parametrize("name", CASES)
def test_on_time_by_hand(empty: World, name: str) -> None:
    life, ended, on_time = CASES[name]
    put(empty, 1, life)
    row = truth(empty, at(T), {"rows": "all"})["rows"][0]
    assert (row["ended"] is not None, row["on_time"]) == (ended, on_time)
    overdue = truth(empty, at(T), {"rows": "overdue"})
    assert len(overdue["overdue"]) == overdue["totals"]["overdue"] == int(not ended and not on_time)


def test_what_was_never_received_is_outside(empty: World) -> None:
    put(empty, 1, {"tiep_nhan": int(plan.NEVER), "ket_thuc": T - DAY, "ket_qua": 3})
    put(empty, 2, {"tiep_nhan": T + HOUR})
    assert truth(empty, at(T), {})["totals"] == dict.fromkeys(
        (
            "received",
            "received_online",
            "resolved",
            "resolved_on_time",
            "stopped",
            "in_process",
            "waiting_for_papers",
            "overdue",
        ),
        0,
    )


def test_counts_by_day_and_unit(empty: World) -> None:
    put(empty, 1, {"ket_thuc": T - DAY, "hen_dau": T, "ket_qua": 9, "don_vi": 12})
    put(empty, 2, {"ket_thuc": T - DAY, "hen_dau": T - 2 * DAY, "ket_qua": 9, "don_vi": 12, "kenh": 1})
    put(empty, 3, {"hen_dau": T, "don_vi": 0})
    by = truth(empty, at(T), {"by": "day,unit"})["by"]
    assert {
        (r["day"], r["unit"]): (r["received"], r["received_online"], r["resolved"], r["resolved_on_time"]) for r in by
    } == {
        ("2026-11-11", "H37.01"): (1, 1, 0, 0),
        ("2026-11-11", "H37.21"): (2, 1, 0, 0),
        ("2026-11-19", "H37.21"): (0, 0, 2, 1),
    }
    assert truth(empty, at(T), {"by": "day", "since": "2026-11-12"})["by"][0]["resolved"] == 2
    with pytest.raises(ValueError, match="by"):
        truth(empty, at(T), {"by": "week"})


# The past


def test_history_files(tmp_path: Path) -> None:
    world, since = world_of(tmp_path), NOW - timedelta(days=200)
    dossiers.history(world, since, NOW, tmp_path / "history")
    folder = tmp_path / "history" / "dich-vu-cong.ho-so"
    assert [p.name for p in sorted(folder.iterdir())] == [f"ho-so-2026-q{n}.csv.gz" for n in (2, 3, 4)]
    rows = [
        row
        for p in sorted(folder.iterdir())
        for row in csv.DictReader(gzip.decompress(p.read_bytes()).decode().splitlines())
    ]
    assert tuple(rows[0]) == fields.HEADING
    shown = {r["ma"] for r in world.database.rows("select ma from ho_so where trang_thai > 0")}
    assert {r["MaHoSo"] for r in rows} == shown
    assert len(rows) == len(shown)
    first = {p.name: p.read_bytes() for p in folder.iterdir()}
    shutil.rmtree(folder)
    dossiers.history(world_of(tmp_path / "again"), since, NOW, tmp_path / "history")
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == first


def test_a_past_that_was_broken_off_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    mine = plugs._plug(dossiers)
    wish = Wish(seed=20, scale=0.01)
    with monkeypatch.context() as patched:
        patched.setattr(past, "plugs", lambda _only: (mine, replace(mine, name="broken", history=broken)))
        with pytest.raises(OSError, match="space"):
            past.history(tmp_path, 0.1, NOW, wish)
    assert not (tmp_path / "history").exists()
    monkeypatch.setattr(past, "plugs", lambda _only: (mine,))
    world = past.history(tmp_path, 0.1, NOW, wish)
    assert len(list((tmp_path / "history" / "dich-vu-cong.ho-so").iterdir())) == 1
    assert truth(world, NOW, {})["totals"]["received"] > 50
    with pytest.raises(ValueError, match="already begun"):
        past.history(tmp_path, 0.1, NOW, wish)
